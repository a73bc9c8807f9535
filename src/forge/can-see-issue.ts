/** Whether the user of this invocation may see an issue, asked of Jira on that user's own behalf. */
import { z } from 'zod';
import { jiraRefusal } from '#engine/errors';
import { ask, restPath } from '#jira/send';
import { jiraAsUser } from './jira-as-user';

/** The page names the issue and a page can be tampered with, so a panel asks before it tells. False in doubt, but no pause is a no. */
export async function canSeeIssue(issueId: string): Promise<boolean> {
  const read = await ask(
    jiraAsUser,
    { path: restPath('issue', issueId), query: { fields: 'id' } },
    z.unknown(),
  );
  if (!read.ok && read.failure.kind === 'limited') throw jiraRefusal(read.failure);
  return read.ok;
}
