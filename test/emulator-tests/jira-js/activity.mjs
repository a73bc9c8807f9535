/** What hangs on an issue: comments, work, links, remote links, watchers, votes, files. */

import { says } from './driver.mjs';
import { madeBug } from './issues.mjs';

export async function driveActivity(driver) {
  const issueIdOrKey = await madeBug(driver, 'Talked about');
  await driveComments(driver, issueIdOrKey);
  await driveWork(driver, issueIdOrKey);
  await driveLinks(driver, issueIdOrKey);
  await driveRemoteLinks(driver, issueIdOrKey);
  await driveWatchersAndVotes(driver, issueIdOrKey);
  await driveFiles(driver, issueIdOrKey);
}

async function driveComments({ ask }, issueIdOrKey) {
  const { id } = await ask('issueComments.addComment', { issueIdOrKey, body: says('One') });
  const visibility = { type: 'role', value: 'Administrators' };
  await ask('issueComments.addComment', { issueIdOrKey, body: says('For us'), visibility });
  await ask('issueComments.addComment', { issueIdOrKey, body: 'As a string' });
  await ask('issueComments.getComment', { issueIdOrKey, id, expand: 'renderedBody' });
  await ask('issueComments.updateComment', { issueIdOrKey, id, body: { body: says('Two') } });
  await ask('issueComments.getComments', { issueIdOrKey, orderBy: '-created', expand: 'renderedBody' });
  await ask('issueComments.getCommentsByIds', { ids: [Number(id)] });
  const at = { commentId: id, propertyKey: 'seen' };
  await ask('issueCommentProperties.setCommentProperty', { ...at, body: { by: ['a', 1] } });
  await ask('issueCommentProperties.getCommentPropertyKeys', { commentId: id });
  await ask('issueCommentProperties.getCommentProperty', at);
  await ask('issueCommentProperties.deleteCommentProperty', at);
  await ask('issueComments.deleteComment', { issueIdOrKey, id });
}

async function driveWork({ ask }, issueIdOrKey) {
  const { id } = await ask('issueWorklogs.addWorklog', {
    issueIdOrKey,
    timeSpent: '1h',
    started: '2026-11-20T10:00:00.000+0000',
    comment: says('Work'),
  });
  await ask('issueWorklogs.addWorklog', { issueIdOrKey, timeSpentSeconds: 120, comment: 'As a string' });
  await ask('issueWorklogs.getWorklog', { issueIdOrKey, id });
  await driveEstimates(ask, issueIdOrKey);
  await ask('issueWorklogs.updateWorklog', {
    issueIdOrKey,
    id,
    body: { timeSpent: '2h', comment: says('More work') },
  });
  await ask('issueWorklogs.getIssueWorklog', { issueIdOrKey });
  await ask('issueWorklogs.getIdsOfWorklogsModifiedSince', { since: 0 });
  await ask('issueWorklogs.getWorklogsForIds', { ids: [Number(id)] });
  const at = { issueIdOrKey, worklogId: id };
  await ask('issueWorklogProperties.setWorklogProperty', {
    ...at,
    propertyKey: 'bill',
    body: { paid: true },
  });
  await ask('issueWorklogProperties.getWorklogPropertyKeys', at);
  await ask('issueWorklogProperties.getWorklogProperty', { ...at, propertyKey: 'bill' });
  await ask('issueWorklogs.getIssueWorklog', { issueIdOrKey, expand: 'properties' });
  await ask('issueWorklogProperties.deleteWorklogProperty', { ...at, propertyKey: 'bill' });
  await ask('issueWorklogs.deleteWorklog', { issueIdOrKey, id });
  await ask('issueWorklogs.getIdsOfWorklogsDeletedSince', { since: 0 });
}

/** Work moves the remaining estimate in three ways. */
async function driveEstimates(ask, issueIdOrKey) {
  const at = { issueIdOrKey, timeSpent: '1h' };
  const anew = { adjustEstimate: 'new', newEstimate: '2d' };
  const { id } = await ask('issueWorklogs.addWorklog', { ...at, ...anew });
  const other = await ask('issueWorklogs.addWorklog', { ...at, adjustEstimate: 'manual', reduceBy: '1h' });
  await ask('issueWorklogs.updateWorklog', { issueIdOrKey, id, body: { timeSpent: '3h' }, ...anew });
  await ask('issueWorklogs.deleteWorklog', { issueIdOrKey, id, ...anew });
  await ask('issueWorklogs.deleteWorklog', {
    issueIdOrKey,
    id: other.id,
    adjustEstimate: 'manual',
    increaseBy: '1h',
  });
}

