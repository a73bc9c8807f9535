/** Drives one site with jira.js, which throws on every body it does not recognise. Prints one JSON line of results. */
import { createCloudClient } from 'jira.js/cloud';

const [host, email, apiToken, projectKey, typeName] = process.argv.slice(2);
const client = createCloudClient({
  host,
  auth: { type: 'basic', email, apiToken },
  onSchemaMismatch: 'throw',
});
const failures = [];
let calls = 0;

async function attempt(name, task) {
  calls += 1;
  try {
    return await task();
  } catch (error) {
    const detail = error?.issues ?? error?.cause?.issues ?? error?.message ?? error;
    failures.push(`${name}: ${error?.message ?? ''} ${JSON.stringify(detail).slice(0, 600)}`);
    return undefined;
  }
}

const says = (text) => ({
  type: 'doc',
  version: 1,
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
});

await attempt('serverInfo', () => client.serverInfo.getServerInfo());
await attempt('myself', () => client.myself.getCurrentUser());
await attempt('projects', () => client.projects.searchProjects());
const project = await attempt('project', () => client.projects.getProject({ projectIdOrKey: projectKey }));
await attempt('statuses', () => client.projects.getAllStatuses({ projectIdOrKey: projectKey }));
await attempt('roles', () => client.projectRoles.getAllProjectRoles());
await attempt('versions', () => client.projectVersions.getProjectVersions({ projectIdOrKey: projectKey }));
await attempt('components', () =>
  client.projectComponents.getProjectComponents({ projectIdOrKey: projectKey }),
);
await attempt('fields', () => client.issueFields.getFields());
const found = await attempt('field search', () =>
  client.issueFields.getFieldsPaginated({ type: ['custom'] }),
);
for (const field of found?.values ?? []) {
  const contexts = await attempt(`contexts of ${field.name}`, () =>
    client.issueCustomFieldContexts.getContextsForField({ fieldId: field.id }),
  );
  // Jira refuses to list options of a field that has none.
  const hasOptions = /option/.test(`${field.schema.type} ${field.schema.items}`);
  for (const context of hasOptions ? (contexts?.values ?? []) : []) {
    await attempt(`options of ${field.name}`, () =>
      client.issueCustomFieldOptions.getOptionsForContext({
        fieldId: field.id,
        contextId: Number(context.id),
      }),
    );
  }
}
await attempt('statuses of the site', () => client.workflowStatuses.getStatuses());
await attempt('status search', () => client.status.search({}));
await attempt('status categories', () => client.workflowStatusCategories.getStatusCategories());
await attempt('types', () => client.issueTypes.getIssueAllTypes());
await attempt('priorities', () => client.issuePriorities.searchPriorities());
await attempt('link types', () => client.issueLinkTypes.getIssueLinkTypes());
await attempt('labels', () => client.labels.getAllLabels());
await attempt('permissions', () => client.permissions.getMyPermissions({ permissions: 'BROWSE_PROJECTS' }));
await attempt('users', () => client.userSearch.findUsers({ query: 'a' }));
const types = await attempt('create types', () =>
  client.issues.getCreateIssueMetaIssueTypes({ projectIdOrKey: projectKey }),
);
for (const type of types?.issueTypes ?? []) {
  await attempt(`create fields of ${type.name}`, () =>
    client.issues.getCreateIssueMetaIssueTypeId({ projectIdOrKey: projectKey, issueTypeId: type.id }),
  );
}
const page = await attempt('search', () =>
  client.issueSearch.searchAndReconsileIssuesUsingJqlPost({
    jql: `project = ${projectKey}`,
    maxResults: 100,
    fields: ['*all'],
  }),
);
await attempt('count', () => client.issueSearch.countIssues({ jql: `project = ${projectKey}` }));
for (const { id } of page?.issues ?? []) {
  const issueIdOrKey = id;
  await attempt(`issue ${id}`, () =>
    client.issues.getIssue({
      issueIdOrKey,
      expand: ['names', 'schema', 'changelog', 'editmeta', 'transitions', 'renderedFields'],
    }),
  );
  await attempt(`comments of ${id}`, () => client.issueComments.getComments({ issueIdOrKey }));
  await attempt(`work of ${id}`, () => client.issueWorklogs.getIssueWorklog({ issueIdOrKey }));
  await attempt(`changelog of ${id}`, () => client.issues.getChangeLogs({ issueIdOrKey }));
  await attempt(`transitions of ${id}`, () =>
    client.issues.getTransitions({ issueIdOrKey, expand: 'transitions.fields' }),
  );
  await attempt(`watchers of ${id}`, () => client.issueWatchers.getIssueWatchers({ issueIdOrKey }));
  await attempt(`remote links of ${id}`, () => client.issueRemoteLinks.getRemoteIssueLinks({ issueIdOrKey }));
}

