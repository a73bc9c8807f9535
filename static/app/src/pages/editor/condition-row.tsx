/** One simple condition: a field, whether it shall have one of the values or none, and the values. */

import { RemoveButton } from '../../components/remove-button';
import { ChoiceSelect, ManySelect, WordSelect } from './choice-select';
import type { Condition } from './edit-filter';
import { optionChoices } from './edit-mapping';
import type { CatalogField, Choice } from './mapping-words';

interface ConditionRowProps {
  fields: CatalogField[];
  condition: Condition;
  /** Undefined: it goes. */
  onChange: (condition: Condition | undefined) => void;
}

const words: Choice<Condition['is']>[] = [
  { value: 'anyOf', label: 'is one of' },
  { value: 'noneOf', label: 'is none of' },
];

export function ConditionRow({ fields, condition, onChange }: ConditionRowProps) {
  const field = fields.find(({ id }) => id === condition.fieldId);
  const name = field?.name ?? 'Not available';
  const setValues = (values: string[]) => onChange({ ...condition, values });
  return (
    <div className="condition" data-testid={`condition-${condition.fieldId}`}>
      <span className="strong">{name}</span>
      <ChoiceSelect
        label={`How ${name} is compared`}
        choices={words}
        value={condition.is}
        onChange={(is) => is && onChange({ ...condition, is })}
      />
      {field?.kind === 'labels' ? (
        <WordSelect
          label={`Words of ${name}`}
          placeholder="Write a label"
          values={condition.values}
          onChange={setValues}
          testId={`condition-values-${condition.fieldId}`}
        />
      ) : (
        <ManySelect
          label={`Values of ${name}`}
          choices={optionChoices(field)}
          values={condition.values}
          onChange={setValues}
          testId={`condition-values-${condition.fieldId}`}
        />
      )}
      <RemoveButton label={`Remove the condition on ${name}`} onClick={() => onChange(undefined)} />
    </div>
  );
}
