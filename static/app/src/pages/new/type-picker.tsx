/** Types of synchronization; those that this site cannot do are shown with the reason. */
import { useId } from 'react';
import type { CallAnswer } from '../../../../../src/api/calls';

type Types = CallAnswer<'newOptions'>['types'];

export function TypePicker({ types }: { types: Types }) {
  const group = useId();
  const [first] = types.filter((type) => type.available);
  return (
    <fieldset>
      <legend>Synchronization type</legend>
      {types.map(({ key, label, description, available, reason }) => (
        <label key={key} className="choice" aria-disabled={!available}>
          <input
            type="radio"
            name={group}
            value={key}
            defaultChecked={key === first?.key}
            disabled={!available}
          />
          <span>
            <span className="strong">{label}</span>
            <span className="small" style={{ display: 'block' }}>
              {available ? description : `${description} ${reason ?? ''}`}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
