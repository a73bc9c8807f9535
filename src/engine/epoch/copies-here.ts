/** Lists our copies of what hangs on an issue of the partner: by our rows, and by our marks those which we forgot. */

import { z } from 'zod';
import type { IssueParts } from '#core/protocol/epoch-operations';
import { putCommentTwin, readCommentTwin } from '../pairs/comment-twins';
import { isPassing, type Later, later } from '../pairs/outcome';
import type { Mark, SiteResult } from '../ports/site-result';
import type { CommentTwin } from '../rows/comment-twin';
import type { Session } from '../stream/session';
import { putWorklogTwin, readWorklogTwin } from '../worklogs/worklog-twins';
import { listTwinRows } from './twin-rows';

/** As originals are named; what marks the end of a pair has another form. */
const twinId = /^[0-9a-f]{32}$/;
const workPrefix = 'work:';
/** What rows of all three kinds have in common. */
const rowSchema = z.object({ origin: z.enum(['here', 'there']), state: z.string() });

export interface CopiesOf {
  pair: string;
  issueId: string;
  kind: IssueParts['kind'];
}

/** Ids of their originals. What was found by its mark has a row from then on; files carry none. */
export async function copiesHere(session: Session, of: CopiesOf): Promise<Set<string> | Later> {
  const copies = await listRows(session, of);
  if (of.kind === 'attachment') return copies;
  const listed: SiteResult<{ id: string; marks: readonly Mark[] }[]> =
    of.kind === 'comment'
      ? await session.ports.site.listComments(of.issueId)
      : await session.ports.site.listWorklogs(of.issueId);
  if (!listed.ok) return isPassing(listed.failure) ? later(listed.failure) : copies;
  for (const { id, marks } of listed.value) {
    const twin = marks.find(({ connection }) => connection === session.id)?.twin;
    if (twin === undefined || !twinId.test(twin)) continue;
    if (!session.hasRoom) await session.commit();
    if (await adopt(session, of, twin, id)) copies.add(twin);
  }
  return copies;
}

/** False: it is over, or not of this pair. */
async function adopt(session: Session, { pair, kind }: CopiesOf, twin: string, id: string): Promise<boolean> {
  const isComment = kind === 'comment';
  const known: Pick<CommentTwin, 'pair' | 'origin' | 'state' | 'local'> | undefined = isComment
    ? await readCommentTwin(session, twin)
    : await readWorklogTwin(session, twin);
  if (known !== undefined && (known.pair !== pair || known.origin !== 'there')) return false;
  if (known?.state === 'gone') return false;
  if (known?.local !== undefined) return true;
  // Its text is not known: the next word about it is compared with what stands there.
  const row = { pair, origin: 'there' as const, local: id, hash: '', state: 'there' as const };
  if (isComment) putCommentTwin(session, twin, row);
  else putWorklogTwin(session, twin, row);
  return true;
}

async function listRows(session: Session, { pair, kind }: CopiesOf): Promise<Set<string>> {
  const table = kind === 'attachment' ? 'attachmentTwin' : 'commentTwin';
  const found = new Set<string>();
  for (const { name, body } of await listTwinRows(session, table, pair)) {
    const id = idIn(name, kind);
    const { origin, state } = rowSchema.parse(body);
    if (id !== undefined && origin === 'there' && state !== 'gone') found.add(id);
  }
  return found;
}

/** Logged work stands in the table of comments. Undefined: of another kind. */
function idIn(name: string, kind: IssueParts['kind']): string | undefined {
  const isWork = name.startsWith(workPrefix);
  if (isWork !== (kind === 'worklog')) return undefined;
  return isWork ? name.slice(workPrefix.length) : name;
}
