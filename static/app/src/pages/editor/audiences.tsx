/** To whom restricted comments may go: audiences of the agreement, and the role or group of this site behind each. */
import Button from '@atlaskit/button/new';
import Textfield from '@atlaskit/textfield';
import { useState } from 'react';
import { RemoveButton } from '../../components/remove-button';
import { TableHead } from '../../components/table-head';
import { ChoiceSelect } from './choice-select';
import { addAudience, audiencesOf, type Bound, bindAudience, removeAudience } from './edit-audiences';
import type { MappingProps } from './mapping-props';
import type { Choice } from './mapping-words';

const typeChoices: Choice<Bound['type']>[] = [
  { value: 'role', label: 'Project role' },
  { value: 'group', label: 'Group' },
];
const longestName = 255;

/** The primary names audiences; each site says who they are there. */
export function Audiences({ mapping, onChange, fixed, partner }: MappingProps) {
  const audiences = audiencesOf(mapping);
  if (fixed && audiences.length === 0) return null;
  return (
    <div data-testid={`audiences-${mapping.id}`}>
      <h3>Audiences of restricted comments</h3>
      <p className="helper">
        A comment that is restricted to a role or a group travels only where an audience stands for it. Its
        copy is restricted to what stands for the same audience on the other site. {partner} does not see the
        names of your roles and groups.
      </p>
      {audiences.length > 0 && (
        <table className="grid">
          <TableHead
            columns={['Audience', 'Kind here', 'Its name here']}
            {...(fixed ? {} : { actions: 'Remove' })}
          />
          <tbody>
            {audiences.map(({ id, label }) => (
              <tr key={id} data-testid={`audience-${id}`}>
                <td className="strong">{label}</td>
                <BoundCells
                  label={label}
                  bound={mapping.audiences?.find(({ audience }) => audience === id)}
                  onChange={(bound) => onChange(bindAudience(mapping, id, bound))}
                />
                {!fixed && (
                  <td className="remove">
                    <RemoveButton
                      label={`Remove the audience ${label}`}
                      onClick={() => onChange(removeAudience(mapping, id))}
                    />
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {!fixed && <AddAudience onAdd={(label) => onChange(addAudience(mapping, label))} />}
    </div>
  );
}

interface BoundCellsProps {
  label: string;
  bound: Bound | undefined;
  onChange: (bound: Pick<Bound, 'type' | 'name'>) => void;
}

function BoundCells({ label, bound, onChange }: BoundCellsProps) {
  // Without a name nothing is bound yet, so the kind is on the screen only.
  const [chosen, setChosen] = useState<Bound['type']>('role');
  const { type, name } = bound ?? { type: chosen, name: '' };
  return (
    <>
      <td className="choose">
        <ChoiceSelect
          label={`Kind of ${label} here`}
          choices={typeChoices}
          value={type}
          onChange={(next) => {
            if (next === undefined) return;
            setChosen(next);
            onChange({ type: next, name });
          }}
        />
      </td>
      <td className="choose">
        <Textfield
          isCompact
          aria-label={`Name of ${label} here`}
          placeholder="Nothing stands for it"
          value={name}
          maxLength={longestName}
          onChange={(event) => onChange({ type, name: event.currentTarget.value })}
        />
      </td>
    </>
  );
}

function AddAudience({ onAdd }: { onAdd: (label: string) => void }) {
  const [label, setLabel] = useState('');
  return (
    <form
      className="row"
      onSubmit={(event) => {
        event.preventDefault();
        onAdd(label);
        setLabel('');
      }}
    >
      <div style={{ width: 320 }}>
        <Textfield
          isCompact
          aria-label="Name of a new audience, as both sites see it"
          placeholder="Such as: Developers of both sites"
          value={label}
          maxLength={longestName}
          onChange={(event) => setLabel(event.currentTarget.value)}
          testId="audience-label"
        />
      </div>
      <Button type="submit" spacing="compact" isDisabled={label.trim() === ''} testId="audience-add">
        Add an audience
      </Button>
    </form>
  );
}
