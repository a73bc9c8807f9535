/** Undoes a message of the partner: what it changed here is set back as an edit of ours, which then travels as any other. */
import { pairSchema } from '#core/model/pair';
import { requireConnection } from '../connect/require-connection';
import { Refusal } from '../errors';
import { type Agreement, readAgreement } from '../pairs/agreement';
import type { Ports } from '../ports/ports';
import { recordActivity } from '../record-activity';
import type { Connection } from '../rows/connection';
import { rowKeys } from '../rows/keys';
import { isRunning } from '../rows/registry';
import { mostHints } from '../rows/stream';
import { leaveHints } from '../stream/leave-hints';
import { type Judged, judgeChange, type SkippedItem, type UndoItem } from './judge-change';
import { leaveUndo } from './leave-undo';
import { type Found, readApplied } from './read-applied';
import { type Applied, appliedGroup, appliedTtlDays } from './rows';

/** Ends in good order with this much time left, milliseconds. */
const reserveMs = 5_000;
/** Items that an answer names. */
const mostNamed = 500;

/** `more`: time was over before all of it was asked for; the same call goes on. */
export interface Undone {
  asked: UndoItem[];
  skipped: SkippedItem[];
  more: boolean;
}

/** `dry`: says what would be done, and does nothing. Safe to repeat: what does not hold the applied value is left alone. */
export async function undoBatch(
  ports: Ports,
  request: { id: string; seq: number; dry: boolean },
): Promise<Undone> {
  const connection = await requireConnection(ports, request.id);
  if (connection.phase !== 'joined') {
    throw new Refusal('notPossible', 'This synchronization is not connected to its partner.');
  }
  const all = await readApplied(ports, connection.id, request.seq);
  if (all.length === 0) throw new Refusal('notFound', 'What this message changed is not kept any more.');
  const open = all.filter(({ applied }) => applied.undone === undefined);
  const agreement = await readAgreement(ports, connection);
  const undone: Undone = { asked: [], skipped: [], more: false };
  const dirty: string[] = [];
  for (const found of open.length > 0 ? open : all) {
    undone.more = ports.budget.remainingMs() < reserveMs;
    if (undone.more) break;
    await undoRow(ports, agreement, { ...request, found, undone, dirty });
  }
  if (dirty.length > 0) await wake(ports, connection, dirty);
  if (!request.dry) await tell(ports, connection.id, request.seq, undone);
  return {
    asked: undone.asked.slice(0, mostNamed),
    skipped: undone.skipped.slice(0, mostNamed),
    more: undone.more,
  };
}

interface RowWork {
  dry: boolean;
  found: Found;
  undone: Undone;
  dirty: string[];
}

async function undoRow(ports: Ports, agreement: Agreement, work: RowWork): Promise<void> {
  const { row, applied } = work.found;
  const { id } = agreement.connection;
  for (const change of applied.changes) {
    const stored = await ports.store.get('pair', rowKeys.pair(id, change.pair));
    const pair = stored === undefined ? undefined : pairSchema.parse(stored.body);
    const judged = judgeChange(agreement, pair, change);
    work.undone.asked.push(...judged.asked);
    work.undone.skipped.push(...judged.skipped);
    if (work.dry || pair === undefined || isNothing(judged)) continue;
    work.dirty.push(await leaveUndo(ports, id, pair, judged.undo));
  }
  if (work.dry) return;
  const body: Applied = { ...applied, undone: ports.clock.now() };
  const { key } = row;
  const group = appliedGroup(id);
  const rank = key.slice(group.length + 1);
  await ports.store.transact([
    { op: 'set', table: 'activity', key, body, group, rank, ttlDays: appliedTtlDays },
  ]);
}

function isNothing({ undo }: Judged): boolean {
  return undo.comments.length === 0 && Object.keys(undo.slots).length === 0;
}

async function wake(ports: Ports, connection: Connection, dirty: readonly string[]): Promise<void> {
  const { id } = connection;
  for (let start = 0; start < dirty.length; start += mostHints) {
    const hints = dirty.slice(start, start + mostHints);
    if (isRunning(connection)) await ports.queue.wake({ connection: id, hints });
    else await leaveHints(ports, id, hints);
  }
}

function tell(ports: Ports, id: string, seq: number, { asked, skipped }: Undone): Promise<void> {
  const named = skipped.slice(0, 10).map(({ key, what, reason }) => `${key} ${what}: ${reason}`);
  const rest = skipped.length > named.length ? ` And ${skipped.length - named.length} more.` : '';
  const left = skipped.length === 0 ? '' : ` Left as they are: ${named.join(' ')}${rest}`;
  const text = `Message ${seq} of the partner is undone here: ${asked.length} changes are set back.${left}`;
  return recordActivity(ports, id, { level: skipped.length === 0 ? 'info' : 'warning', text });
}
