/** Adds who watches and who voted to issues of which these fields were asked: Jira's own answer only counts them. */
import { z } from 'zod';
import type { IssueRead } from '#engine/ports/site';
import type { JiraClient } from './jira-client';
import { ask, restPath } from './send';

const person = z.looseObject({ displayName: z.string().optional() });
const watchersSchema = z.looseObject({ watchers: z.array(person) });
const votersSchema = z.looseObject({ voters: z.array(person).optional() });
const countSchema = z.looseObject({ watchCount: z.number().optional(), votes: z.number().optional() });

/** Costs a call for an issue with watchers or votes, and none where neither field was asked. */
export async function withPeople(
  client: JiraClient,
  issue: IssueRead,
  asked: readonly string[],
): Promise<IssueRead> {
  const fields = { ...issue.fields };
  const watches = countSchema.safeParse(fields['watches']);
  if (asked.includes('watches') && watches.success && (watches.data.watchCount ?? 0) > 0) {
    const list = await ask(client, { path: restPath('issue', issue.id, 'watchers') }, watchersSchema);
    if (list.ok) fields['watches'] = { ...watches.data, watchers: list.value.watchers };
  }
  const votes = countSchema.safeParse(fields['votes']);
  if (asked.includes('votes') && votes.success && (votes.data.votes ?? 0) > 0) {
    const list = await ask(client, { path: restPath('issue', issue.id, 'votes') }, votersSchema);
    if (list.ok) fields['votes'] = { ...votes.data, voters: list.value.voters };
  }
  return { ...issue, fields };
}
