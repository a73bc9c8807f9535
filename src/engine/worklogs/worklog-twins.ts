/** Worklog twins: one piece of logged work that both sites have, and what waits of it. */
import { z } from 'zod';
import { canonicalJson } from '#core/merge/canonical-json';
import { normaliseAdf } from '#core/merge/normalise-adf';
import type { Pair } from '#core/model/pair';
import type { Adf } from '#core/model/value';
import { hashText } from '#core/protocol/hash';
import { worklogPutSchema } from '#core/protocol/worklog-operations';
import { type Agreement, findMapping, iMaySend, partnerMaySend } from '../pairs/agreement';
import { stageProblems } from '../pairs/problems';
import { rowKeys, twinRank } from '../rows/keys';
import type { Session } from '../stream/session';

/** As rows of comments, in the same table. `waits`: what could not be written here; `goes`: its original is gone. */
const worklogTwinSchema = z.object({
  pair: z.string().max(64),
  origin: z.enum(['here', 'there']),
  local: z.string().max(64).optional(),
  hash: z.string().max(64),
  state: z.enum(['creating', 'there', 'held', 'gone']),
  askedAt: z.number().int().nonnegative().optional(),
  waits: worklogPutSchema.optional(),
  goes: z.literal(true).optional(),
});
export type WorklogTwin = z.infer<typeof worklogTwinSchema>;

/** No id of a comment has a colon, so nobody can pass a comment off as logged work. */
function rowName(twin: string): string {
  return `work:${twin}`;
}

export async function readWorklogTwin(session: Session, twin: string): Promise<WorklogTwin | undefined> {
  const body = await session.rows.read('commentTwin', rowKeys.commentTwin(session.id, rowName(twin)));
  return body === undefined ? undefined : worklogTwinSchema.parse(body);
}

export function putWorklogTwin(session: Session, twin: string, body: WorklogTwin): void {
  const key = rowKeys.commentTwin(session.id, rowName(twin));
  session.rows.put('commentTwin', key, body, { group: session.id, rank: twinRank(body.pair, twin) });
}

export function removeWorklogTwin(session: Session, twin: string): void {
  session.rows.remove('commentTwin', rowKeys.commentTwin(session.id, rowName(twin)));
}

/** The same for work that says the same. */
export function worklogHash(work: { body: Adf | null; started: number; seconds: number }): string {
  const { body, started, seconds } = work;
  return hashText(canonicalJson([normaliseAdf(body), started, seconds])).slice(0, 32);
}

export function maySendWork(agreement: Agreement, pair: Pick<Pair, 'mapping'>): boolean {
  const terms = findMapping(agreement, pair.mapping)?.mapping.worklogs ?? 'off';
  return terms !== 'off' && iMaySend(agreement, terms);
}

export function mayReceiveWork(agreement: Agreement, pair: Pair): boolean {
  const terms = findMapping(agreement, pair.mapping)?.mapping.worklogs ?? 'off';
  return terms !== 'off' && partnerMaySend(agreement, terms);
}

export interface WorklogProblem {
  twin: string;
  issue: { id: string; key: string } | undefined;
  author?: string | undefined;
  reason: string;
  next: string;
  side: 'here' | 'partner';
}

export async function stageWorklogProblem(session: Session, problem: WorklogProblem): Promise<void> {
  const { twin, issue, author, reason, next, side } = problem;
  const what = author === undefined ? 'Logged work' : `Work logged by ${author}`;
  await stageProblems(session, rowName(twin), {
    ...(issue === undefined ? {} : { issueId: issue.id, issueKey: issue.key }),
    worklog: twin,
    items: [{ id: 'worklog', at: session.ports.clock.now(), what, reason, next, side }],
  });
}

export async function clearWorklogProblem(session: Session, twin: string): Promise<void> {
  await stageProblems(session, rowName(twin), { items: [] });
}
