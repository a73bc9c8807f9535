/** Version 2 of a Cloud site: jira.js goes there for texts; what it never reads there is asked for by hand. */
import {
  BulkIssueResultsSchema,
  CreatedIssueSchema,
  CreatedIssuesSchema,
  SearchAndReconcileResultsSchema,
  TransitionsSchema,
} from 'jira.js/cloud';
import { bug } from './issues.mjs';

const V2 = '/rest/api/2';

export async function driveVersionTwo(driver) {
  const { ask, send } = driver;
  const description = 'h1. Words\n* of *markup*';
  const made = await ask('issues.createIssue', { fields: bug('In markup', { description }) });
  const issueIdOrKey = made.key;
  const issue = `${V2}/issue/${issueIdOrKey}`;
  await driveTexts(driver, issueIdOrKey);
  await send('POST', `${V2}/issue`, {
    body: { fields: bug('By hand', { description }) },
    schema: CreatedIssueSchema,
  });
  const issueUpdates = [{ fields: bug('one', { description }) }];
  await send('POST', `${V2}/issue/bulk`, { body: { issueUpdates }, schema: CreatedIssuesSchema });
  await send('POST', `${V2}/issue/bulkfetch`, {
    body: { issueIdsOrKeys: [issueIdOrKey], fields: ['summary', 'status'] },
    schema: BulkIssueResultsSchema,
  });
  // The models of jira.js know documents only, so issues with texts are judged by their shape elsewhere.
  const { fields } = await send('GET', issue);
  if (typeof fields.description !== 'string') throw new Error('version 2 answered with a document');
  await send('PUT', issue, { body: { fields: { description: 'Other words' } } });
  const { transitions } = await send('GET', `${issue}/transitions`, { schema: TransitionsSchema });
  await send('POST', `${issue}/transitions`, { body: { transition: { id: transitions[0].id } } });
  await send('POST', `${V2}/issueLink`, {
    body: {
      type: { name: 'Relates' },
      inwardIssue: { key: issueIdOrKey },
      outwardIssue: { key: 'SUP-1' },
      comment: { body: 'See also' },
    },
  });
  const search = { jql: `key = ${issueIdOrKey}`, fields: 'summary' };
  await send('GET', `${V2}/search/jql`, { searchParams: search, schema: SearchAndReconcileResultsSchema });
  await send('POST', `${V2}/search/jql`, {
    body: { jql: search.jql, fields: ['summary'] },
    schema: SearchAndReconcileResultsSchema,
  });
}

async function driveTexts({ ask, send }, issueIdOrKey) {
  const comment = await ask('issueComments.addComment', { issueIdOrKey, body: 'A _comment_' });
  const work = await ask('issueWorklogs.addWorklog', {
    issueIdOrKey,
    timeSpent: '1h',
    comment: 'Some *work*',
  });
  await ask('issueComments.updateComment', { issueIdOrKey, id: comment.id, body: { body: 'Another' } });
  const body = { timeSpent: '2h', comment: 'More' };
  await ask('issueWorklogs.updateWorklog', { issueIdOrKey, id: work.id, body });
  const issue = `${V2}/issue/${issueIdOrKey}`;
  await send('GET', `${issue}/comment`);
  await send('GET', `${issue}/comment/${comment.id}`);
  await send('POST', `${V2}/comment/list`, { body: { ids: [Number(comment.id)] } });
  await send('GET', `${issue}/worklog`);
  await send('GET', `${issue}/worklog/${work.id}`);
  await send('POST', `${V2}/worklog/list`, { body: { ids: [Number(work.id)] } });
}
