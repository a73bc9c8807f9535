/** Makes and edits issues by Jira's REST API as a person of that site would. */
import { listOf, type RunningApp, type SiteKey } from './running-app';

export interface IssueRef {
  id: string;
  key: string;
}

/** A document of one paragraph per line. */
export function paragraphs(...lines: string[]) {
  return {
    type: 'doc',
    version: 1,
    content: lines.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] })),
  };
}

export async function createIssue(
  app: RunningApp,
  site: SiteKey,
  fields: { project: string; type: string; summary: string } & Record<string, unknown>,
): Promise<IssueRef> {
  const { project, type, ...rest } = fields;
  const answer = await app.rest(site, 'POST', 'issue', {
    fields: { project: { key: project }, issuetype: { name: type }, ...rest },
  });
  if (answer.status !== 201)
    throw new Error(`create on ${site}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return { id: String(answer.body['id']), key: String(answer.body['key']) };
}

export async function editIssue(
  app: RunningApp,
  site: SiteKey,
  key: string,
  fields: Record<string, unknown>,
): Promise<void> {
  const answer = await app.rest(site, 'PUT', `issue/${key}`, { fields });
  if (answer.status !== 204) throw new Error(`edit ${key}: ${answer.status} ${JSON.stringify(answer.body)}`);
}

export async function addComment(
  app: RunningApp,
  site: SiteKey,
  key: string,
  text: string,
  more: Record<string, unknown> = {},
): Promise<string> {
  const answer = await app.rest(site, 'POST', `issue/${key}/comment`, { body: paragraphs(text), ...more });
  if (answer.status !== 201)
    throw new Error(`comment on ${key}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return String(answer.body['id']);
}

export async function search(app: RunningApp, site: SiteKey, jql: string): Promise<IssueRef[]> {
  const { body } = await app.rest(site, 'POST', 'search/jql', { jql, fields: ['summary'], maxResults: 1000 });
  return listOf(body['issues']).map((issue) => ({ id: String(issue['id']), key: String(issue['key']) }));
}
