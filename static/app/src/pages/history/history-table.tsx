/** What travelled and who asked for what, newest first; a long message shows its beginning. */
import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { CallAnswer } from '../../../../../src/api/calls';
import { RelativeTime } from '../../components/relative-time';
import { TableHead } from '../../components/table-head';

export type Entry = CallAnswer<'history'>['entries'][number];
type Change = Entry['issues'][number]['changes'][number];

/** Lines of a message that are shown at first. */
const firstLines = 6;

interface HistoryTableProps {
  entries: Entry[];
  partner: string;
  /** Undo needs the partner. */
  canUndo: boolean;
  onUndo: (entry: Entry) => void;
}

export function HistoryTable({ entries, ...rest }: HistoryTableProps) {
  return (
    <div className="scroll">
      <table className="grid history" data-testid="history-table">
        <TableHead columns={['When', 'What', 'Issue', 'Field', 'Before', 'After']} actions="Undo" />
        {entries.map((entry) => (
          <Rows key={entry.id} entry={entry} {...rest} />
        ))}
      </table>
    </div>
  );
}

interface RowsProps extends Omit<HistoryTableProps, 'entries'> {
  entry: Entry;
}

/** A body of its own for each message, so that its lines belong together. */
function Rows({ entry, partner, canUndo, onUndo }: RowsProps) {
  const [isOpen, setOpen] = useState(false);
  const lines = entry.issues.flatMap(({ key, changes }) =>
    changes.map((change, index) => ({ id: `${key}:${index}`, issue: key, change, isFirst: index === 0 })),
  );
  const shown = isOpen ? lines : lines.slice(0, firstLines);
  const rest = lines.length - shown.length;
  const height = Math.max(1, shown.length) + (rest > 0 || entry.more > 0 ? 1 : 0);
  return (
    <tbody data-testid={`history-${entry.id}`}>
      <tr>
        <td className="nowrap" rowSpan={height}>
          <RelativeTime at={entry.at} />
        </td>
        <td rowSpan={height}>
          <What entry={entry} partner={partner} />
        </td>
        {shown[0] === undefined ? <td colSpan={4}>{entry.text}</td> : <Line {...shown[0]} />}
        <td rowSpan={height}>
          <Undo entry={entry} canUndo={canUndo} onUndo={onUndo} />
        </td>
      </tr>
      {shown.slice(1).map((line) => (
        <tr key={line.id}>
          <Line {...line} />
        </tr>
      ))}
      {(rest > 0 || entry.more > 0) && (
        <tr>
          <td colSpan={4}>
            {rest > 0 ? (
              <button type="button" className="linklike" onClick={() => setOpen(true)}>
                Show {rest.toLocaleString('en')} more
              </button>
            ) : (
              <span className="subtle">And {entry.more.toLocaleString('en')} more</span>
            )}
          </td>
        </tr>
      )}
    </tbody>
  );
}

function What({ entry: { kind, seq, who, undo }, partner }: { entry: Entry; partner: string }) {
  const ways = { sent: `To ${partner}`, received: `From ${partner}` };
  if (kind === 'asked') return <>{who ?? 'Somebody'}</>;
  if (kind === 'changed') return <>Settings changed</>;
  return (
    <>
      {ways[kind]}
      <div className="small subtle">Message {seq}</div>
      {undo?.undone !== undefined && (
        <div className="small subtle">
          Undone <RelativeTime at={undo.undone} />
        </div>
      )}
    </>
  );
}

function Line({ issue, change, isFirst }: { issue: string; change: Change; isFirst: boolean }) {
  return (
    <>
      <td className="nowrap">{isFirst ? issue : <span className="visually-hidden">{issue}</span>}</td>
      <td>{change.what}</td>
      <Value text={change.was} isField={hasValue(change)} />
      <Value text={change.is} isField={hasValue(change)} />
    </>
  );
}

function hasValue({ was, is }: Change): boolean {
  return was !== undefined || is !== undefined;
}

/** The log keeps no values: an unknown one is not an empty one. */
function Value({ text, isField }: { text: string | undefined; isField: boolean }) {
  if (text === undefined)
    return <td>{isField && <span className="subtle small">Not known any more</span>}</td>;
  return (
    <td>
      <div className="said short">{text === '' ? <span className="subtle">Empty</span> : text}</div>
    </td>
  );
}

function Undo({ entry, canUndo, onUndo }: Omit<RowsProps, 'partner'>) {
  if (entry.undo === undefined || !canUndo) return null;
  const isUndone = entry.undo.undone !== undefined;
  return (
    <Button
      spacing="compact"
      onClick={() => onUndo(entry)}
      testId={`undo-${entry.seq}`}
      aria-label={`${isUndone ? 'Result of undoing' : 'Undo'} message ${entry.seq}`}
    >
      {isUndone ? 'Result' : 'Undo'}
    </Button>
  );
}
