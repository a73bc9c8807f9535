/** The listing of one wish: everything, or one issue. */
import Button from '@atlaskit/button/new';
import EmptyState from '@atlaskit/empty-state';
import { useState } from 'react';
import { Failure } from '../../components/failure';
import { ShowMore } from '../../components/show-more';
import { Waiting } from '../../components/waiting';
import { useCall } from '../../hooks/use-call';
import { useOlder } from '../../hooks/use-older';
import { type Entry, HistoryTable } from './history-table';
import { UndoDialog } from './undo-dialog';

interface HistoryListProps {
  id: string;
  /** Empty: everything. */
  issue: string;
  partner: string;
  joined: boolean;
}

/** Reading the log costs more than other listings, so it is read again on request only. */
export function HistoryList({ id, issue, partner, joined }: HistoryListProps) {
  const wish = issue === '' ? {} : { issue };
  const { value, error, reload } = useCall('history', { id, ...wish });
  const older = useOlder('history', id, value?.cursor, wish);
  const [undoing, setUndoing] = useState<Entry>();
  if (value === undefined)
    return error ? (
      <Failure error={error} retry={() => void reload()} />
    ) : (
      <Waiting label={issue === '' ? 'Loading the history' : `Looking for ${issue}`} />
    );
  const entries = [value, ...older.pages].flatMap((page) => page.entries);
  return (
    <>
      <Failure error={error} retry={() => void reload()} />
      {entries.length === 0 && older.more === undefined && <Nothing issue={issue} />}
      {entries.length > 0 && (
        <HistoryTable entries={entries} partner={partner} canUndo={joined} onUndo={setUndoing} />
      )}
      <div className="row">
        <ShowMore label={entries.length === 0 ? 'Look further back' : 'Show older'} older={older} />
        <Button appearance="subtle" onClick={() => void reload()} testId="history-reload">
          Read again
        </Button>
      </div>
      {undoing && (
        <UndoDialog
          id={id}
          partner={partner}
          entry={undoing}
          onClose={() => {
            setUndoing(undefined);
            void reload();
          }}
        />
      )}
    </>
  );
}

function Nothing({ issue }: { issue: string }) {
  return issue === '' ? (
    <EmptyState
      header="Nothing has happened yet"
      headingLevel={2}
      description="Messages to and from the partner, and what admins ask for, appear here."
    />
  ) : (
    <EmptyState
      header={`No message is about ${issue}`}
      headingLevel={2}
      description="Look whether the key is right and the issue takes part in this synchronization."
    />
  );
}
