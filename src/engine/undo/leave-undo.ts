/** Leaves what is to be undone of one issue for the worker: values, each with the one that it may replace, and comments. */
import type { Pair } from '#core/model/pair';
import type { FieldValue } from '#core/model/value';
import { Refusal } from '../errors';
import type { Ports } from '../ports/ports';
import { setDirty } from '../rows/dirty';
import { rowKeys } from '../rows/keys';
import { type Orders, ordersGroup, ordersSchema } from '../rows/orders';

/** Orders of two people for one issue at once. */
const attempts = 5;

export interface IssueUndo {
  slots: Record<string, { was: FieldValue; is: string }>;
  /** Twins of copies. */
  comments: string[];
}

/** Durable when it returns, with the dirty row whose key it answers. */
export async function leaveUndo(
  ports: Ports,
  connection: string,
  pair: Pair,
  undo: IssueUndo,
): Promise<string> {
  const key = rowKeys.orders(connection, pair.pair);
  const place = { group: ordersGroup(connection), rank: pair.pair };
  const at = ports.clock.now();
  const dirty = setDirty(connection, pair.local?.id ?? '', 'retry', at);
  const orders = Object.fromEntries(
    Object.entries(undo.slots).map(([slot, { was, is }]) => [
      slot,
      { kind: 'undo' as const, value: was, is, at },
    ]),
  );
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const row = await ports.store.get('problem', key);
    const before = row === undefined ? { slots: {} } : ordersSchema.parse(row.body);
    const comments = [...new Set([...(before.comments ?? []), ...undo.comments])].slice(0, 200);
    const body: Orders = {
      slots: { ...before.slots, ...orders },
      ...(comments.length === 0 ? {} : { comments }),
    };
    const condition = row === undefined ? { absent: true as const } : { rev: row.rev };
    const stored = await ports.store.transact([
      { op: 'set', table: 'problem', key, body, ...place, if: condition },
      dirty,
    ]);
    if (stored === 'done') return dirty.key;
  }
  throw new Refusal('conflict', 'Somebody else is changing this issue. Try again.');
}
