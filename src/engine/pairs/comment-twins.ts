/** Reads and stages comment twins. */

import { type CommentTwin, commentTwinSchema } from '../rows/comment-twin';
import { rowKeys, twinRank } from '../rows/keys';
import type { Session } from '../stream/session';
import { stageProblems } from './problems';

export async function readCommentTwin(session: Session, twin: string): Promise<CommentTwin | undefined> {
  const body = await session.rows.read('commentTwin', rowKeys.commentTwin(session.id, twin));
  return body === undefined ? undefined : commentTwinSchema.parse(body);
}

/** Twins listed at once. */
const page = 100;

/** Comments of a pair that are known, by local id. May miss what was written a moment ago. */
export async function listCommentTwins(session: Session, pair: string): Promise<Map<string, CommentTwin>> {
  const known = new Map<string, CommentTwin>();
  const work = rowKeys.commentTwin(session.id, 'work:');
  let cursor: string | undefined;
  do {
    const range = { from: `${pair}:`, to: `${pair}:~`, limit: page };
    const request = { table: 'commentTwin' as const, group: session.id, ...range };
    const { store } = session.ports;
    const listed = await store.list(cursor === undefined ? request : { ...request, cursor });
    for (const { key, body } of listed.rows) {
      // Logged work stands in the same table.
      const twin = key.startsWith(work) ? undefined : commentTwinSchema.parse(body);
      if (twin?.local !== undefined) known.set(twin.local, twin);
    }
    cursor = listed.cursor;
  } while (cursor !== undefined);
  return known;
}

export function putCommentTwin(session: Session, twin: string, body: CommentTwin): void {
  const key = rowKeys.commentTwin(session.id, twin);
  session.rows.put('commentTwin', key, body, { group: session.id, rank: twinRank(body.pair, twin) });
}

export function removeCommentTwin(session: Session, twin: string): void {
  session.rows.remove('commentTwin', rowKeys.commentTwin(session.id, twin));
}

export interface CommentProblem {
  twin: string;
  issue: { id: string; key: string } | undefined;
  author?: string | undefined;
  reason: string;
  next: string;
  side: 'here' | 'partner';
}

export async function stageCommentProblem(session: Session, problem: CommentProblem): Promise<void> {
  const { twin, issue, author, reason, next, side } = problem;
  const what = author === undefined ? 'A comment' : `Comment of ${author}`;
  await stageProblems(session, twin, {
    ...(issue === undefined ? {} : { issueId: issue.id, issueKey: issue.key }),
    comment: twin,
    items: [{ id: 'comment', at: session.ports.clock.now(), what, reason, next, side }],
  });
}

export async function clearCommentProblem(session: Session, twin: string): Promise<void> {
  await stageProblems(session, twin, { items: [] });
}
