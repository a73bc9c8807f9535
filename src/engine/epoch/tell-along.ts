/** Tells what hangs on an issue after an epoch began: what is there is said again, and what is gone is missing in the list of all. */
import type { Pair } from '#core/model/pair';
import { readFileIndex, termsFor } from '../attachments/rows';
import { sayFiles } from '../attachments/say-file';
import { sayComment } from '../capture/capture-comment';
import type { Agreement } from '../pairs/agreement';
import { mayReceiveComments, maySendComments } from '../pairs/comment-agreement';
import { isPassing, type Later, later } from '../pairs/outcome';
import type { Mark } from '../ports/site-result';
import type { Session } from '../stream/session';
import { sayWorklogs } from '../worklogs/capture-worklogs';
import { maySendWork } from '../worklogs/worklog-twins';
import { sayGoneFiles } from './say-gone-files';
import { sayParts } from './say-parts';

/** What was said of comments, logged work and files may have been lost on the way, too. */
export async function tellAlong(
  session: Session,
  agreement: Agreement,
  pair: Pair,
  issue: { id: string },
): Promise<Later | undefined> {
  return (
    (await tellComments(session, agreement, pair, issue.id)) ??
    (await tellWork(session, agreement, pair, issue.id)) ??
    (await tellFiles(session, agreement, pair, issue.id))
  );
}

async function tellComments(
  session: Session,
  agreement: Agreement,
  pair: Pair,
  issueId: string,
): Promise<Later | undefined> {
  const isSent = maySendComments(agreement, pair);
  if (!isSent && !mayReceiveComments(agreement, pair)) return undefined;
  const listed = await session.ports.site.listComments(issueId);
  if (!listed.ok) return isPassing(listed.failure) ? later(listed.failure) : undefined;
  if (isSent) await sayParts(session, pair, 'comment', originals(session, listed.value));
  for (const comment of listed.value) {
    if (comment.createdAt < (pair.pairedAt ?? 0)) continue;
    if (!session.hasRoom) await session.commit();
    const work = { pair, issueId, commentId: comment.id, isRetry: true };
    const said = await sayComment(session, agreement, work, comment);
    if (said.kind === 'later') return said;
  }
  return undefined;
}

async function tellWork(
  session: Session,
  agreement: Agreement,
  pair: Pair,
  issueId: string,
): Promise<Later | undefined> {
  if (!maySendWork(agreement, pair)) return undefined;
  const listed = await session.ports.site.listWorklogs(issueId);
  if (!listed.ok) return isPassing(listed.failure) ? later(listed.failure) : undefined;
  await sayParts(session, pair, 'worklog', originals(session, listed.value));
  const said = await sayWorklogs(session, agreement, { pair, issueId, isRetry: true }, listed.value);
  return said.kind === 'later' ? said : undefined;
}

async function tellFiles(
  session: Session,
  agreement: Agreement,
  pair: Pair,
  issueId: string,
): Promise<Later | undefined> {
  if (termsFor(agreement, pair, 'send') === undefined) return undefined;
  const listed = await session.ports.site.listFiles(issueId);
  if (!listed.ok) return isPassing(listed.failure) ? later(listed.failure) : undefined;
  const ids: string[] = [];
  for (const { id } of listed.value) if ((await readFileIndex(session, id)) === undefined) ids.push(id);
  await sayParts(session, pair, 'attachment', ids);
  const said = await sayFiles(session, agreement, { pair, issueId, files: listed.value, isRetry: true });
  if (said.kind === 'later') return said;
  await sayGoneFiles(session, pair, listed.value);
  return undefined;
}

function originals(session: Session, listed: readonly { id: string; marks: readonly Mark[] }[]): string[] {
  const own = listed.filter(({ marks }) => !marks.some(({ connection }) => connection === session.id));
  return own.map(({ id }) => id);
}
