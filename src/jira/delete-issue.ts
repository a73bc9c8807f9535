/** Deletes an issue. */
import type { SiteResult } from '#engine/ports/site-result';
import type { JiraClient } from './jira-client';
import { restPath, tell } from './send';

/** With its sub-tasks only where that is wanted: Jira refuses it else. */
export async function deleteIssue(
  client: JiraClient,
  issueId: string,
  withSubtasks: boolean,
): Promise<SiteResult<void>> {
  const query = { deleteSubtasks: withSubtasks };
  return tell(client, { method: 'DELETE', path: restPath('issue', issueId), query });
}
