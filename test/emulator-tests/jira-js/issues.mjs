/** Issues: made, read, edited, moved along, told about, archived, deleted. */
import {
  IssueArchivalSyncResponseSchema,
  IssueCreateMetadataSchema,
  IssueEventSchema,
  IssueLimitReportResponseSchema,
} from 'jira.js/cloud';
import { z } from 'zod';
import { says } from './driver.mjs';

const PROJECT = 'SUP';

/** Fields with which anybody may make a bug in the support project. */
export function bug(summary, more = {}) {
  return {
    project: { key: PROJECT },
    issuetype: { name: 'Bug' },
    summary,
    description: says('Hello'),
    ...more,
  };
}

/** Makes a bug and gives its key. */
export async function madeBug({ ask }, summary, more) {
  const made = await ask('issues.createIssue', { fields: bug(summary, more) });
  return made.key;
}

export async function driveIssues(driver) {
  const { ask, send } = driver;
  const issueIdOrKey = await madeBug(driver, 'Made by jira.js');
  await ask('issues.createIssues', { issueUpdates: [{ fields: bug('one') }, { fields: bug('two') }] });
  await ask('issues.getIssue', {
    issueIdOrKey,
    fields: ['*all'],
    expand: ['names', 'schema', 'changelog', 'editmeta', 'transitions', 'renderedFields', 'operations'],
  });
  await ask('issues.editIssue', { issueIdOrKey, fields: { labels: ['edited'] } });
  await ask('issues.editIssue', { issueIdOrKey, update: { labels: [{ add: 'more' }] }, returnIssue: true });
  const me = await ask('myself.getCurrentUser', {});
  await ask('issues.assignIssue', { issueIdOrKey, accountId: me.accountId });
  await ask('issues.getEditIssueMeta', { issueIdOrKey });
  const { transitions } = await ask('issues.getTransitions', { issueIdOrKey, expand: 'transitions.fields' });
  await ask('issues.doTransition', { issueIdOrKey, transition: { id: transitions[0].id } });
  const [other] = await ask('userSearch.findUsers', { query: 'ben' });
  const to = { users: [{ accountId: other.accountId }] };
  await ask('issues.notify', { issueIdOrKey, subject: 'Look', textBody: 'Please', to });
  await driveChangelogs(driver, issueIdOrKey);
  await driveCreateMeta(driver);
  await ask('issues.bulkFetchIssues', { issueIdsOrKeys: [issueIdOrKey, `${PROJECT}-1`], fields: ['*all'] });
  await ask('issues.bulkFetchIssues', { issueIdsOrKeys: [`${PROJECT}-9999`] });
  await send('GET', '/rest/api/3/issue/limit/report', { schema: IssueLimitReportResponseSchema });
  await send('GET', '/rest/api/3/events', { schema: z.array(IssueEventSchema) });
  await driveArchive(driver);
  await ask('issues.deleteIssue', { issueIdOrKey, deleteSubtasks: 'true' });
}

async function driveChangelogs({ ask }, issueIdOrKey) {
  const { values } = await ask('issues.getChangeLogs', { issueIdOrKey });
  const changelogIds = values.map((entry) => Number(entry.id));
  await ask('issues.getChangeLogsByIds', { issueIdOrKey, changelogIds });
  await ask('issues.getBulkChangelogs', { issueIdsOrKeys: [issueIdOrKey, `${PROJECT}-1`] });
}

async function driveCreateMeta({ ask, send }) {
  const projectIdOrKey = PROJECT;
  const { issueTypes } = await ask('issues.getCreateIssueMetaIssueTypes', { projectIdOrKey });
  for (const { id } of issueTypes) {
    await ask('issues.getCreateIssueMetaIssueTypeId', { projectIdOrKey, issueTypeId: id });
  }
  await send('GET', '/rest/api/3/issue/createmeta', {
    searchParams: { projectKeys: PROJECT, expand: 'projects.issuetypes.fields' },
    schema: IssueCreateMetadataSchema,
  });
}

async function driveArchive(driver) {
  const { send } = driver;
  const keys = [await madeBug(driver, 'To keep'), await madeBug(driver, 'To keep too')];
  const request = { body: { issueIdsOrKeys: keys }, schema: IssueArchivalSyncResponseSchema };
  await send('PUT', '/rest/api/3/issue/archive', request);
  await send('PUT', '/rest/api/3/issue/unarchive', request);
  await send('POST', '/rest/api/3/issue/archive', { body: { jql: `key in (${keys.join(',')})` } });
}
