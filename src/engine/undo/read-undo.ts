/** What became of undoing a message: what still waits, what is set back here or on both sites, and what was left and why. */
import { hashValue } from '#core/merge/hash-values';
import { type Pair, pairSchema } from '#core/model/pair';
import type { FieldValue } from '#core/model/value';
import { settlePair } from '#core/reconcile/settle-pair';
import { requireConnection } from '../connect/require-connection';
import { type Agreement, findMapping, readAgreement } from '../pairs/agreement';
import { labelOf } from '../pairs/problems';
import type { Ports } from '../ports/ports';
import { commentTwinSchema } from '../rows/comment-twin';
import { rowKeys } from '../rows/keys';
import { type Orders, ordersSchema } from '../rows/orders';
import { isRunning } from '../rows/registry';
import { effectiveDone } from '../stream/heads';
import { readStreamRows } from '../stream/rows';
import { gone, judgeChange, type SkippedItem, whyNot } from './judge-change';
import { readApplied } from './read-applied';
import type { AppliedChange } from './rows';

/** Items that an answer names. */
const mostNamed = 500;
const refused = 'It could not be written. The activity log says why.';

export interface UndoState {
  waiting: number;
  here: number;
  both: number;
  left: SkippedItem[];
  /** Nothing goes on while the synchronization stands. */
  running: boolean;
}

/** Reads rows only: a screen asks again and again while it goes on. */
export async function readUndo(ports: Ports, request: { id: string; seq: number }): Promise<UndoState> {
  const connection = await requireConnection(ports, request.id);
  const agreement = await readAgreement(ports, connection);
  const { stream, incoming } = await readStreamRows(ports, connection.id);
  const done = effectiveDone(stream.body, incoming.body);
  const state: UndoState = { waiting: 0, here: 0, both: 0, left: [], running: isRunning(connection) };
  for (const { applied } of await readApplied(ports, connection.id, request.seq)) {
    for (const change of applied.changes) {
      const [row, orders] = await Promise.all([
        ports.store.get('pair', rowKeys.pair(connection.id, change.pair)),
        ports.store.get('problem', rowKeys.orders(connection.id, change.pair)),
      ]);
      const pair = row === undefined ? undefined : settlePair(pairSchema.parse(row.body), done);
      const open = orders === undefined ? undefined : ordersSchema.parse(orders.body);
      await countChange(ports, state, { agreement, pair, change, open });
    }
  }
  return { ...state, left: state.left.slice(0, mostNamed) };
}

interface Counted {
  agreement: Agreement;
  pair: Pair | undefined;
  change: AppliedChange;
  open: Orders | undefined;
}

async function countChange(ports: Ports, state: UndoState, counted: Counted): Promise<void> {
  const { agreement, pair, change, open } = counted;
  const { slots: _slots, comment, ...rest } = change;
  state.left.push(...judgeChange(agreement, pair, rest).skipped);
  if (comment !== undefined) await countComment(ports, state, counted, comment);
  for (const [slot, applied] of Object.entries(change.slots ?? {})) {
    const place = placeOf(pair, open, { slot, ...applied });
    if (place === 'left') state.left.push(leftSlot(counted, { slot, ...applied }));
    else state[place] += 1;
  }
}

type Slot = { slot: string } & NonNullable<AppliedChange['slots']>[string];

function placeOf(
  pair: Pair | undefined,
  open: Orders | undefined,
  { slot, is, was }: Slot,
): 'waiting' | 'here' | 'both' | 'left' {
  const order = open?.slots[slot];
  if (order?.kind === 'undo' && order.is === is) return 'waiting';
  const offered = pair?.open?.values[slot];
  if (offered !== undefined) return holds(offered, was) ? 'here' : 'left';
  return holds(pair?.base[slot], was) ? 'both' : 'left';
}

function leftSlot({ agreement, pair, change: { key } }: Counted, slot: Slot): SkippedItem {
  if (pair === undefined) return { key, what: 'A field', reason: gone };
  const what = labelOf(findMapping(agreement, pair.mapping), slot.slot);
  return { key, what, reason: whyNot(agreement, pair, slot) ?? refused };
}

async function countComment(
  ports: Ports,
  state: UndoState,
  { agreement, change, open }: Counted,
  comment: string,
): Promise<void> {
  const key = rowKeys.commentTwin(agreement.connection.id, comment);
  const row = await ports.store.get('commentTwin', key);
  const twin = row === undefined ? undefined : commentTwinSchema.parse(row.body);
  if (open?.comments?.includes(comment)) state.waiting += 1;
  else if (twin?.state === 'gone') state.both += 1;
  else state.left.push({ key: change.key, what: 'Comment', reason: refused });
}

function holds(value: FieldValue | undefined, was: FieldValue | undefined): boolean {
  return value !== undefined && was !== undefined && hashValue(value) === hashValue(was);
}
