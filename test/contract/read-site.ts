/** Reads a seeded site from end to end, as its administrator: every issue with all that hangs on it. */
import { type Exchange, observed } from '../emulator/contract/record-exchanges';
import { createRandom } from '../emulator/core/random';
import { createCloudSite } from '../emulator/jira/create-cloud-site';

const SITE_WIDE = [
  '/rest/api/3/serverInfo',
  '/rest/api/3/myself',
  '/rest/api/3/field',
  '/rest/api/3/issuetype',
  '/rest/api/3/status',
  '/rest/api/3/project/search',
];

/** What was asked and answered. The clock runs so fast that no rate limit is met. */
export async function readSite(key: string): Promise<Exchange[]> {
  let now = Date.parse('2026-11-21T09:30:00Z');
  const clock = {
    now: () => {
      now += 500;
      return now;
    },
    after: () => () => {},
  };
  const site = createCloudSite({ key, clock, random: createRandom(3) });
  const exchanges: Exchange[] = [];
  const handle = observed(site, site.handle, (exchange) => exchanges.push(exchange));
  const [admin] = site.users();
  if (admin === undefined) throw new Error(`${key} has no users`);

  async function ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const request = new Request(new URL(path, site.publicUrl), {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const response = await handle(request, { kind: 'user', accountId: admin?.accountId ?? '' });
    const text = await response.text();
    return text === '' ? undefined : JSON.parse(text);
  }

  for (const path of SITE_WIDE) await ask('GET', path);
  for (const { accountId } of site.users()) {
    await ask(
      'GET',
      `/rest/api/3/user?accountId=${encodeURIComponent(accountId)}&expand=groups,applicationRoles`,
    );
  }
  const ids = await issueIds(ask);
  for (const id of ids) await readIssue(ask, id);
  const [first] = ids;
  if (first !== undefined) {
    await touch(ask, first);
    await readIssue(ask, first);
  }
  return exchanges;
}

type Ask = (method: string, path: string, body?: unknown) => Promise<unknown>;

async function issueIds(ask: Ask): Promise<string[]> {
  const ids: string[] = [];
  let nextPageToken: string | undefined;
  do {
    const page = (await ask('POST', '/rest/api/3/search/jql', {
      jql: 'created >= -9999d ORDER BY created',
      maxResults: 100,
      ...(nextPageToken === undefined ? {} : { nextPageToken }),
    })) as { issues: { id: string }[]; nextPageToken?: string };
    ids.push(...page.issues.map(({ id }) => id));
    nextPageToken = page.nextPageToken;
  } while (nextPageToken !== undefined);
  return ids;
}

async function readIssue(ask: Ask, id: string): Promise<void> {
  const issue = `/rest/api/3/issue/${id}`;
  await ask('GET', `${issue}?expand=changelog,names,schema,editmeta,renderedFields`);
  await ask('GET', `${issue}/changelog`);
  await ask('GET', `${issue}/comment`);
  await ask('GET', `${issue}/worklog`);
  await ask('GET', `${issue}/remotelink`);
  await ask('GET', `${issue}/transitions?expand=transitions.fields`);
}

/** What a seed need not have: work, a remote link, a comment and changes made through REST. */
async function touch(ask: Ask, id: string): Promise<void> {
  const issue = `/rest/api/3/issue/${id}`;
  const says = {
    type: 'doc',
    version: 1,
    content: [{ type: 'paragraph', content: [{ type: 'text', text: 'x' }] }],
  };
  await ask('POST', `${issue}/worklog`, { timeSpentSeconds: 3600, comment: says });
  await ask('POST', `${issue}/comment`, { body: says });
  await ask('POST', `${issue}/remotelink`, { object: { url: 'https://a.example/1', title: 'A page' } });
  await ask('PUT', issue, { fields: { summary: 'Changed by hand', labels: ['one', 'two'], assignee: null } });
}
