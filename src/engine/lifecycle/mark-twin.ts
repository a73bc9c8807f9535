/**
 * Marks an issue whose twin came to an end, with a comment. A comment adds and overwrites nothing, stands on issues of every
 * type and screen, reaches who watches the issue, is found by a search for its text, and can carry our mark.
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
};

export type Marked = { kind: 'marked' } | { kind: 'refused'; reason: string } | Later;

/** A repeat finds the comment by our mark and writes none. */
export async function markTwin(session: Session, pair: Pair, why: EndReason): Promise<Marked> {
  const issueId = pair.local?.id ?? '';
  const { site } = session.ports;
  const mark = { connection: session.id, twin: `ended-${pair.pair}`.slice(0, 64) };
  await session.hold();
  const listed = await site.listComments(issueId);
  if (!listed.ok) return refuse(listed.failure);
  const isThere = listed.value.some(({ marks }) =>
    marks.some(({ connection, twin }) => connection === mark.connection && twin === mark.twin),
  );
  if (isThere) return { kind: 'marked' };
  const made = await site.createComment(issueId, textOf(pair, why), mark);
  return made.ok ? { kind: 'marked' } : refuse(made.failure);
}

function refuse(failure: Parameters<typeof isPassing>[0]): Marked {
  return isPassing(failure) ? later(failure) : { kind: 'refused', reason: failure.message };
}

function textOf({ partner }: Pair, why: EndReason): Adf {
  const which = partner === undefined ? 'The twin of this issue' : `The twin of this issue, ${partner.key},`;
  const text = `${which} ${happened[why]} on the partner site. This issue is not synchronized any more.`;
  return { type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] };
}
