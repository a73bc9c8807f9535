/** Finds and stages pairs, and makes the opaque ids of originals of this site. */

import { type Pair, pairSchema } from '#core/model/pair';
import { authenticate } from '#core/protocol/hash';
import { issueIndexSchema } from '../rows/comment-twin';
import { rowKeys } from '../rows/keys';
import type { Session } from '../stream/session';

/** 128 bits in hex. */
const idLength = 32;

/** The same issue always gets the same id, so that a repeat after a crash never makes a second pair. */
export function originalId(
  salt: string,
  kind: 'issue' | 'comment' | 'attachment' | 'worklog',
  localId: string,
): string {
  return authenticate(salt, `${kind}:${localId}`).slice(0, idLength);
}

export async function readPair(session: Session, pair: string): Promise<Pair | undefined> {
  const body = await session.rows.read('pair', rowKeys.pair(session.id, pair));
  return body === undefined ? undefined : pairSchema.parse(body);
}

/** The pair of a local issue, whichever side it comes from. */
export async function findPair(session: Session, issueId: string): Promise<Pair | undefined> {
  const own = originalId(session.box.salt, 'issue', issueId);
  const [index, pair] = await Promise.all([
    session.rows.read('issueIndex', rowKeys.issueIndex(session.id, issueId)),
    readPair(session, own),
  ]);
  if (pair !== undefined || index === undefined) return pair;
  return readPair(session, issueIndexSchema.parse(index).pair);
}

export function putPair(session: Session, pair: Pair): void {
  const key = rowKeys.pair(session.id, pair.pair);
  session.rows.put('pair', key, pair, { group: session.id, rank: pair.pair });
}

/** Our issue leads to the pair from now on. */
export function putIndex(session: Session, issueId: string, pair: string): void {
  const key = rowKeys.issueIndex(session.id, issueId);
  session.rows.put('issueIndex', key, { pair }, { group: session.id, rank: issueId });
}
