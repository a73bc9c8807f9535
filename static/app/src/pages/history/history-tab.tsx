/** What happened, message by message: look for an issue, undo, replay, take the log along, compare it with the partner's. */
import Button from '@atlaskit/button/new';
import Textfield from '@atlaskit/textfield';
import { type FormEvent, useState } from 'react';
import { useCall } from '../../hooks/use-call';
import { CompareDialog } from './compare-dialog';
import { ExportDialog } from './export-dialog';
import { HistoryList } from './history-list';
import { ReplayDialog } from './replay-dialog';
import { ReplayStanding } from './replay-standing';
import { SameHistory } from './same-history';

const refreshMs = 4_000;

interface HistoryTabProps {
  id: string;
  name: string;
  partner: string;
  /** Something was agreed, and nobody deleted it. */
  joined: boolean;
  /** A replay needs both sites. */
  running: boolean;
}

export function HistoryTab({ id, name, partner, joined, running }: HistoryTabProps) {
  const [typed, setTyped] = useState('');
  const [issue, setIssue] = useState('');
  const [open, setOpen] = useState<'replay' | 'export' | 'compare'>();
  const replay = useCall('replay', { id }, refreshMs);
  const close = () => setOpen(undefined);

  function look(event: FormEvent): void {
    event.preventDefault();
    setIssue(typed.trim());
  }
  return (
    <div className="stack" style={{ paddingTop: 16, width: '100%' }} data-testid="history">
      <div className="toolbar">
        <form className="row" onSubmit={look}>
          <div style={{ width: 240 }}>
            <Textfield
              isCompact
              aria-label="Issue key, ours or theirs"
              placeholder="Issue key, ours or theirs"
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
              testId="history-issue"
            />
          </div>
          <Button type="submit" testId="history-look">
            Show
          </Button>
          {issue !== '' && (
            <Button
              appearance="subtle"
              onClick={() => {
                setTyped('');
                setIssue('');
              }}
              testId="history-all"
            >
              Show all
            </Button>
          )}
        </form>
        <div className="row">
          {joined && (
            <Button onClick={() => setOpen('replay')} isDisabled={!running} testId="replay-open">
              Replay
            </Button>
          )}
          <Button onClick={() => setOpen('export')} testId="export-open">
            Export
          </Button>
          <Button onClick={() => setOpen('compare')} testId="compare-open">
            Compare logs
          </Button>
        </div>
      </div>
      {joined && <SameHistory id={id} partner={partner} />}
      <ReplayStanding id={id} replay={replay} />
      <HistoryList key={issue} id={id} issue={issue} partner={partner} joined={joined} />
      {open === 'replay' && (
        <ReplayDialog
          id={id}
          partner={partner}
          onClose={close}
          onStarted={() => {
            close();
            void replay.reload();
          }}
        />
      )}
      {open === 'export' && <ExportDialog id={id} name={name} onClose={close} />}
      {open === 'compare' && <CompareDialog id={id} partner={partner} onClose={close} />}
    </div>
  );
}
