/** The Site port over Jira Cloud's REST API v3. */
import { z } from 'zod';
import type { Site, SiteInfo } from '#engine/ports/site';
import type { SiteResult } from '#engine/ports/site-result';
import { jiraFiles } from './attachments';
import { createIssues } from './bulk-create';
import { readCatalog, readOutline } from './catalog';
import { checkJql } from './check-jql';
import { createComment, deleteComment, listComments, readComment, updateComment } from './comments';
import { createIssue } from './create-issue';
import { deleteIssue } from './delete-issue';
import type { JiraClient } from './jira-client';
import { jiraLinks } from './links';
import { makeChoice } from './make-choice';
import { findAccount } from './people';
import { readIssue, readIssues } from './read-issue';
import { countIssues, highestIssueNumber, matchingIssues, searchIssues } from './search';
import { ask, restPath } from './send';
import { makeTransition, readTransitions } from './transitions';
import { jiraWorklogs } from './worklogs';
import { writeIssue } from './write-issue';

/** Keeps nothing between calls but that Jira does not let the app silence mails. */
export function createJiraSite(client: JiraClient): Site {
  let maySilence = true;
  const noSilence = (): void => {
    maySilence = false;
  };
  return {
    ...jiraFiles(client),
    ...jiraLinks(client),
    ...jiraWorklogs(client),
    info: () => readInfo(client),
    catalog: () => readCatalog(client),
    outline: () => readOutline(client),
    readIssue: (issueId, fields) => readIssue(client, issueId, fields),
    readIssues: (issueIdsOrKeys, fields, also) => readIssues(client, issueIdsOrKeys, fields, also),
    createIssue: (request) => createIssue(client, request),
    createIssues: (requests) => createIssues(client, requests),
    writeIssue: (issueId, fields, readBack, quiet = false) => {
      const asked = { isWanted: quiet && maySilence, onRefused: noSilence };
      return writeIssue(client, issueId, fields, readBack, asked);
    },
    deleteIssue: (issueId, withSubtasks) => deleteIssue(client, issueId, withSubtasks),
    transitions: (issueId) => readTransitions(client, issueId),
    transition: (issueId, transitionId, fields) => makeTransition(client, issueId, transitionId, fields),
    highestIssueNumber: (projectId) => highestIssueNumber(client, projectId),
    findAccount: (person) => findAccount(client, person),
    makeChoice: (wanted) => makeChoice(client, wanted),
    search: (jql, cursor, limit) => searchIssues(client, jql, cursor, limit),
    matching: (issueIds, jql) => matchingIssues(client, issueIds, jql),
    checkJql: (queries) => checkJql(client, queries),
    countIssues: (jql) => countIssues(client, jql),
    readComment: (issueId, commentId) => readComment(client, issueId, commentId),
    listComments: (issueId) => listComments(client, issueId),
    createComment: (...request) => createComment(client, ...request),
    updateComment: (...request) => updateComment(client, ...request),
    deleteComment: (issueId, commentId) => deleteComment(client, issueId, commentId),
  };
}

const serverInfoSchema = z.looseObject({ baseUrl: z.url(), serverTitle: z.string().optional() });

/** Jira's own default title says nothing; the host does. */
const defaultTitle = 'Jira';

async function readInfo(client: JiraClient): Promise<SiteResult<SiteInfo>> {
  const info = await ask(client, { path: restPath('serverInfo') }, serverInfoSchema);
  if (!info.ok) return info;
  const { origin, host } = new URL(info.value.baseUrl);
  const { serverTitle } = info.value;
  const title = serverTitle === undefined || serverTitle === defaultTitle ? host : serverTitle;
  return { ok: true, value: { url: origin, id: host, title } };
}
