/** One mapping: the pair of projects, then its issue types, fields and comments. */
import Button from '@atlaskit/button/new';
import type { ReactNode } from 'react';
import { ChoiceSelect } from './choice-select';
import { FieldTable } from './field-table';
import { FilterSection } from './filter-section';
import type { MappingProps } from './mapping-props';
import { commentChoices, directionChoices, labelOf } from './mapping-words';
import { TypeTable } from './type-table';

interface MappingCardProps extends MappingProps {
  /** The pair of projects: chosen by the primary, completed by the secondary. */
  projects: ReactNode;
  /** Only the primary can delete. */
  onDelete?: () => void;
  /** False for a mapping that the partner switched off: only it can enable it. */
  canEnable: boolean;
  busy?: ReactNode;
}

export function MappingCard(props: MappingCardProps) {
  const { mapping, onChange, projects, onDelete, canEnable, busy } = props;
  const ready = mapping.types.length > 0;
  return (
    <section
      className="card stack"
      aria-label={mapping.label || 'New mapping'}
      data-testid={`mapping-${mapping.id || 'new'}`}
    >
      <div className="row">
        <h2 className="grow">{mapping.label || 'New mapping'}</h2>
        {ready && (
          <label className="choice">
            <input
              type="checkbox"
              checked={mapping.enabled}
              disabled={!canEnable}
              onChange={(event) => onChange({ ...mapping, enabled: event.currentTarget.checked })}
              data-testid={`mapping-enabled-${mapping.id}`}
            />
            <span>Enabled</span>
          </label>
        )}
        {onDelete && (
          <Button appearance="subtle" spacing="compact" onClick={onDelete} testId="mapping-delete">
            Delete mapping
          </Button>
        )}
      </div>
      {projects}
      {busy}
      {ready && (
        <>
          <div>
            <h3>Issue types</h3>
            <TypeTable {...props} />
          </div>
          <div>
            <h3>Fields</h3>
            <div className="scroll">
              <FieldTable {...props} />
            </div>
          </div>
          <div>
            <h3>Which issues of this site take part</h3>
            <FilterSection {...props} />
          </div>
          <Sharing {...props} />
        </>
      )}
    </section>
  );
}

/** Comments, and whose new issues get a twin. */
function Sharing({ mapping, onChange, myRole, fixed }: MappingProps) {
  const [comments, creates] = [commentChoices(myRole), directionChoices(myRole)];
  if (fixed) {
    return (
      <dl className="facts">
        <dt>Comments</dt>
        <dd>{labelOf(comments, mapping.comments)}</dd>
        <dt>New issues</dt>
        <dd>{labelOf(creates, mapping.creates)}</dd>
      </dl>
    );
  }
  return (
    <div className="cards">
      <div>
        <h3>Comments</h3>
        <ChoiceSelect
          label="Comments"
          choices={comments}
          value={mapping.comments}
          onChange={(chosen) => chosen && onChange({ ...mapping, comments: chosen })}
          testId="editor-comments"
        />
        <p className="helper">Comments restricted to a role or a group are never sent.</p>
      </div>
      <div>
        <h3>New issues</h3>
        <ChoiceSelect
          label="New issues"
          choices={creates}
          value={mapping.creates}
          onChange={(chosen) => chosen && onChange({ ...mapping, creates: chosen })}
          testId="editor-creates"
        />
        <p className="helper">Whose new issues get a twin on the other site.</p>
      </div>
    </div>
  );
}
