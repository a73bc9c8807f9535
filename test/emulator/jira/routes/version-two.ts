/** The few calls of REST version 2 that clients make when they hold plain strings: the same issues, texts as strings. */
import { commentOf } from '../access';
import { adfToText, textToAdf } from '../adf';
import { addComment, editComment } from '../issues/comments';
import { createIssue } from '../issues/create-issue';
import { editIssue } from '../issues/edit-issue';
import { addWorklog } from '../issues/worklogs';
import { type Call, created, NO_CONTENT, ok, type Reply, type Route, route } from '../router';
import { renderComment, renderWorklog, visibleComments } from '../views/activity';
import { renderIssue } from '../views/issue';
import { issueAt } from './issues';
import { listParam, objectBody } from './read-query';

const PLAIN = { level: 'partial', note: 'texts are plain paragraphs; no wiki markup' } as const;

export const versionTwoRoutes: readonly Route[] = [
  route('POST /rest/api/2/issue', (call) => created(createIssue(call, withDocuments(call))), PLAIN),
  route('GET /rest/api/2/issue/{issueIdOrKey}', readIssue, PLAIN),
  route(
    'PUT /rest/api/2/issue/{issueIdOrKey}',
    (call) => {
      const issue = issueAt(call);
      call.noteIssueWrite(issue);
      editIssue(call, issue, withDocuments(call), { notifyUsers: call.query.get('notifyUsers') });
      return NO_CONTENT;
    },
    PLAIN,
  ),
  route(
    'GET /rest/api/2/issue/{issueIdOrKey}/comment',
    (call) => {
      const comments = visibleComments(call, issueAt(call));
      call.cost.core(comments.length);
      return ok({
        startAt: 0,
        maxResults: comments.length,
        total: comments.length,
        comments: comments.map((comment) => withText(renderComment(call, comment), 'body')),
      });
    },
    PLAIN,
  ),
  route(
    'POST /rest/api/2/issue/{issueIdOrKey}/comment',
    (call) => {
      const issue = issueAt(call);
      call.noteIssueWrite(issue);
      return created(
        withText(renderComment(call, addComment(call, issue, withDocument(call, 'body'))), 'body'),
      );
    },
    PLAIN,
  ),
  route(
    'PUT /rest/api/2/issue/{issueIdOrKey}/comment/{id}',
    (call) => {
      const issue = issueAt(call);
      call.noteIssueWrite(issue);
      const comment = commentOf(call, issue, call.params['id'] ?? '');
      return ok(
        withText(renderComment(call, editComment(call, issue, comment, withDocument(call, 'body'))), 'body'),
      );
    },
    PLAIN,
  ),
  route(
    'POST /rest/api/2/issue/{issueIdOrKey}/worklog',
    (call) => {
      const issue = issueAt(call);
      call.noteIssueWrite(issue);
      const worklog = addWorklog(call, issue, withDocument(call, 'comment'), call.query);
      return created(withText(renderWorklog(call, worklog), 'comment'));
    },
    PLAIN,
  ),
];

/** The body with the strings of text fields turned into documents. */
function withDocuments(call: Call): Record<string, unknown> {
  const body = objectBody(call);
  const fields = body['fields'];
  if (typeof fields !== 'object' || fields === null) return body;
  const converted = Object.entries(fields).map(([id, value]) => {
    const isText = call.store.fields.get(id)?.kind === 'document' && typeof value === 'string';
    return [id, isText ? textToAdf(value) : value];
  });
  return { ...body, fields: Object.fromEntries(converted) };
}

function withDocument(call: Call, key: string): Record<string, unknown> {
  const body = objectBody(call);
  const text = body[key];
  return typeof text === 'string' ? { ...body, [key]: textToAdf(text) } : body;
}

function withText(rendered: Record<string, unknown>, key: string): Record<string, unknown> {
  return rendered[key] === undefined ? rendered : { ...rendered, [key]: adfToText(rendered[key]) };
}

function readIssue(call: Call): Reply {
  const issue = issueAt(call);
  call.cost.core(1);
  const names = listParam(call, 'fields');
  const ask = {
    fields: names.length === 0 ? ['*all'] : names,
    expand: listParam(call, 'expand'),
    properties: [],
  };
  const rendered = renderIssue(call, issue, ask);
  const fields = Object.entries((rendered['fields'] ?? {}) as Record<string, unknown>).map(([id, value]) => {
    const isText = call.store.fields.get(id)?.kind === 'document' && value !== null;
    return [id, isText ? adfToText(value) : value];
  });
  return ok({ ...rendered, fields: Object.fromEntries(fields) });
}