async function driveLinks({ ask }, issueIdOrKey) {
  await ask('issueLinks.linkIssues', {
    type: { name: 'Relates' },
    inwardIssue: { key: issueIdOrKey },
    outwardIssue: { key: 'SUP-1' },
    comment: { body: says('Because') },
  });
  const { fields } = await ask('issues.getIssue', { issueIdOrKey, fields: ['issuelinks'] });
  const linkId = fields.issuelinks[0].id;
  await ask('issueLinks.getIssueLink', { linkId });
  await ask('issueLinks.deleteIssueLink', { linkId });
}

async function driveRemoteLinks({ ask }, issueIdOrKey) {
  const link = (globalId) => ({
    issueIdOrKey,
    globalId,
    relationship: 'seen at',
    application: { name: 'Shop', type: 'com.example.shop' },
    object: {
      url: `https://shop.example/${globalId}`,
      title: 'A thing',
      summary: 'What it is',
      icon: { url16x16: 'https://shop.example/icon.png', title: 'Shop' },
      status: { resolved: false, icon: { title: 'Open', link: 'https://shop.example/open' } },
    },
  });
  const { id } = await ask('issueRemoteLinks.createOrUpdateRemoteIssueLink', link('one'));
  await ask('issueRemoteLinks.createOrUpdateRemoteIssueLink', link('one'));
  await ask('issueRemoteLinks.createOrUpdateRemoteIssueLink', link('two'));
  const linkId = String(id);
  await ask('issueRemoteLinks.getRemoteIssueLinks', { issueIdOrKey });
  await ask('issueRemoteLinks.getRemoteIssueLinkById', { issueIdOrKey, linkId });
  await ask('issueRemoteLinks.updateRemoteIssueLink', { ...link('one'), linkId });
  await ask('issueRemoteLinks.deleteRemoteIssueLinkById', { issueIdOrKey, linkId });
  await ask('issueRemoteLinks.deleteRemoteIssueLinkByGlobalId', { issueIdOrKey, globalId: 'two' });
}

async function driveWatchersAndVotes(driver, issueIdOrKey) {
  const { ask } = driver;
  const { accountId } = await ask('myself.getCurrentUser', {});
  const { id } = await ask('issues.getIssue', { issueIdOrKey, fields: ['summary'] });
  await ask('issueWatchers.addWatcher', { issueIdOrKey, body: accountId });
  await ask('issueWatchers.getIssueWatchers', { issueIdOrKey });
  await ask('issueWatchers.getIsWatchingIssueBulk', { issueIds: [id] });
  await ask('issueWatchers.removeWatcher', { issueIdOrKey, accountId });
  // Nobody votes for an issue of his own.
  const [other] = await ask('userSearch.findUsers', { query: 'ben' });
  const { key } = await ask('issues.getIssue', { issueIdOrKey: 'SUP-1' });
  await ask('issues.editIssue', { issueIdOrKey: key, fields: { reporter: { accountId: other.accountId } } });
  await ask('issueVotes.addVote', { issueIdOrKey: key });
  await ask('issueVotes.getVotes', { issueIdOrKey: key });
  await ask('issueVotes.removeVote', { issueIdOrKey: key });
}

const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

async function driveFiles({ ask }, issueIdOrKey) {
  await ask('issueAttachments.getAttachmentMeta', {});
  const files = await ask('issueAttachments.addAttachment', {
    issueIdOrKey,
    attachments: [
      { filename: 'a.txt', content: Buffer.from('abc') },
      { filename: 'dot.png', content: Buffer.from(PNG, 'base64') },
    ],
  });
  const [{ id }, picture] = files;
  await ask('issueAttachments.getAttachment', { id });
  await ask('issueAttachments.getAttachmentContent', { id, redirect: false });
  await ask('issueAttachments.getAttachmentContent', { id });
  await ask('issueAttachments.getAttachmentThumbnail', { id: picture.id, redirect: false });
  await ask('issueAttachments.removeAttachment', { id });
}
