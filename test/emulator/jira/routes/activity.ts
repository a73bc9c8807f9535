/** Comments, links, remote links, watchers and votes. */
import { canSeeIssue, commentOf, demand, findIssue, inVisibility, issueOf } from '../access';
import type { CommentRow, RemoteLinkRow } from '../entities';
import { addComment, deleteComment, editComment } from '../issues/comments';
import { touchIssue, writeHistory } from '../issues/commit';
import { addLink, removeLink } from '../issues/links';
import { COMMENT_LIST_IDS } from '../limits';
import { refuse, refuseFields } from '../problem';
import { type Call, created, NO_CONTENT, ok, type Reply, type Route, route } from '../router';
import { renderComment, renderLinkType, visibleComments } from '../views/activity';
import { renderLinkedIssue } from '../views/parent';
import { renderUserIn } from '../views/people';
import { selfUrl } from '../world';
import { issueAt } from './issues';
import { numberParam, objectBody, stringsIn } from './read-query';

export const activityRoutes: readonly Route[] = [
  route('GET /rest/api/3/issue/{issueIdOrKey}/comment', listComments),
  route('POST /rest/api/3/issue/{issueIdOrKey}/comment', (call) => {
    const issue = issueAt(call);
    call.noteIssueWrite(issue);
    return created(renderComment(call, addComment(call, issue, objectBody(call)), expandOf(call)));
  }),
  route('GET /rest/api/3/issue/{issueIdOrKey}/comment/{id}', (call) => {
    call.cost.core(1);
    return ok(renderComment(call, commentOf(call, issueAt(call), call.params['id'] ?? ''), expandOf(call)));
  }),
  route('PUT /rest/api/3/issue/{issueIdOrKey}/comment/{id}', (call) => {
    const issue = issueAt(call);
    call.noteIssueWrite(issue);
    const comment = commentOf(call, issue, call.params['id'] ?? '');
    return ok(renderComment(call, editComment(call, issue, comment, objectBody(call)), expandOf(call)));
  }),
  route('DELETE /rest/api/3/issue/{issueIdOrKey}/comment/{id}', (call) => {
    const issue = issueAt(call);
    call.noteIssueWrite(issue);
    deleteComment(call, issue, commentOf(call, issue, call.params['id'] ?? ''));
    return NO_CONTENT;
  }),
  route('POST /rest/api/3/comment/list', commentsByIds, { open: true }),
  route('POST /rest/api/3/issueLink', (call) => {
    const body = objectBody(call);
    for (const end of ['inwardIssue', 'outwardIssue']) {
      const named = body[end] as { id?: string; key?: string } | undefined;
      call.noteIssueWrite(issueOf(call, String(named?.id ?? named?.key ?? '')));
    }
    addLink(call, body);
    return { status: 201 };
  }),
  route('GET /rest/api/3/issueLink/{linkId}', (call) => ok(renderWholeLink(call))),
  route('DELETE /rest/api/3/issueLink/{linkId}', (call) => {
    removeLink(call, linkAt(call));
    return NO_CONTENT;
  }),
  route('GET /rest/api/3/issueLinkType', (call) =>
    ok({ issueLinkTypes: call.store.linkTypes.all().map((type) => renderLinkType(call, type)) }),
  ),
  route('GET /rest/api/3/issueLinkType/{issueLinkTypeId}', (call) => {
    const type = call.store.linkTypes.get(call.params['issueLinkTypeId']);
    if (type === undefined) throw refuse(404, 'No issue link type with the given id found.');
    return ok(renderLinkType(call, type));
  }),
  route('GET /rest/api/3/issue/{issueIdOrKey}/remotelink', listRemoteLinks),
  route('POST /rest/api/3/issue/{issueIdOrKey}/remotelink', upsertRemoteLink),
  route('GET /rest/api/3/issue/{issueIdOrKey}/remotelink/{linkId}', (call) =>
    ok(renderRemoteLink(call, remoteLinkAt(call))),
  ),
  route('PUT /rest/api/3/issue/{issueIdOrKey}/remotelink/{linkId}', (call) => {
    const old = remoteLinkAt(call);
    call.store.remoteLinks.put(readRemoteLink(call, old.id, old.issueId));
    return NO_CONTENT;
  }),
  route('DELETE /rest/api/3/issue/{issueIdOrKey}/remotelink/{linkId}', (call) => {
    removeRemoteLink(call, remoteLinkAt(call));
    return NO_CONTENT;
  }),
  route('DELETE /rest/api/3/issue/{issueIdOrKey}/remotelink', (call) => {
    const issue = issueAt(call);
    const globalId = call.query.get('globalId');
    const found = call.store.remoteLinks.by('issue', issue.id).find((row) => row.globalId === globalId);
    if (globalId === null || found === undefined) throw refuse(404, 'The remote issue link does not exist.');
    removeRemoteLink(call, found);
    return NO_CONTENT;
  }),
  route('GET /rest/api/3/issue/{issueIdOrKey}/watchers', readWatchers),
  route('POST /rest/api/3/issue/{issueIdOrKey}/watchers', (call) => changeWatchers(call, true)),
  route('DELETE /rest/api/3/issue/{issueIdOrKey}/watchers', (call) => changeWatchers(call, false)),
  route('GET /rest/api/3/issue/{issueIdOrKey}/votes', readVotes),
  route('POST /rest/api/3/issue/{issueIdOrKey}/votes', (call) => vote(call, true)),
  route('DELETE /rest/api/3/issue/{issueIdOrKey}/votes', (call) => vote(call, false)),
];

