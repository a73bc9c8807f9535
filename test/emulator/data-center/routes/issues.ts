/** Issue operations whose form is Data Center's own: create forms by page, assignee by name, watchers, votes, sub-tasks. */
import { canSeeIssue, demand, findIssue, projectOf } from '../../jira/access';
import type { IssueRow, UserRow } from '../../jira/entities';
import { FieldRefusal } from '../../jira/fields/codec';
import { codecOf } from '../../jira/fields/codecs';
import { valueItems } from '../../jira/issues/change-items';
import { commitIssue, withValues } from '../../jira/issues/commit';
import { createMeta, spotFor } from '../../jira/issues/field-access';
import { refuse, refuseFields } from '../../jira/problem';
import { type Call, NO_CONTENT, ok, type Reply, type Route, route } from '../../jira/router';
import { issueAt } from '../../jira/routes/issues';
import { numberParam } from '../../jira/routes/read-query';
import { renderWorklog, visibleWorklogs } from '../../jira/views/activity';
import { renderIssueType } from '../../jira/views/choices';
import { renderLinkedIssue } from '../../jira/views/parent';
import { requireUser } from '../../jira/world';
import { cloudRoute } from '../adopted-routes';
import { pageBean } from '../page-bean';
import { readBodyRecord } from '../read-record';
import { userNamed } from './people';

export const serverIssueRoutes: readonly Route[] = [
  route('GET /rest/api/2/issue/createmeta/{projectIdOrKey}/issuetypes', (call) => {
    const project = createProject(call);
    const types = project.issueTypeIds.map((id) => call.store.issueTypes.must(id));
    return ok(pageBean(call, types, (type) => renderIssueType(call, type)));
  }),
  route('GET /rest/api/2/issue/createmeta/{projectIdOrKey}/issuetypes/{issueTypeId}', createFields),
  route('PUT /rest/api/2/issue/{issueIdOrKey}/assignee', assign),
  route('POST /rest/api/2/issue/{issueIdOrKey}/watchers', (call) => {
    if (call.body !== undefined && typeof call.body !== 'string')
      throw refuse(400, 'The body must be the name of a user as a text.');
    const name = call.body ?? call.query.get('userName');
    return watch(call, name ?? undefined, true);
  }),
  route('DELETE /rest/api/2/issue/{issueIdOrKey}/watchers', (call) => {
    const name = call.query.get('username') ?? call.query.get('userName');
    if (name === null) throw refuse(400, 'The username query parameter is required.');
    return watch(call, name, false);
  }),
  // The document says 200 here, where Cloud answers 204.
  route('POST /rest/api/2/issue/{issueIdOrKey}/votes', (call) => {
    cloudRoute('POST /rest/api/3/issue/{issueIdOrKey}/votes').run(call);
    return { status: 200 };
  }),
  // The document knows no 201 for a new link.
  route('POST /rest/api/2/issue/{issueIdOrKey}/remotelink', (call) => ({
    ...cloudRoute('POST /rest/api/3/issue/{issueIdOrKey}/remotelink').run(call),
    status: 200,
  })),
  route(
    'GET /rest/api/2/issue/{issueIdOrKey}/worklog',
    (call) => {
      const worklogs = visibleWorklogs(call, issueAt(call)).map((row) => renderWorklog(call, row));
      return ok({ startAt: 0, maxResults: worklogs.length, total: worklogs.length, worklogs });
    },
    { open: true },
  ),
  route('GET /rest/api/2/worklog/updated', (call) => changedWorklogs(call), { open: true }),
  route(
    'GET /rest/api/2/issue/{issueIdOrKey}/subtask',
    (call) => ok(subtasksOf(call, issueAt(call)).map((row) => renderLinkedIssue(call, row))),
    { open: true },
  ),
  route('GET /rest/api/2/issue/picker', pickIssues, {
    level: 'partial',
    note: 'one section, by key and words of the summary; no history of the reader',
  }),
];

/** Who may not create in the project learns nothing about its forms. */
function createProject(call: Call) {
  const project = projectOf(call, call.params['projectIdOrKey'] ?? '');
  requireUser(call);
  return project;
}

