/** One shared field; its values open below it. */
import Button from '@atlaskit/button/new';
import ChevronDownIcon from '@atlaskit/icon/core/chevron-down';
import ChevronRightIcon from '@atlaskit/icon/core/chevron-right';
import { useState } from 'react';
import { RemoveButton } from '../../components/remove-button';
import { ChoiceSelect } from './choice-select';
import { fits, rebindField } from './edit-mapping';
import {
  type CatalogField,
  type DraftField,
  directionChoices,
  kindNames,
  labelOf,
  policyChoices,
  type Role,
} from './mapping-words';
import { RestTerms } from './rest-terms';
import { LeftOut } from './type-table';
import { ValueTable } from './value-table';

interface FieldRowProps {
  field: DraftField;
  mineFields: CatalogField[];
  theirFields: CatalogField[];
  myRole: Role;
  fixed: boolean;
  partner: string;
  /** Undefined removes the field. */
  onChange: (field: DraftField | undefined) => void;
}

export function FieldRow(props: FieldRowProps) {
  const { field, fixed, onChange } = props;
  const [open, setOpen] = useState(false);
  const side = fixed ? 'mine' : 'theirs';
  const mine = props.mineFields.find((each) => each.id === field.mine);
  const fitting = (fixed ? props.mineFields : props.theirFields).filter((each) => fits(field, each));
  return (
    <>
      <tr data-testid={`field-${field.slot}`}>
        <td>
          <span className="strong">{field.label}</span>
          <div className="small subtle">{kindNames[field.kind]}</div>
        </td>
        <td className="choose">
          <ChoiceSelect
            label={fixed ? `Field here for ${field.label}` : `Field of the partner for ${field.label}`}
            choices={fitting.map(({ id, name, kind }) => ({
              value: id,
              label: kind === field.kind ? name : `${name} (shows it as text)`,
            }))}
            value={field[side]}
            onChange={(id) =>
              onChange(
                rebindField(
                  field,
                  side,
                  fitting.find((each) => each.id === id),
                ),
              )
            }
            placeholder={fixed ? 'Not shared here' : 'Left to the partner'}
            clearable
          />
          {fixed && field.mine === undefined && <LeftOut what="a field" />}
        </td>
        <Terms {...props} />
        <td className="nowrap">
          {field.values && field[side] !== undefined && (
            <Button
              appearance="subtle"
              spacing="compact"
              iconBefore={open ? ChevronDownIcon : ChevronRightIcon}
              aria-expanded={open}
              onClick={() => setOpen(!open)}
              testId={`values-${field.slot}`}
            >
              {valuesText(field, fixed)}
            </Button>
          )}
        </td>
        {!fixed && (
          <td className="remove">
            <RemoveButton label={`Remove field ${field.label}`} onClick={() => onChange(undefined)} />
          </td>
        )}
      </tr>
      {open && field.values && field[side] !== undefined && (
        <tr className="nested">
          <td colSpan={fixed ? 5 : 6}>
            <div className="stack">
              <ValueTable
                field={field}
                mine={mine}
                theirs={props.theirFields.find((each) => each.id === field.theirs)}
                partner={props.partner}
                fixed={fixed}
                onChange={onChange}
              />
              {receives(field, props.myRole) && <RestTerms field={field} mine={mine} onChange={onChange} />}
            </div>
          </td>
        </tr>
      )}
    </>
  );
}

/** Direction and policy: chosen by the primary, read by the secondary. */
function Terms({ field, myRole, fixed, onChange }: FieldRowProps) {
  const [directions, policies] = [directionChoices(myRole), policyChoices(myRole)];
  if (fixed) {
    return (
      <>
        <td className="nowrap">{labelOf(directions, field.direction)}</td>
        <td>{field.direction === 'both' ? labelOf(policies, field.policy) : '–'}</td>
      </>
    );
  }
  return (
    <>
      <td className="choose">
        <ChoiceSelect
          label={`Direction of ${field.label}`}
          choices={directions}
          value={field.direction}
          onChange={(direction) => direction && onChange({ ...field, direction })}
        />
      </td>
      <td className="choose">
        {field.direction === 'both' ? (
          <ChoiceSelect
            label={`When both sites change ${field.label}`}
            choices={policies}
            value={field.policy}
            onChange={(policy) => policy && onChange({ ...field, policy })}
          />
        ) : (
          <span className="subtle">–</span>
        )}
      </td>
    </>
  );
}

/** True where changes of the partner are written here. */
function receives({ direction }: DraftField, myRole: Role): boolean {
  return direction === 'both' || direction === (myRole === 'primary' ? 'toPrimary' : 'toSecondary');
}

function valuesText({ values = [] }: DraftField, fixed: boolean): string {
  const open = values.filter(
    (value) => value.mine.length === 0 || (!fixed && value.theirs.length === 0),
  ).length;
  return open === 0 ? `${values.length} matched` : `${values.length - open} of ${values.length} matched`;
}
