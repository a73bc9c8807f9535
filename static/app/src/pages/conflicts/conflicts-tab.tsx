/** The conflict inbox, and below it the values that gave way and can be put back. */
import EmptyState from '@atlaskit/empty-state';
import { useState } from 'react';
import { Failure } from '../../components/failure';
import { ShowMore } from '../../components/show-more';
import { Waiting } from '../../components/waiting';
import { useCall } from '../../hooks/use-call';
import { useOlder } from '../../hooks/use-older';
import { ConflictCard } from './conflict-card';
import { OverwrittenTable } from './overwritten-table';
import type { Conflict } from './typed-value';

const refreshMs = 5_000;

export function ConflictsTab({ id, partner }: { id: string; partner: string }) {
  const { value, error, reload } = useCall('conflicts', { id }, refreshMs);
  const older = useOlder('conflicts', id, value?.cursor);
  const [decided, setDecided] = useState<ReadonlySet<string>>(new Set());
  if (value === undefined)
    return error ? (
      <Failure error={error} retry={() => void reload()} />
    ) : (
      <Waiting label="Loading conflicts" />
    );
  const conflicts = [value, ...older.pages].flatMap((page) => page.conflicts);
  return (
    <div className="stack" style={{ paddingTop: 16, width: '100%' }} data-testid="conflicts">
      {conflicts.length === 0 && older.more === undefined ? (
        <EmptyState
          header="Nobody has to decide"
          headingLevel={2}
          description="Where both sites change a field of which the agreement says Ask a person, both values appear here."
        />
      ) : (
        <p className="subtle">
          Each site keeps its own value until somebody decides, here or over there. Everything else of these
          issues keeps flowing.
        </p>
      )}
      {conflicts.map((conflict) => (
        <ConflictCard
          key={keyOf(conflict)}
          id={id}
          partner={partner}
          conflict={conflict}
          decided={decided.has(keyOf(conflict))}
          onDecided={() => {
            setDecided((now) => new Set([...now, keyOf(conflict)]));
            void reload();
          }}
        />
      ))}
      <ShowMore label="Look for more" older={older} />
      <OverwrittenTable id={id} partner={partner} />
    </div>
  );
}

/** Another version of a conflict is another question. */
function keyOf({ pair, slot, version }: Conflict): string {
  return `${pair} ${slot} ${version}`;
}