function expandOf(call: Call): string {
  return call.query.get('expand') ?? '';
}

function listComments(call: Call): Reply {
  const all = visibleComments(call, issueAt(call));
  if (call.query.get('orderBy') === '-created') all.reverse();
  const startAt = numberParam(call, 'startAt', 0);
  const maxResults = Math.min(numberParam(call, 'maxResults', 100), 100);
  const shown = all.slice(startAt, startAt + maxResults);
  call.cost.core(shown.length);
  return ok({
    startAt,
    maxResults,
    total: all.length,
    comments: shown.map((comment) => renderComment(call, comment, expandOf(call))),
  });
}

function commentsByIds(call: Call): Reply {
  const ids = stringsIn(objectBody(call), 'ids');
  if (ids.length === 0 || ids.length > COMMENT_LIST_IDS) {
    throw refuse(400, `Between 1 and ${COMMENT_LIST_IDS} ids can be asked for.`);
  }
  const found = ids
    .map((id) => call.store.comments.get(id))
    .filter((row): row is CommentRow => row !== undefined)
    .filter((row) => {
      const issue = call.store.issues.must(row.issueId);
      return canSeeIssue(call, issue) && inVisibility(call, issue, row.visibility);
    });
  call.cost.core(found.length);
  return ok({
    startAt: 0,
    maxResults: COMMENT_LIST_IDS,
    total: found.length,
    isLast: true,
    values: found.map((row) => renderComment(call, row, expandOf(call))),
  });
}

function linkAt(call: Call) {
  const link = call.store.links.get(call.params['linkId']);
  const ends =
    link === undefined ? [] : [link.sourceId, link.destinationId].map((id) => call.store.issues.must(id));
  if (link === undefined || ends.some((issue) => !canSeeIssue(call, issue))) {
    throw refuse(404, `No issue link with id '${call.params['linkId']}' exists.`);
  }
  return link;
}

function renderWholeLink(call: Call): Record<string, unknown> {
  const link = linkAt(call);
  call.cost.core(1);
  return {
    id: link.id,
    self: selfUrl(call, `issueLink/${link.id}`),
    type: renderLinkType(call, call.store.linkTypes.must(link.typeId)),
    inwardIssue: renderLinkedIssue(call, call.store.issues.must(link.sourceId)),
    outwardIssue: renderLinkedIssue(call, call.store.issues.must(link.destinationId)),
  };
}

function remoteLinkAt(call: Call): RemoteLinkRow {
  const issue = issueAt(call);
  const row = call.store.remoteLinks.get(call.params['linkId']);
  if (row === undefined || row.issueId !== issue.id)
    throw refuse(404, 'The remote issue link does not exist.');
  return row;
}

function renderRemoteLink(call: Call, row: RemoteLinkRow): Record<string, unknown> {
  return {
    id: Number(row.id),
    self: selfUrl(call, `issue/${row.issueId}/remotelink/${row.id}`),
    ...(row.globalId === undefined ? {} : { globalId: row.globalId }),
    application: row.application,
    ...(row.relationship === undefined ? {} : { relationship: row.relationship }),
    object: row.object,
  };
}

function listRemoteLinks(call: Call): Reply {
  const issue = issueAt(call);
  const all = call.store.remoteLinks.by('issue', issue.id);
  const globalId = call.query.get('globalId');
  call.cost.core(all.length);
  if (globalId === null) return ok(all.map((row) => renderRemoteLink(call, row)));
  const found = all.find((row) => row.globalId === globalId);
  if (found === undefined) throw refuse(404, 'The remote issue link does not exist.');
  return ok(renderRemoteLink(call, found));
}

function readRemoteLink(call: Call, id: string, issueId: string): RemoteLinkRow {
  const { globalId, relationship, application, object } = objectBody(call);
  const thing = (object ?? {}) as Record<string, unknown>;
  const errors: Record<string, string> = {};
  if (typeof thing['title'] !== 'string' || thing['title'] === '') errors['title'] = "'title' is required.";
  if (typeof thing['url'] !== 'string' || !URL.canParse(thing['url'])) errors['url'] = "'url' is required.";
  if (Object.keys(errors).length > 0) throw refuseFields(errors);
  return {
    id,
    issueId,
    ...(typeof globalId === 'string' && globalId !== '' ? { globalId } : {}),
    ...(typeof relationship === 'string' ? { relationship } : {}),
    application: (application ?? {}) as Record<string, unknown>,
    // Recorded: icon and status are always there, empty when nothing was given.
    object: { icon: {}, ...thing, status: { icon: {}, ...(thing['status'] as object | undefined) } },
  };
}

