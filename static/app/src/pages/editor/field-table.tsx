/** Which fields are shared, what stands for them on either side, which way they travel and who wins. */
import { ChoiceSelect } from './choice-select';
import { addField, fieldsOf, replaceField } from './edit-mapping';
import { FieldRow } from './field-row';
import type { MappingProps } from './mapping-props';
import { RemoveHeading } from './type-table';

export function FieldTable(props: MappingProps) {
  const { mapping, onChange, mine, theirs, fixed, partner } = props;
  const mineFields = fieldsOf(mine, mapping, 'mine');
  const theirFields = fieldsOf(theirs, mapping, 'theirs');
  const free = mineFields.filter(({ id }) => !mapping.fields.some((field) => field.mine === id));
  return (
    <table className="grid">
      <thead>
        <tr>
          <th scope="col">{fixed ? `Field of ${partner}` : 'Field here'}</th>
          <th scope="col">{fixed ? 'Stands here for' : `Field of ${partner}`}</th>
          <th scope="col">Direction</th>
          <th scope="col">When both change it</th>
          <th scope="col">Values</th>
          {!fixed && <RemoveHeading />}
        </tr>
      </thead>
      <tbody>
        {mapping.fields.map((field) => (
          <FieldRow
            key={field.slot}
            field={field}
            mineFields={mineFields}
            theirFields={theirFields}
            myRole={props.myRole}
            fixed={fixed}
            partner={partner}
            onChange={(changed) => onChange(replaceField(mapping, field.slot, changed))}
          />
        ))}
        {!fixed && free.length > 0 && (
          <tr>
            <td className="choose">
              <ChoiceSelect
                label="Add a field"
                placeholder="Add a field"
                choices={free.map(({ id, name }) => ({ value: id, label: name }))}
                value={undefined}
                onChange={(id) => {
                  const field = mineFields.find((each) => each.id === id);
                  if (field) onChange(addField(mapping, field, theirFields));
                }}
              />
            </td>
            <td colSpan={5} />
          </tr>
        )}
      </tbody>
    </table>
  );
}
