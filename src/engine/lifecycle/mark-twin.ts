/**
 * Marks an issue whose twin came to an end, or rests, with a comment. A comment adds and overwrites nothing, stands on issues of
 * every type and screen, reaches who watches the issue, is found by a search for its text, and can carry our mark.
 */
import type { EndReason } from '#core/model/lifecycle-terms';
import type { Pair } from '#core/model/pair';
import type { Adf } from '#core/model/value';
import { isPassing, type Later, later } from '../pairs/outcome';
import type { Session } from '../stream/session';

const happened: Record<EndReason, string> = {
  deleted: 'was deleted',
  moved: 'was moved to a project that is not shared',
  archived: 'was archived',
  unreachable: 'cannot be read any more',
  left: 'does not match the filter any more',
};

/** `id`: of the comment. */
export type Marked = { kind: 'marked'; id: string } | { kind: 'refused'; reason: string } | Later;

/** A repeat finds the comment by our mark and writes none. */
export function markTwin(session: Session, pair: Pair, why: EndReason): Promise<Marked> {
  const text = `${saysOf(pair, why)} This issue is not synchronized any more.`;
  return write(session, pair, `ended-${pair.pair}`, text);
}

/** For as long as the pair rests; who comes back takes the comment away (`unmarkTwin`). */
export function markLeft(session: Session, pair: Pair): Promise<Marked> {
  const text = `${saysOf(pair, 'left')} This issue is not synchronized until it matches again.`;
  return write(session, pair, `left-${pair.pair}`, text);
}

/** Whoever deleted the comment before us did what we wanted; one that may not be deleted stays. */
export async function unmarkTwin(session: Session, pair: Pair, comment: string): Promise<Later | undefined> {
  await session.hold();
  const deleted = await session.ports.site.deleteComment(pair.local?.id ?? '', comment);
  return !deleted.ok && isPassing(deleted.failure) ? later(deleted.failure) : undefined;
}

async function write(session: Session, pair: Pair, twin: string, text: string): Promise<Marked> {
  const issueId = pair.local?.id ?? '';
  const { site } = session.ports;
  const mark = { connection: session.id, twin: twin.slice(0, 64) };
  await session.hold();
  const listed = await site.listComments(issueId);
  if (!listed.ok) return refuse(listed.failure);
  const before = listed.value.find(({ marks }) =>
    marks.some(({ connection, twin: said }) => connection === mark.connection && said === mark.twin),
  );
  if (before !== undefined) return { kind: 'marked', id: before.id };
  const made = await site.createComment(issueId, asDocument(text), mark);
  return made.ok ? { kind: 'marked', id: made.value.id } : refuse(made.failure);
}

function refuse(failure: Parameters<typeof isPassing>[0]): Marked {
  return isPassing(failure) ? later(failure) : { kind: 'refused', reason: failure.message };
}

function saysOf({ partner }: Pair, why: EndReason): string {
  const which = partner === undefined ? 'The twin of this issue' : `The twin of this issue, ${partner.key},`;
  return `${which} ${happened[why]} on the partner site.`;
}

function asDocument(text: string): Adf {
  return { type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] };
}
