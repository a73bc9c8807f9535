/** Which issues of this site take part: a query and simple conditions, and what becomes of issues that stop to match. */
import Button from '@atlaskit/button/new';
import { useState } from 'react';
import { TextField } from '../../components/text-field';
import { ChoiceSelect } from './choice-select';
import { ConditionRow } from './condition-row';
import { type Condition, filterFields, type Leaving, withFilter, withLeaving } from './edit-filter';
import type { MappingProps } from './mapping-props';
import { type Choice, labelOf } from './mapping-words';
import { useQueryCheck } from './use-query-check';

const leavingChoices: Choice<Leaving>[] = [
  { value: 'keep', label: 'Its twin goes on' },
  { value: 'stop', label: 'Its twin waits until it matches again' },
  { value: 'mark', label: 'Its twin waits, and is marked' },
  { value: 'delete', label: 'Its twin is deleted, for good' },
];

export function FilterSection(props: MappingProps) {
  const { mapping, onChange, mine, fixed } = props;
  const fields = filterFields(mine, mapping);
  const { jql = '', conditions = [] } = mapping.filter ?? {};
  // A condition without a value says nothing yet: it is on the screen only.
  const [open, setOpen] = useState<Condition[]>([]);
  const error = useQueryCheck(jql);
  const change = (index: number, condition: Condition | undefined) =>
    onChange(
      withFilter(mapping, {
        conditions: conditions.flatMap((one, place) =>
          place === index
            ? condition === undefined || condition.values.length === 0
              ? []
              : [condition]
            : [one],
        ),
      }),
    );
  function begin(fieldId: string): void {
    const others = open.filter((one) => one.fieldId !== fieldId);
    setOpen([...others, { fieldId, is: 'anyOf', values: [] }]);
  }
  function fill(fieldId: string, changed: Condition | undefined): void {
    if (changed !== undefined && changed.values.length === 0) {
      setOpen(open.map((one) => (one.fieldId === fieldId ? changed : one)));
      return;
    }
    setOpen(open.filter((one) => one.fieldId !== fieldId));
    if (changed) onChange(withFilter(mapping, { conditions: [...conditions, changed] }));
  }
  return (
    <div className="stack" data-testid={`filter-${mapping.id}`}>
      <p className="helper">
        Without a filter every issue of the chosen types takes part. Your filter is for issues of this site
        and is not shown to the partner; the partner has its own.
      </p>
      <div className="stack tight">
        {conditions.map((condition, index) => (
          <ConditionRow
            // biome-ignore lint/suspicious/noArrayIndexKey: two conditions may be equal, and none is moved
            key={index}
            fields={fields}
            condition={condition}
            onChange={(changed) => change(index, changed)}
          />
        ))}
        {open.map((condition) => (
          <ConditionRow
            key={condition.fieldId}
            fields={fields}
            condition={condition}
            onChange={(changed) => fill(condition.fieldId, changed)}
          />
        ))}
        <div className="row">
          <AddCondition fields={fields} onAdd={begin} />
        </div>
      </div>
      <TextField
        label={conditions.length > 0 ? 'And found by this JQL' : 'Found by this JQL'}
        value={jql}
        onChange={(written) => onChange(withFilter(mapping, { jql: written }))}
        placeholder="labels = shared AND created >= -90d"
        helper="Asked of Jira for issues of this mapping only, with the rights of the app."
        error={error}
        testId={`filter-jql-${mapping.id}`}
      />
      <LeavingChoice {...props} fixed={fixed} />
    </div>
  );
}

function AddCondition({
  fields,
  onAdd,
}: {
  fields: ReturnType<typeof filterFields>;
  onAdd: (fieldId: string) => void;
}) {
  const [isChoosing, setChoosing] = useState(false);
  if (!isChoosing) {
    return (
      <Button
        spacing="compact"
        onClick={() => setChoosing(true)}
        isDisabled={fields.length === 0}
        testId="filter-add"
      >
        Add a condition
      </Button>
    );
  }
  return (
    <div className="grow">
      <ChoiceSelect
        label="Field of the condition"
        placeholder="Choose a field"
        choices={fields.map(({ id, name }) => ({ value: id, label: name }))}
        value={undefined}
        onChange={(fieldId) => {
          setChoosing(false);
          if (fieldId !== undefined) onAdd(fieldId);
        }}
        testId="filter-field"
      />
    </div>
  );
}

function LeavingChoice({ mapping, onChange, fixed, partner }: MappingProps) {
  const leaving = mapping.leaving ?? 'keep';
  if (fixed) {
    return (
      <dl className="facts">
        <dt>When an issue stops to match</dt>
        <dd>{labelOf(leavingChoices, leaving)}</dd>
      </dl>
    );
  }
  return (
    <div>
      <span className="label">When an issue stops to match</span>
      <ChoiceSelect
        label="When an issue stops to match"
        choices={leavingChoices}
        value={leaving}
        onChange={(chosen) => chosen && onChange(withLeaving(mapping, chosen))}
        testId="editor-leaving"
      />
      <p className="helper">For issues of both sites: {partner} agrees to it.</p>
    </div>
  );
}