function createFields(call: Call): Reply {
  const project = createProject(call);
  const typeId = call.params['issueTypeId'] ?? '';
  if (!project.issueTypeIds.includes(typeId)) throw refuse(400, 'The issue type is not part of the project.');
  const fields = createMeta(call, project, call.store.issueTypes.must(typeId));
  return ok(pageBean(call, fields, (field) => field));
}

/** `{"name": null}` unassigns, `-1` asks for the project's default, which is nobody here. */
function assign(call: Call): Reply {
  const issue = issueAt(call);
  requireUser(call);
  demand(call, issue, 'ASSIGN_ISSUES', 400, 'You do not have permission to assign issues.');
  const body = readBodyRecord(call, USER_BEAN);
  const empty = (body['name'] ?? null) === null && (body['key'] ?? null) === null;
  const project = call.store.projects.must(issue.projectId);
  const type = call.store.issueTypes.must(issue.typeId);
  const spot = spotFor(call, call.store.fields.must('assignee'), project, type, issue.id);
  try {
    const value = codecOf('user').parse(empty ? null : body, spot);
    const next = withValues(issue, new Map([['assignee', value]]));
    commitIssue(call, next, valueItems(call, issue, next), { typeName: 'issue_assigned' });
    return NO_CONTENT;
  } catch (error) {
    if (error instanceof FieldRefusal) throw refuseFields({ assignee: error.message });
    throw error;
  }
}

const USER_BEAN = [
  'self',
  'key',
  'name',
  'emailAddress',
  'avatarUrls',
  'displayName',
  'active',
  'deleted',
  'timeZone',
  'locale',
  'groups',
  'applicationRoles',
  'expand',
  'lastLoginTime',
];

function watch(call: Call, name: string | undefined, add: boolean): Reply {
  const issue = issueAt(call);
  const me = requireUser(call);
  const user: UserRow | undefined = name === undefined || name === '' ? me : userNamed(call, name);
  if (user === undefined) throw refuse(404, `The user "${name}" does not exist.`);
  if (user.id !== me.id) {
    demand(call, issue, 'MANAGE_WATCHERS', 401, 'You do not have permission to manage the watcher list.');
  }
  const others = issue.watcherIds.filter((id) => id !== user.id);
  call.store.issues.put({ ...issue, watcherIds: add ? [...others, user.id] : others });
  return NO_CONTENT;
}

/** The Cloud answer in Data Center's bean. */
function changedWorklogs(call: Call): Reply {
  const reply = cloudRoute('GET /rest/api/3/worklog/updated').run(call);
  const { values, ...rest } = reply.json as { values: { worklogId: number; updatedTime: number }[] };
  const plain = values.map(({ worklogId, updatedTime }) => ({ worklogId, updatedTime }));
  return ok({ ...rest, values: plain });
}

function subtasksOf(call: Call, issue: IssueRow): IssueRow[] {
  return call.store.issues
    .by('parent', issue.id)
    .filter((row) => call.store.issueTypes.must(row.typeId).hierarchyLevel < 0 && canSeeIssue(call, row));
}

const PICKED = 20;

function pickIssues(call: Call): Reply {
  const text = (call.query.get('query') ?? '').toLowerCase();
  const current = findIssue(call, call.query.get('currentIssueKey') ?? '');
  const found = call.store.issues
    .all()
    .filter((row) => row.id !== current?.id && row.archived === undefined && canSeeIssue(call, row))
    .filter((row) => `${row.key} ${String(row.values['summary'])}`.toLowerCase().includes(text))
    .slice(0, numberParam(call, 'maxResults', PICKED));
  return ok({
    sections: [
      {
        label: 'Current Search',
        sub: `Showing ${found.length} matching issues`,
        id: 'cs',
        issues: found.map((row) => ({
          key: row.key,
          keyHtml: row.key,
          img: `/secure/viewavatar?size=xsmall&avatarType=issuetype&avatarId=${call.store.issueTypes.must(row.typeId).avatarId}`,
          summary: String(row.values['summary']),
          summaryText: String(row.values['summary']),
        })),
      },
    ],
  });
}
