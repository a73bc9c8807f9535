/** Fields of our copies that the agreement does not share, and what they get instead. */
import Textfield from '@atlaskit/textfield';
import { RemoveButton } from '../../components/remove-button';
import { TableHead } from '../../components/table-head';
import { ChoiceSelect, ManySelect } from './choice-select';
import { addFill, changeFill, choicesIn, type Fill, freeFields } from './edit-fills';
import { fieldsOf, optionChoices } from './edit-mapping';
import type { MappingProps } from './mapping-props';
import type { CatalogField, Choice } from './mapping-words';

const whenChoices: Choice<Fill['when']>[] = [
  { value: 'create', label: 'Once, when the copy is made' },
  { value: 'always', label: 'With every change of the partner' },
];
const longestText = 2_000;

export function FillsSection({ mapping, onChange, mine }: MappingProps) {
  const fields = fieldsOf(mine, mapping, 'mine');
  const free = freeFields(mine, mapping);
  const fills = mapping.fills ?? [];
  return (
    <div className="stack tight" data-testid={`fills-${mapping.id}`}>
      <p className="helper">
        For fields that Jira demands here, or that shall say where a copy comes from. A text may hold{' '}
        {'{{partner.key}}'}, {'{{partner.url}}'} and any shared field by its name, such as {'{{Summary}}'}.
        The partner is not told.
      </p>
      {fills.length > 0 && (
        <table className="grid">
          <TableHead columns={['Field here', 'What it gets', 'When']} actions="Remove" />
          <tbody>
            {fills.map((fill) => (
              <FillRow
                key={fill.fieldId}
                fill={fill}
                field={fields.find(({ id }) => id === fill.fieldId)}
                onChange={(change) => onChange(changeFill(mapping, fill.fieldId, change))}
              />
            ))}
          </tbody>
        </table>
      )}
      {free.length > 0 && (
        <div style={{ maxWidth: 320 }}>
          <ChoiceSelect
            label="Add a field with a text of its own"
            placeholder="Add a field"
            choices={free.map(({ id, name }) => ({ value: id, label: name }))}
            value={undefined}
            onChange={(id) => {
              const field = free.find((each) => each.id === id);
              if (field) onChange(addFill(mapping, field));
            }}
            testId="fill-add"
          />
        </div>
      )}
    </div>
  );
}

interface FillRowProps {
  fill: Fill;
  /** Undefined when it was deleted. */
  field: CatalogField | undefined;
  onChange: (change: Partial<Pick<Fill, 'text' | 'when'>> | undefined) => void;
}

function FillRow({ fill, field, onChange }: FillRowProps) {
  const name = field?.name ?? 'A field that is not there any more';
  return (
    <tr data-testid={`fill-${fill.fieldId}`}>
      <td className="strong">{name}</td>
      <td className="choose">
        <FillValue fill={fill} field={field} name={name} onChange={(text) => onChange({ text })} />
      </td>
      <td className="choose">
        <ChoiceSelect
          label={`When ${name} gets it`}
          choices={whenChoices}
          value={fill.when}
          onChange={(when) => when && onChange({ when })}
        />
      </td>
      <td className="remove">
        <RemoveButton label={`Remove the text of ${name}`} onClick={() => onChange(undefined)} />
      </td>
    </tr>
  );
}

interface FillValueProps {
  fill: Fill;
  field: CatalogField | undefined;
  name: string;
  onChange: (text: string) => void;
}

function FillValue({ fill: { text, kind }, field, name, onChange }: FillValueProps) {
  const label = `What ${name} gets`;
  if (kind === 'priority' || kind === 'select') {
    return (
      <ChoiceSelect
        label={label}
        choices={optionChoices(field)}
        value={text === '' ? undefined : text}
        onChange={(id) => onChange(id ?? '')}
      />
    );
  }
  if (field?.options !== undefined) {
    return (
      <ManySelect
        label={label}
        choices={optionChoices(field)}
        values={choicesIn(text)}
        onChange={(ids) => onChange(ids.join(','))}
      />
    );
  }
  return (
    <Textfield
      isCompact
      aria-label={label}
      value={text}
      maxLength={longestText}
      {...(kind === 'date' ? { placeholder: '2026-12-24' } : {})}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
