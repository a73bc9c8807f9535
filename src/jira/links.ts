/** Links between issues. */
import type { SiteLinks } from '#engine/ports/site-links';
import type { JiraClient } from './jira-client';
import { restPath, tell } from './send';

export function jiraLinks(client: JiraClient): SiteLinks {
  return {
    createLink: (type, fromIssueId, toIssueId) =>
      tell(client, {
        method: 'POST',
        path: restPath('issueLink'),
        // Jira calls the end that reads the outward words `inwardIssue`.
        body: { type: { name: type }, inwardIssue: { id: fromIssueId }, outwardIssue: { id: toIssueId } },
      }),
    deleteLink: (linkId) => tell(client, { method: 'DELETE', path: restPath('issueLink', linkId) }),
  };
}
