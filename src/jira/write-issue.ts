/** Writes fields of an issue and reads back what Jira made of them. */
import type { IssueRead, LocalFields } from '#engine/ports/site';
import type { SiteResult } from '#engine/ports/site-result';
import type { JiraClient } from './jira-client';
import { issueSchema, readIssue } from './read-issue';
import { ask, restPath } from './send';
import { withPeople } from './watchers';

/**
 * `quiet`: asks for no mails (`notifyUsers=false`), which Jira lets only admins of Jira or of the project do. Where it
 * refuses that, the fields are written all the same.
 */
export async function writeIssue(
  client: JiraClient,
  issueId: string,
  fields: LocalFields,
  readBack: readonly string[],
  quiet: Quiet = { isWanted: false, onRefused: () => undefined },
): Promise<SiteResult<IssueRead>> {
  // Jira refuses an edit without fields.
  if (Object.keys(fields).length === 0) return readIssue(client, issueId, readBack);
  const isQuiet = quiet.isWanted;
  // The history in the answer shows what others wrote between our reading and this.
  const answer = { returnIssue: true, expand: 'changelog' };
  const query = isQuiet ? { ...answer, notifyUsers: false } : answer;
  const path = restPath('issue', issueId);
  let written = await ask(client, { method: 'PUT', path, query, body: { fields } }, issueSchema);
  if (isQuiet && !written.ok && written.failure.kind === 'denied') {
    quiet.onRefused();
    written = await ask(client, { method: 'PUT', path, query: answer, body: { fields } }, issueSchema);
  }
  return written.ok ? { ok: true, value: await withPeople(client, written.value, readBack) } : written;
}

export interface Quiet {
  isWanted: boolean;
  /** Called when Jira does not let the app silence mails. */
  onRefused: () => void;
}
