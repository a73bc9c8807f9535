/** Whether the user of this invocation may see an issue, asked of Jira on that user's own behalf. */
import { asUser, route } from '@forge/api';

/** The page names the issue and a page can be tampered with, so a panel asks before it tells. */
export async function canSeeIssue(issueId: string): Promise<boolean> {
  try {
    const response = await asUser().requestJira(route`/rest/api/3/issue/${issueId}?fields=id`);
    return response.ok;
  } catch {
    return false;
  }
}
