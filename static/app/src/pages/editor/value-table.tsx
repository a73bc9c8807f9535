/** What stands for each value of a choice, priority or status on either side. */
import { ManySelect } from './choice-select';
import { optionChoices } from './edit-mapping';
import type { CatalogField, DraftField, DraftValue } from './mapping-words';

interface ValueTableProps {
  field: DraftField;
  mine: CatalogField | undefined;
  theirs: CatalogField | undefined;
  partner: string;
  fixed: boolean;
  onChange: (field: DraftField) => void;
}

export function ValueTable({ field, mine, theirs, partner, fixed, onChange }: ValueTableProps) {
  function set(changed: DraftValue): void {
    const values = (field.values ?? []).map((value) => (value.value === changed.value ? changed : value));
    onChange({ ...field, values });
  }
  return (
    <>
      <p className="small subtle">
        Where several values stand for one, the first is written and the others count as it. A value without a
        counterpart waits and is shown under Problems, unless you say below what is written then; the rest of
        the issue goes on.
      </p>
      <table className="grid" aria-label={`Values of ${field.label}`}>
        <thead>
          <tr>
            <th scope="col">Value</th>
            <th scope="col">Here</th>
            {!fixed && <th scope="col">{partner}</th>}
          </tr>
        </thead>
        <tbody>
          {(field.values ?? []).map((value) => (
            <tr key={value.value}>
              <td>{value.label}</td>
              <td className="choose">
                <ManySelect
                  label={`Here for ${value.label}`}
                  choices={optionChoices(mine)}
                  values={value.mine}
                  onChange={(ids) => set({ ...value, mine: ids })}
                  placeholder="Nothing stands for it"
                />
              </td>
              {!fixed && (
                <td className="choose">
                  <ManySelect
                    label={`At the partner for ${value.label}`}
                    choices={optionChoices(theirs)}
                    values={value.theirs}
                    onChange={(ids) => set({ ...value, theirs: ids })}
                    placeholder="Nothing stands for it"
                  />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
