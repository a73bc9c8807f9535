/** Asks each site the same questions with jira.js, which throws on every body it does not know; prints what it refused. */
import { createCloudClient } from 'jira.js/cloud';

const sites = JSON.parse(process.argv[2] ?? '[]');
const says = (text) => ({
  type: 'doc',
  version: 1,
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
});

/** One `{name: failures}` for one site. */
async function drive({ name, host, email, apiToken, issue, accountId }) {
  const client = createCloudClient({
    host,
    auth: { type: 'basic', email, apiToken },
    onSchemaMismatch: 'throw',
  });
  const failures = [];
  async function ask(what, task) {
    try {
      await task();
    } catch (error) {
      const detail = error?.issues ?? error?.cause?.issues ?? '';
      failures.push(`${what}: ${error?.message ?? error} ${JSON.stringify(detail).slice(0, 300)}`);
    }
  }
  const at = { issueIdOrKey: issue };
  await ask('serverInfo', () => client.serverInfo.getServerInfo());
  await ask('user', () => client.users.getUser({ accountId, expand: 'groups,applicationRoles' }));
  await ask('fields', () => client.issueFields.getFields());
  await ask('types', () => client.issueTypes.getIssueAllTypes());
  await ask('statuses', () => client.workflowStatuses.getStatuses());
  await ask('projects', () => client.projects.searchProjects({ maxResults: 5 }));
  await ask('edit', () => client.issues.editIssue({ ...at, fields: { summary: 'Asked twice' } }));
  await ask('issue', () => client.issues.getIssue({ ...at, expand: 'changelog' }));
  await ask('changelog', () => client.issues.getChangeLogs(at));
  await ask('transitions', () => client.issues.getTransitions(at));
  await ask('comment', () => client.issueComments.addComment({ ...at, body: says('Seen') }));
  await ask('comments', () => client.issueComments.getComments(at));
  await ask('work', () => client.issueWorklogs.addWorklog({ ...at, timeSpent: '1h', comment: says('Work') }));
  await ask('worklogs', () => client.issueWorklogs.getIssueWorklog(at));
  await ask('link', () =>
    client.issueRemoteLinks.createOrUpdateRemoteIssueLink({
      ...at,
      globalId: 'g',
      object: { url: 'https://a.example', title: 'A' },
    }),
  );
  await ask('remote links', () => client.issueRemoteLinks.getRemoteIssueLinks(at));
  return [name, failures];
}

process.stdout.write(`${JSON.stringify(Object.fromEntries(await Promise.all(sites.map(drive))))}\n`);
process.exit(0);
