/** REST version 2 of Cloud: the operations of version 3 that carry texts, with wiki markup where those have documents. */

import { findIssue } from '../access';
import type { Adf, IssueRow } from '../entities';
import { refuse, refuseFields } from '../problem';
import type { Call, Reply, Route } from '../router';
import { adfToWiki, type WikiFile, wikiToAdf } from '../wiki';
import type { Session } from '../world';

type Json = Record<string, unknown>;

/** Where the texts of an operation are. */
const OPERATIONS: readonly string[] = [
  'POST /issue',
  'POST /issue/bulk',
  'POST /issue/bulkfetch',
  'GET /issue/{issueIdOrKey}',
  'PUT /issue/{issueIdOrKey}',
  'GET /issue/{issueIdOrKey}/transitions',
  'POST /issue/{issueIdOrKey}/transitions',
  'GET /issue/{issueIdOrKey}/comment',
  'POST /issue/{issueIdOrKey}/comment',
  'GET /issue/{issueIdOrKey}/comment/{id}',
  'PUT /issue/{issueIdOrKey}/comment/{id}',
  'POST /comment/list',
  'GET /issue/{issueIdOrKey}/worklog',
  'POST /issue/{issueIdOrKey}/worklog',
  'GET /issue/{issueIdOrKey}/worklog/{id}',
  'PUT /issue/{issueIdOrKey}/worklog/{id}',
  'POST /worklog/list',
  'POST /issueLink',
  'GET /search/jql',
  'POST /search/jql',
];

/** The version 2 of those operations; `third` are all of version 3. */
export function inVersionTwo(third: readonly Route[]): Route[] {
  const known = new Map(third.map((entry) => [entry.operation, entry]));
  return OPERATIONS.map((name) => {
    const [method = '', path = ''] = name.split(' ');
    const route = known.get(`${method} /rest/api/3${path}`);
    if (route === undefined) throw new Error(`version 2 needs ${name} of version 3`);
    return {
      ...route,
      operation: `${method} /rest/api/2${path}`,
      run: (call) => translated(route, call),
    };
  });
}

/** Runs version 3 on the request in its words and gives the answer back in those of version 2. */
function translated(route: Route, call: Call): Reply {
  const issue = findIssue(call, call.params['issueIdOrKey'] ?? '');
  const files = issue === undefined ? [] : filesOf(call, issue);
  const world = { ...call.world, restVersion: 2 as const };
  const reply = route.run({ ...call, world, body: withDocuments(call, call.body, files) });
  return reply.json === undefined ? reply : { ...reply, json: withMarkup(call, reply.json, files) };
}

function filesOf(call: Session, issue: IssueRow): WikiFile[] {
  return call.store.attachments.by('issue', issue.id).map(({ filename, mediaId }) => ({ filename, mediaId }));
}

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Version 2 takes strings only: a document is refused, in the name of its field if it has one. */
function toDocument(value: unknown, files: readonly WikiFile[], fieldId?: string): unknown {
  if (typeof value === 'string') return wikiToAdf(value, files);
  if (!isRecord(value)) return value;
  if (fieldId !== undefined) throw refuseFields({ [fieldId]: 'Operation value must be a string' });
  throw refuse(400, 'Can not deserialize a text: a string is expected.');
}

/** The request with a document for each text: in fields, operations, comments, work and links. */
function withDocuments(call: Call, body: unknown, files: readonly WikiFile[]): unknown {
  if (!isRecord(body)) return body;
  const next: Json = { ...body };
  if ('body' in body) next['body'] = toDocument(body['body'], files);
  if ('comment' in body && !('inwardIssue' in body)) next['comment'] = toDocument(body['comment'], files);
  if ('inwardIssue' in body && isRecord(body['comment'])) {
    next['comment'] = withDocuments(call, body['comment'], files);
  }
  if (isRecord(body['fields'])) {
    const fields = Object.entries(body['fields']);
    next['fields'] = Object.fromEntries(
      fields.map(([id, value]) => [id, isText(call, id) ? toDocument(value, files, id) : value]),
    );
  }
  if (isRecord(body['update'])) next['update'] = operations(call, body['update'], files);
  if (Array.isArray(body['issueUpdates'])) {
    next['issueUpdates'] = body['issueUpdates'].map((each) => withDocuments(call, each, files));
  }
  return next;
}

function operations(call: Call, update: Json, files: readonly WikiFile[]): Json {
  const change = (id: string, value: unknown): unknown => {
    if (isText(call, id)) return toDocument(value, files, id);
    return ['comment', 'worklog', 'issuelinks'].includes(id) ? withDocuments(call, value, files) : value;
  };
  const entries = Object.entries(update).map(([id, list]) => {
    if (!Array.isArray(list)) return [id, list];
    const changed = list.map((each) =>
      isRecord(each)
        ? Object.fromEntries(Object.entries(each).map(([verb, value]) => [verb, change(id, value)]))
        : each,
    );
    return [id, changed];
  });
  return Object.fromEntries(entries);
}

function isText(call: Call, fieldId: string): boolean {
  return call.store.fields.get(fieldId)?.kind === 'document';
}

/** The answer with markup in place of every document; what people stored as plain JSON stays as it is. */
export function withMarkup(call: Session, value: unknown, files: readonly WikiFile[]): unknown {
  if (Array.isArray(value)) return value.map((each) => withMarkup(call, each, files));
  if (!isRecord(value)) return value;
  if (value['type'] === 'doc' && value['version'] === 1) return adfToWiki(value as unknown as Adf, files);
  const own =
    isRecord(value['fields']) && typeof value['key'] === 'string' ? findIssue(call, value['key']) : undefined;
  const near = own === undefined ? files : filesOf(call, own);
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === 'properties' || key === 'renderedFields' ? inner : withMarkup(call, inner, near),
    ]),
  );
}
