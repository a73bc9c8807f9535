/** Tells which comments, logged work and files an issue of ours has by now, so that copies of others can go over there. */

import type { Pair } from '#core/model/pair';
import { type IssueParts, mostParts } from '#core/protocol/epoch-operations';
import { originalId } from '../pairs/pairs';
import type { Session } from '../stream/session';

/** `localIds`: all originals that the issue has, also those which are not shared: it is about what is gone. */
export async function sayParts(
  session: Session,
  { pair }: Pair,
  kind: IssueParts['kind'],
  localIds: readonly string[],
): Promise<void> {
  const all = localIds.map((id) => originalId(session.box.salt, kind, id)).sort();
  let after: string | undefined;
  for (let from = 0; from === 0 || from < all.length; from += mostParts) {
    if (!session.hasRoom) await session.commit();
    const ids = all.slice(from, from + mostParts);
    const upTo = from + mostParts < all.length ? ids.at(-1) : undefined;
    session.say({
      op: 'issue.parts',
      pair,
      kind,
      ids,
      ...(after === undefined ? {} : { after }),
      ...(upTo === undefined ? {} : { upTo }),
    });
    after = upTo;
  }
}
