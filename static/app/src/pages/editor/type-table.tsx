/** Which issue types take part, and what stands for them on either side. */

import { RemoveButton } from '../../components/remove-button';
import { ChoiceSelect } from './choice-select';
import { addType, replaceType } from './edit-mapping';
import type { MappingProps } from './mapping-props';
import type { DraftType } from './mapping-words';

export function TypeTable({ mapping, onChange, mine, theirs, fixed, partner }: MappingProps) {
  const mineTypes = choices(mine?.types);
  const free = mineTypes.filter(({ value }) => !mapping.types.some((type) => type.mine === value));
  function bind(type: DraftType, side: 'mine' | 'theirs', id: string | undefined): void {
    const { [side]: _old, ...rest } = type;
    onChange(replaceType(mapping, type.slot, id === undefined ? rest : { ...rest, [side]: id }));
  }
  return (
    <table className="grid">
      <thead>
        <tr>
          <th scope="col">{fixed ? `Issue type of ${partner}` : 'Issue type here'}</th>
          <th scope="col">{fixed ? 'Stands here for' : `Issue type of ${partner}`}</th>
          {!fixed && <RemoveHeading />}
        </tr>
      </thead>
      <tbody>
        {mapping.types.map((type) => (
          <tr key={type.slot} data-testid={`type-${type.slot}`}>
            <td className="strong">{type.label}</td>
            <td className="choose">
              <ChoiceSelect
                label={
                  fixed ? `Issue type here for ${type.label}` : `Issue type of the partner for ${type.label}`
                }
                choices={fixed ? mineTypes : choices(theirs?.types)}
                value={fixed ? type.mine : type.theirs}
                onChange={(id) => bind(type, fixed ? 'mine' : 'theirs', id)}
                placeholder={fixed ? 'Takes no part' : 'Left to the partner'}
                clearable
              />
              {fixed && type.mine === undefined && <LeftOut what="an issue type" />}
            </td>
            {!fixed && (
              <td className="remove">
                <RemoveButton
                  label={`Remove issue type ${type.label}`}
                  onClick={() => onChange(replaceType(mapping, type.slot, undefined))}
                />
              </td>
            )}
          </tr>
        ))}
        {!fixed && free.length > 0 && (
          <tr>
            <td className="choose">
              <ChoiceSelect
                label="Add an issue type"
                placeholder="Add an issue type"
                choices={free}
                value={undefined}
                onChange={(id) => {
                  const type = mine?.types.find((each) => each.id === id);
                  if (type) onChange(addType(mapping, type, theirs));
                }}
              />
            </td>
            <td />
            <td />
          </tr>
        )}
      </tbody>
    </table>
  );
}

/** Says that a slot of the partner has no counterpart here yet; that is allowed, but seldom meant. */
export function LeftOut({ what }: { what: string }) {
  return <div className="left-out">Left out. Choose {what} to share it.</div>;
}

export function RemoveHeading() {
  return (
    <th scope="col">
      <span className="visually-hidden">Remove</span>
    </th>
  );
}

function choices(types: { id: string; name: string }[] | undefined) {
  return (types ?? []).map(({ id, name }) => ({ value: id, label: name }));
}