const made = await attempt('create', () =>
  client.issues.createIssue({
    fields: {
      project: { key: projectKey },
      issuetype: { name: typeName },
      summary: 'Made by jira.js',
      description: says('Hello'),
    },
  }),
);
const issueIdOrKey = made?.key;
await attempt('create with a string', () =>
  client.issues.createIssue({
    fields: {
      project: { key: projectKey },
      issuetype: { name: typeName },
      summary: 'A string',
      description: 'Plain words',
    },
  }),
);
await attempt('edit', () => client.issues.editIssue({ issueIdOrKey, fields: { labels: ['edited'] } }));
const comment = await attempt('comment', () =>
  client.issueComments.addComment({ issueIdOrKey, body: says('One') }),
);
await attempt('comment with a string', () => client.issueComments.addComment({ issueIdOrKey, body: 'Two' }));
await attempt('edit comment', () =>
  client.issueComments.updateComment({ issueIdOrKey, id: comment?.id, body: { body: says('Three') } }),
);
await attempt('property', () =>
  client.issueProperties.setIssueProperty({ issueIdOrKey, propertyKey: 'k', body: { a: 1 } }),
);
await attempt('read property', () =>
  client.issueProperties.getIssueProperty({ issueIdOrKey, propertyKey: 'k' }),
);
await attempt('work', () =>
  client.issueWorklogs.addWorklog({ issueIdOrKey, timeSpent: '1h', comment: says('Work') }),
);
const files = await attempt('attach', () =>
  client.issueAttachments.addAttachment({
    issueIdOrKey,
    attachments: { filename: 'a.txt', content: Buffer.from('abc') },
  }),
);
await attempt('read attachment', () => client.issueAttachments.getAttachment({ id: files?.[0]?.id }));
await attempt('link', () =>
  client.issueLinks.linkIssues({
    type: { name: 'Relates' },
    inwardIssue: { key: issueIdOrKey },
    outwardIssue: { key: `${projectKey}-1` },
  }),
);
await attempt('remote link', () =>
  client.issueRemoteLinks.createOrUpdateRemoteIssueLink({
    issueIdOrKey,
    globalId: 'g',
    object: { url: 'https://a.example', title: 'A' },
  }),
);
const { transitions = [] } =
  (await attempt('transitions', () => client.issues.getTransitions({ issueIdOrKey }))) ?? {};
await attempt('transition', () =>
  client.issues.doTransition({ issueIdOrKey, transition: { id: transitions[0]?.id } }),
);
await attempt('bulk fetch', () =>
  client.issues.bulkFetchIssues({ issueIdsOrKeys: [issueIdOrKey, `${projectKey}-1`], fields: ['*all'] }),
);
await attempt('version', () =>
  client.projectVersions.createVersion({ projectId: Number(project?.id), name: 'By jira.js' }),
);
await attempt('delete', () => client.issues.deleteIssue({ issueIdOrKey }));
let gone = '';
try {
  await client.issues.getIssue({ issueIdOrKey });
} catch (error) {
  gone = error.constructor.name;
}
process.stdout.write(`${JSON.stringify({ calls, gone, failures })}\n`);
process.exit(0);
