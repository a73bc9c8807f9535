/** Writes fields of an issue and reads back what Jira made of them. */
import type { IssueRead, LocalFields, SiteResult } from '#engine/ports/site';
import type { JiraClient } from './jira-client';
import { issueSchema, readIssue } from './read-issue';
import { ask, restPath } from './send';
import { withPeople } from './watchers';

/** Mails are left to Jira's own settings: `notifyUsers=false` would need an admin. */
export async function writeIssue(
  client: JiraClient,
  issueId: string,
  fields: LocalFields,
  readBack: readonly string[],
): Promise<SiteResult<IssueRead>> {
  // Jira refuses an edit without fields.
  if (Object.keys(fields).length === 0) return readIssue(client, issueId, readBack);
  const written = await ask(
    client,
    { method: 'PUT', path: restPath('issue', issueId), query: { returnIssue: true }, body: { fields } },
    issueSchema,
  );
  return written.ok ? { ok: true, value: await withPeople(client, written.value, readBack) } : written;
}
