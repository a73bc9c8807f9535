/** Makes our copy of a comment exactly once: the intent is durable first, and the request carries our mark. */

import { mentionsById } from '#core/mapping/mentions';
import { mediaIn, mediaKey } from '#core/mapping/rich-text/inline-files';
import { keepFiles } from '#core/mapping/rich-text/to-local-doc';
import { toPortable } from '#core/mapping/rich-text/to-portable';
import { asReadHere } from '#core/mapping/wiki-markup/site-text';
import { canonicalJson } from '#core/merge/canonical-json';
import type { AdfNode } from '#core/merge/normalise-adf';
import type { Audience } from '#core/model/comment-terms';
import type { Pair } from '#core/model/pair';
import type { Adf } from '#core/model/value';
import { commentHash } from '../comment-body';
import { putCommentTwin } from '../pairs/comment-twins';
import { isPassing, type Later, later } from '../pairs/outcome';
import type { CommentRead } from '../ports/site';
import type { SiteResult } from '../ports/site-result';
import type { Session } from '../stream/session';

/** A request of unknown outcome may still be at work in Jira: look for its comment only after this time. */
const settleMs = 15_000;

export interface NewComment {
  pair: Pair;
  twin: string;
  /** When an earlier request left that may have made it. */
  askedAt: number | undefined;
  body: Adf;
  /** Who may see it; absent: everybody. */
  audience?: Audience | undefined;
}

type CopyText = Pick<NewComment, 'body' | 'audience'>;

/** A comment found by our mark is brought up to date; markers of anybody else count for nothing. */
export async function ensureComment(
  session: Session,
  { pair, twin, askedAt, body, audience }: NewComment,
): Promise<SiteResult<{ id: string }> | Later> {
  const issueId = pair.local?.id ?? '';
  const { site } = session.ports;
  const mark = { connection: session.id, twin };
  // Its intent was stored together with others, just now and by us.
  if (session.memory.announced.delete(twin)) return site.createComment(issueId, body, mark, audience);
  if (askedAt === undefined) return askFor();
  const age = session.ports.clock.now() - askedAt;
  if (age < settleMs) {
    return { kind: 'later', afterMs: settleMs - age, why: 'An earlier request may still be at work.' };
  }
  const listed = await site.listComments(issueId);
  if (!listed.ok) return isPassing(listed.failure) ? later(listed.failure) : listed;
  const copy = listed.value.find((comment) =>
    comment.marks.some((one) => one.connection === mark.connection && one.twin === twin),
  );
  if (copy === undefined) return askFor();
  const updated = await updateCopy(session, issueId, copy, { body, audience });
  return updated.ok ? { ok: true, value: { id: copy.id } } : updated;

  async function askFor(): Promise<SiteResult<{ id: string }>> {
    const at = session.ports.clock.now();
    putCommentTwin(session, twin, {
      pair: pair.pair,
      origin: 'there',
      hash: '',
      state: 'creating',
      askedAt: at,
    });
    await session.commit();
    return site.createComment(issueId, body, mark, audience);
  }
}

/** Reads the copy first: after a crash it may say this already, and a write that changes nothing is none. */
export async function ensureCommentText(
  session: Session,
  issueId: string,
  commentId: string,
  text: CopyText,
): Promise<SiteResult<void>> {
  const read = await session.ports.site.readComment(issueId, commentId);
  return read.ok ? updateCopy(session, issueId, read.value, text) : read;
}

async function updateCopy(
  session: Session,
  issueId: string,
  copy: CommentRead,
  { body, audience }: CopyText,
): Promise<SiteResult<void>> {
  const next = keepFiles(body, copy.body);
  const isHidden = audience === undefined || canonicalJson(copy.audience ?? null) === canonicalJson(audience);
  if (isHidden && shownHash(copy.body) === shownHash(asReadHere(next, session.ports.site.texts)))
    return { ok: true, value: undefined };
  return session.ports.site.updateComment(issueId, copy.id, next, audience);
}

/** The same for texts that show the same words, files and people; Jira spells a mention by the name of its account. */
function shownHash(text: Adf): string {
  const body = mentionsById(text);
  const files = mediaIn(body.content as AdfNode[]).map(mediaKey);
  return `${commentHash(toPortable(body))} ${files.join(' ')}`;
}
