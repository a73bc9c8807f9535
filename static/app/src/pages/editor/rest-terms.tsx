/** What this site does with values of the partner for which its table has nothing. */
import { ChoiceSelect } from './choice-select';
import { optionChoices, withUse } from './edit-mapping';
import type { CatalogField, DraftField } from './mapping-words';
import { Term } from './term';

/** Jira lets an app make these. */
const makable: Partial<Record<DraftField['kind'], string>> = {
  versions: 'Missing versions are made',
  components: 'Missing components are made',
};

interface RestTermsProps {
  field: DraftField;
  mine: CatalogField | undefined;
  onChange: (field: DraftField) => void;
}

/** Nothing where the field only shows a text. */
export function RestTerms({ field, mine, onChange }: RestTermsProps) {
  const { otherwise, create = false, as } = field.mineUse ?? {};
  const making = makable[field.kind];
  if (as !== undefined || mine?.options === undefined) return null;
  return (
    <div className="cards">
      <Term
        title="For whatever else"
        helper="Written here when nothing stands for a value of the partner. It never travels back."
      >
        <ChoiceSelect
          label={`Here for whatever else ${field.label} says`}
          choices={optionChoices(mine)}
          value={otherwise}
          onChange={(id) => onChange(withUse(field, 'mineUse', 'otherwise', id))}
          placeholder="Nothing: the field waits"
          testId={`otherwise-${field.slot}`}
          clearable
        />
      </Term>
      {making !== undefined && (
        <Term
          title="What is missing here"
          helper="By its name, in the project of this mapping. This goes before what is written for whatever else."
        >
          <label className="choice">
            <input
              type="checkbox"
              checked={create}
              onChange={({ currentTarget: { checked } }) =>
                onChange(withUse(field, 'mineUse', 'create', checked ? true : undefined))
              }
              data-testid={`create-${field.slot}`}
            />
            <span>{making}</span>
          </label>
        </Term>
      )}
    </div>
  );
}
