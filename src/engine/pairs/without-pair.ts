/** Leaves out issues that take part already. */
import type { Session } from '../stream/session';
import { findPair } from './pairs';

/** Rows read at once. */
const width = 10;

export async function withoutPair(session: Session, issueIds: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (let start = 0; start < issueIds.length; start += width) {
    const part = issueIds.slice(start, start + width);
    const pairs = await Promise.all(part.map((id) => findPair(session, id)));
    found.push(...part.filter((_id, index) => pairs[index] === undefined));
  }
  return found;
}
