/** Children whose parent is not here yet: remembered by the parent's pair, and tried again when its issue is here. */
import { z } from 'zod';
import type { Pair } from '#core/model/pair';
import { twinIdSchema } from '#core/protocol/operations';
import { issuelessId, setDirty } from '../rows/dirty';
import { rowKeys } from '../rows/keys';
import type { Session } from '../stream/session';
import type { AgreedMapping } from './agreement';
import { readPair } from './pairs';

/** Beyond these an admin tries again by hand; the row must stay small. */
const mostChildren = 2_000;
const waitingSchema = z.object({ children: z.array(twinIdSchema).max(mostChildren) });

/** Stages it where a parent waits in the pair; reads nothing where none does. */
export async function noteParentWaits(session: Session, agreed: AgreedMapping, child: Pair): Promise<void> {
  for (const field of agreed.mapping.fields) {
    const held = child.held[field.id];
    if (field.kind !== 'parent' || held?.side !== 'here' || held.value.t !== 'issue') continue;
    const parent = held.value.v;
    if (parent === null || (await readPair(session, parent))?.local !== undefined) continue;
    const children = await readWaiting(session, parent);
    if (children.includes(child.pair) || children.length >= mostChildren) continue;
    putWaiting(session, parent, [...children, child.pair]);
  }
}

/** To be called in the same step which makes the issue of a pair known. Costs one read where parents are shared. */
export async function noteParentCame(session: Session, agreed: AgreedMapping, parent: Pair): Promise<void> {
  if (parent.local === undefined || !agreed.mapping.fields.some(({ kind }) => kind === 'parent')) return;
  if ((await readWaiting(session, parent.pair)).length === 0) return;
  session.noteDirty(setDirty(session.id, parent.local.id, 'children', session.ports.clock.now()));
}

/** Has every child tried again. Safe to run twice: trying again what does not wait does nothing. */
export async function wakeChildren(session: Session, parent: Pair): Promise<void> {
  for (const child of await readWaiting(session, parent.pair)) {
    if (!session.hasRoom) await session.commit();
    const pair = await readPair(session, child);
    if (pair === undefined) continue;
    const issueId = pair.local?.id ?? issuelessId(child);
    session.noteDirty(setDirty(session.id, issueId, 'retry', session.ports.clock.now()));
  }
  session.rows.stage({
    op: 'delete',
    table: 'issueIndex',
    key: rowKeys.waitingFor(session.id, parent.pair),
  });
}

async function readWaiting(session: Session, parent: string): Promise<string[]> {
  const body = await session.rows.read('issueIndex', rowKeys.waitingFor(session.id, parent));
  return body === undefined ? [] : waitingSchema.parse(body).children;
}

function putWaiting(session: Session, parent: string, children: string[]): void {
  const key = rowKeys.waitingFor(session.id, parent);
  session.rows.put('issueIndex', key, { children }, { group: session.id, rank: `waits-${parent}` });
}
