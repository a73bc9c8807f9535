/** Finds our copy of something whose original is gone, where we may have forgotten that we made it. */
import { readCommentTwin } from '../pairs/comment-twins';
import type { Later } from '../pairs/outcome';
import { readPair } from '../pairs/pairs';
import type { CommentTwin } from '../rows/comment-twin';
import type { Session } from '../stream/session';
import { readWorklogTwin } from '../worklogs/worklog-twins';
import { copiesHere } from './copies-here';
import { mayHaveSaid } from './may-have-forgotten';

/** Its row names it from then on. Costs nothing where it does already, and while nothing was forgotten lately. */
export async function findForgottenCopy(
  session: Session,
  { pair, kind, twin }: { pair: string; kind: 'comment' | 'worklog'; twin: string },
): Promise<Later | undefined> {
  if (!mayHaveSaid(session)) return undefined;
  const known: Pick<CommentTwin, 'local' | 'state'> | undefined =
    kind === 'comment' ? await readCommentTwin(session, twin) : await readWorklogTwin(session, twin);
  if (known?.local !== undefined || known?.state === 'gone') return undefined;
  const issueId = (await readPair(session, pair))?.local?.id;
  if (issueId === undefined) return undefined;
  const copies = await copiesHere(session, { pair, issueId, kind });
  return 'afterMs' in copies ? copies : undefined;
}