/** The same globalId updates in place: 200 instead of 201. */
function upsertRemoteLink(call: Call): Reply {
  const issue = issueAt(call);
  call.noteIssueWrite(issue);
  demand(call, issue, 'LINK_ISSUES', 403, 'No Link Issue Permission for issue.');
  const globalId = objectBody(call)['globalId'];
  const old = call.store.remoteLinks
    .by('issue', issue.id)
    .find((row) => typeof globalId === 'string' && row.globalId === globalId);
  const row = call.store.remoteLinks.put(
    readRemoteLink(call, old?.id ?? call.store.nextId('remoteLink'), issue.id),
  );
  if (old === undefined) {
    const text = `This issue links to "${String(row.object['title'])}"`;
    const item = {
      field: 'RemoteIssueLink',
      fieldtype: 'jira',
      from: null,
      fromString: null,
      to: row.id,
      toString: text,
    } as const;
    writeHistory(call, issue.id, [item]);
  }
  touchIssue(call, issue.id);
  return {
    status: old === undefined ? 201 : 200,
    json: { id: Number(row.id), self: selfUrl(call, `issue/${issue.id}/remotelink/${row.id}`) },
  };
}

function removeRemoteLink(call: Call, row: RemoteLinkRow): void {
  const issue = call.store.issues.must(row.issueId);
  demand(call, issue, 'LINK_ISSUES', 403, 'No Link Issue Permission for issue.');
  call.store.remoteLinks.remove(row.id);
  const text = `This issue links to "${String(row.object['title'])}"`;
  const item = {
    field: 'RemoteIssueLink',
    fieldtype: 'jira',
    from: row.id,
    fromString: text,
    to: null,
    toString: null,
  } as const;
  writeHistory(call, row.issueId, [item]);
  touchIssue(call, row.issueId);
}

function readWatchers(call: Call): Reply {
  const issue = issueAt(call);
  call.cost.identity(issue.watcherIds.length);
  return ok({
    self: selfUrl(call, `issue/${issue.key}/watchers`),
    isWatching: issue.watcherIds.includes(call.me?.id ?? ''),
    watchCount: issue.watcherIds.length,
    watchers: issue.watcherIds.map((id) => renderUserIn(call, id)),
  });
}

function changeWatchers(call: Call, add: boolean): Reply {
  const issue = issueAt(call);
  call.noteIssueWrite(issue);
  const named = add ? (call.body === undefined ? '' : call.body) : (call.query.get('accountId') ?? '');
  if (typeof named !== 'string') throw refuse(400, 'The body must be the account id as a text.');
  const id = named || call.me?.id || '';
  if (id !== call.me?.id) {
    demand(call, issue, 'MANAGE_WATCHERS', 403, 'You do not have permission to manage watchers.');
  }
  const user = call.store.users.get(id);
  if (user === undefined) throw refuse(404, `The user with the account id '${id}' does not exist.`);
  const others = issue.watcherIds.filter((known) => known !== id);
  call.store.issues.put({ ...issue, watcherIds: add ? [...others, id] : others });
  return NO_CONTENT;
}

function readVotes(call: Call): Reply {
  const issue = issueAt(call);
  call.cost.identity(issue.voterIds.length);
  return ok({
    self: selfUrl(call, `issue/${issue.key}/votes`),
    votes: issue.voterIds.length,
    hasVoted: issue.voterIds.includes(call.me?.id ?? ''),
    voters: issue.voterIds.map((id) => renderUserIn(call, id)),
  });
}

function vote(call: Call, add: boolean): Reply {
  const issue = issueAt(call);
  call.noteIssueWrite(issue);
  const me = call.me?.id ?? '';
  if (issue.values['reporter'] === me) throw refuse(404, 'You cannot vote for an issue you have reported.');
  const others = issue.voterIds.filter((id) => id !== me);
  call.store.issues.put({ ...issue, voterIds: add ? [...others, me] : others });
  return NO_CONTENT;
}

/** Used by properties of comments, which name no issue. */
export function commentAnywhere(call: Call, id: string): CommentRow {
  const comment = call.store.comments.get(id);
  const issue = comment === undefined ? undefined : findIssue(call, comment.issueId);
  if (
    comment === undefined ||
    issue === undefined ||
    !canSeeIssue(call, issue) ||
    !inVisibility(call, issue, comment.visibility)
  ) {
    throw refuse(404, `Comment with id '${id}' does not exist or you do not have permission to see it.`);
  }
  return comment;
}
