/** What happens to our copy of a comment besides being written: edits of it are merged in, it is marked, or it goes. */
import { canonicalJson } from '#core/merge/canonical-json';
import { mergeText } from '#core/merge/merge-text';
import { normaliseAdf } from '#core/merge/normalise-adf';
import type { Pair } from '#core/model/pair';
import { otherRole, type Role } from '#core/model/role';
import type { Adf } from '#core/model/value';
import { readBody } from '../capture/read-body';
import { hashFor, withoutAuthor } from '../comment-body';
import type { Agreement } from '../pairs/agreement';
import { copyEdits } from '../pairs/comment-agreement';
import { isPassing, type Later, later } from '../pairs/outcome';
import type { CommentRead } from '../ports/site';
import type { SiteResult } from '../ports/site-result';
import type { CommentTwin } from '../rows/comment-twin';
import type { Session } from '../stream/session';

export const empty: Adf = { type: 'doc', version: 1, content: [] };

/**
 * The text to write for what the partner says. An edit of the copy that has not travelled yet counts as well, by paragraph;
 * where both touch, the author's side is right. Reads Jira only where edits travel back.
 */
export async function mergeWithCopy(
  session: Session,
  agreement: Agreement,
  work: { pair: Pair; twin: CommentTwin | undefined; body: Adf },
): Promise<{ kind: 'merged'; body: Adf } | Later> {
  const { pair, twin, body } = work;
  const issueId = pair.local?.id;
  const asSaid = { kind: 'merged' as const, body };
  if (twin?.local === undefined || twin.said === undefined || issueId === undefined) return asSaid;
  if (twin.state !== 'there' || copyEdits(agreement, pair) !== 'back') return asSaid;
  const read = await session.ports.site.readComment(issueId, twin.local);
  if (!read.ok) return isPassing(read.failure) ? later(read.failure) : asSaid;
  const shown = await readBody(session, agreement, { pair, issueId }, read.value.body);
  if (shown.kind === 'later') return shown;
  if (shown.body === null || hashFor(shown.body, twin.audience) === twin.hash) return asSaid;
  const mine = withoutAuthor(shown.body, twin.said.author);
  return { kind: 'merged', body: mergeByAuthor(otherRole(agreement.role), twin.said.body, body, mine) };
}

/** `author`: the role of the side of the original. */
export function mergeByAuthor(author: Role, base: Adf, original: Adf, copy: Adf): Adf {
  const sides =
    author === 'primary' ? { primary: original, secondary: copy } : { primary: copy, secondary: original };
  return mergeText({ base, ...sides, prefer: author }).value ?? empty;
}

export function saysSame(one: Adf, other: Adf): boolean {
  return canonicalJson(normaliseAdf(one)) === canonicalJson(normaliseAdf(other));
}

const deletedLine = 'Deleted on the partner site:';

/** Says in the copy that its original is gone. Doing it again changes nothing. */
export async function markDeleted(
  session: Session,
  issueId: string,
  commentId: string,
): Promise<SiteResult<void>> {
  const { site } = session.ports;
  const read = await site.readComment(issueId, commentId);
  if (!read.ok) return read;
  return isMarked(read.value)
    ? { ok: true, value: undefined }
    : site.updateComment(issueId, commentId, marked(read.value.body));
}

function marked(body: Adf): Adf {
  const text = { type: 'text', text: deletedLine, marks: [{ type: 'strong' }] };
  return { ...body, content: [{ type: 'paragraph', content: [text] }, ...body.content] };
}

function isMarked({ body }: CommentRead): boolean {
  return (
    canonicalJson(normaliseAdf({ ...body, content: body.content.slice(0, 1) })) ===
    canonicalJson(normaliseAdf(marked(empty)))
  );
}
