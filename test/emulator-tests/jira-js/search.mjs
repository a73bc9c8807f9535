/** Search, JQL, and what pickers ask. */
export async function driveSearch({ ask }) {
  const jql = 'project = SUP ORDER BY key';
  const first = await ask('issueSearch.searchAndReconsileIssuesUsingJql', {
    jql,
    maxResults: 2,
    fields: ['*all'],
  });
  await ask('issueSearch.searchAndReconsileIssuesUsingJql', {
    jql,
    maxResults: 2,
    nextPageToken: first.nextPageToken,
  });
  await ask('issueSearch.searchAndReconsileIssuesUsingJqlPost', {
    jql,
    maxResults: 100,
    fields: ['*all'],
    expand: 'names,schema,changelog,renderedFields,transitions,operations,editmeta',
  });
  await ask('issueSearch.countIssues', { jql });
  const { id } = await ask('issues.getIssue', { issueIdOrKey: 'SUP-1', fields: ['summary'] });
  await ask('issueSearch.matchIssues', { issueIds: [Number(id)], jqls: ['project = SUP', 'project = DEV'] });
  await ask('issueSearch.getIssuePickerResource', { query: 'SUP', currentJQL: 'project = SUP' });
  await ask('jql.parseJqlQueries', { validation: 'strict', queries: ['project = SUP', 'nosuch = 1'] });
  await ask('labels.getAllLabels', {});
}
