/** One mapping: the pair of projects, then its issue types, its fields, and what else travels. */
import Button from '@atlaskit/button/new';
import type { ReactNode } from 'react';
import { FieldTable } from './field-table';
import { FillsSection } from './fills-section';
import { FilterSection } from './filter-section';
import { FinerTerms } from './finer-terms';
import type { MappingProps } from './mapping-props';
import { Sharing } from './sharing';
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
          <div>
            <h3>Fields of copies here with a text of their own</h3>
            <FillsSection {...props} />
          </div>
          <Sharing {...props} />
          <FinerTerms {...props} />
        </>
      )}
    </section>
  );
}
