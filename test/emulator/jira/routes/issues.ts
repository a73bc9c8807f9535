/** Issues: create, read, edit, delete, assign, transitions, changelog. */
import { canSeeIssue, demand, findIssue, issueOf, projectOf } from '../access';
import type { HistoryRow } from '../entities';
import { FieldRefusal } from '../fields/codec';
import { codecOf } from '../fields/codecs';
import { valueItems } from '../issues/change-items';
import { commitIssue, withValues } from '../issues/commit';
import { createIssue } from '../issues/create-issue';
import { deleteIssue, editIssue } from '../issues/edit-issue';
import { createMeta, editMeta, spotFor } from '../issues/field-access';
import type { IssueDetails } from '../issues/read-input';
import {
  availableTransitions,
  leavingTransitions,
  renderTransition,
  transitionIssue,
} from '../issues/transition-issue';
import { noteView } from '../issues/viewed';
import {
  BULK_CREATE_ISSUES,
  BULK_FETCH_ISSUES,
  BULK_FETCH_PROPERTIES,
  CHANGELOG_BULK_FIELDS,
  CHANGELOG_BULK_ISSUES,
  CHANGELOG_BULK_RESULTS,
} from '../limits';
import { type ErrorCollection, Problem, refuse, refuseFields } from '../problem';
import { type Call, created, NO_CONTENT, ok, type Reply, type Route, route } from '../router';
import { renderHistory } from '../views/activity';
import { renderIssueType } from '../views/choices';
import { type IssueAsk, renderIssue } from '../views/issue';
import { listParam, neededList, numberParam, objectBody, page, stringsIn } from './read-query';

export const issueRoutes: readonly Route[] = [
  route('POST /rest/api/3/issue', (call) => created(createIssue(call, objectBody(call)))),
  route('POST /rest/api/3/issue/bulk', createMany, { refusal: wholeBatch }),
  route('POST /rest/api/3/issue/bulkfetch', fetchMany),
  route('GET /rest/api/3/issue/{issueIdOrKey}', readOne),
  route('PUT /rest/api/3/issue/{issueIdOrKey}', editOne, {
    note: 'whether screens are checked is a switch of the site: sources contradict each other',
  }),
  route('DELETE /rest/api/3/issue/{issueIdOrKey}', (call) => {
    const issue = issueAt(call);
    call.noteIssueWrite(issue);
    deleteIssue(call, issue, call.query.get('deleteSubtasks') === 'true');
    return NO_CONTENT;
  }),
  route('PUT /rest/api/3/issue/{issueIdOrKey}/assignee', assign),
  route('GET /rest/api/3/issue/{issueIdOrKey}/editmeta', readEditMeta, {
    without: ['overrideScreenSecurity', 'overrideEditableFlag'],
  }),
  route('GET /rest/api/3/issue/{issueIdOrKey}/transitions', readTransitions, {
    without: ['sortByOpsBarAndStatus'],
  }),
  route('POST /rest/api/3/issue/{issueIdOrKey}/transitions', (call) => {
    const issue = issueAt(call);
    call.noteIssueWrite(issue);
    transitionIssue(call, issue, objectBody(call));
    return NO_CONTENT;
  }),
  route('GET /rest/api/3/issue/{issueIdOrKey}/changelog', (call) => {
    const issue = issueAt(call);
    const shown = page(call, `issue/${issue.id}/changelog`, histories(call, issue.id), 100);
    call.cost.core(shown.values.length);
    return ok({ ...shown, values: shown.values.map((entry) => renderHistory(call, entry)) });
  }),
  route('POST /rest/api/3/issue/{issueIdOrKey}/changelog/list', (call) => {
    const issue = issueAt(call);
    const ids = neededList(call, 'changelogIds');
    const found = histories(call, issue.id).filter((entry) => ids.includes(entry.id));
    call.cost.core(found.length);
    return ok({
      startAt: 0,
      maxResults: found.length,
      total: found.length,
      histories: found.map((entry) => renderHistory(call, entry)),
    });
  }),
  route('POST /rest/api/3/changelog/bulkfetch', bulkChangelog),
  route('GET /rest/api/3/issue/createmeta/{projectIdOrKey}/issuetypes', createTypes),
  route('GET /rest/api/3/issue/createmeta/{projectIdOrKey}/issuetypes/{issueTypeId}', createFields),
];

export function issueAt(call: Call) {
  return issueOf(call, call.params['issueIdOrKey'] ?? '');
}

function histories(call: Call, issueId: string): HistoryRow[] {
  return call.store.histories.by('issue', issueId);
}

function askOf(call: Call, fallback: string): IssueAsk {
  const fields = listParam(call, 'fields');
  return {
    fields: fields.length === 0 ? [fallback] : fields,
    expand: listParam(call, 'expand'),
    properties: listParam(call, 'properties'),
  };
}

function readOne(call: Call): Reply {
  const issue = issueAt(call);
  call.cost.core(1);
  if (call.query.get('updateHistory') === 'true') noteView(call, issue);
  return ok(renderIssue(call, issue, askOf(call, '*all')));
}

function editOne(call: Call): Reply {
  const issue = issueAt(call);
  call.noteIssueWrite(issue);
  const override = ['overrideScreenSecurity', 'overrideEditableFlag'].some(
    (name) => call.query.get(name) === 'true',
  );
  const flags = { notifyUsers: call.query.get('notifyUsers'), override };
  const edited = editIssue(call, issue, objectBody(call), flags);
  if (call.query.get('returnIssue') !== 'true') return NO_CONTENT;
  return ok(
    renderIssue(call, edited, { fields: ['*all'], expand: listParam(call, 'expand'), properties: [] }),
  );
}

function createMany(call: Call): Reply {
  const updates = objectBody(call)['issueUpdates'];
  if (!Array.isArray(updates)) throw refuse(400, "'issueUpdates' must be an array.");
  if (updates.length > BULK_CREATE_ISSUES) {
    throw refuse(400, `The maximum number of issues that can be created at once is ${BULK_CREATE_ISSUES}.`);
  }
  const issues: unknown[] = [];
  const errors: unknown[] = [];
  for (const [position, details] of updates.entries()) {
    try {
      issues.push(createIssue(call, (details ?? {}) as IssueDetails));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      errors.push({ status: error.status, elementErrors: error.body, failedElementNumber: position });
    }
  }
  return { status: issues.length === 0 && errors.length > 0 ? 400 : 201, json: { issues, errors } };
}

/** The document gives every 400 of this operation the form of its successes. */
function wholeBatch(elementErrors: ErrorCollection, status: number): unknown {
  return status === 400 ? { issues: [], errors: [{ status, elementErrors }] } : elementErrors;
}

/** Reads the store, not the index: what was written is there at once. */
function fetchMany(call: Call): Reply {
  const body = objectBody(call);
  const names = stringsIn(body, 'issueIdsOrKeys');
  if (names.length === 0) throw refuse(400, 'issueIdsOrKeys must not be empty.');
  if (names.length > BULK_FETCH_ISSUES) {
    throw refuse(400, `The maximum number of issues that can be fetched is ${BULK_FETCH_ISSUES}.`);
  }
  const properties = stringsIn(body, 'properties');
  if (properties.length > BULK_FETCH_PROPERTIES) {
    throw refuse(400, `The maximum number of properties that can be fetched is ${BULK_FETCH_PROPERTIES}.`);
  }
  const fields = stringsIn(body, 'fields');
  const ask = {
    fields: fields.length === 0 ? ['*navigable'] : fields,
    expand: stringsIn(body, 'expand'),
    properties,
  };
  const issues = new Map<string, unknown>();
  const issueErrors: unknown[] = [];
  for (const name of names) {
    const issue = findIssue(call, name);
    if (issue === undefined || !canSeeIssue(call, issue)) {
      issueErrors.push({
        id: name,
        errorMessage: 'Issue does not exist or you do not have permission to see it.',
      });
    } else if (!issues.has(issue.id)) issues.set(issue.id, renderIssue(call, issue, ask));
  }
  call.cost.core(issues.size);
  return ok({ issues: [...issues.values()], issueErrors });
}

/** The body is a user; of what a read one has, only the account id counts. */
const USER_READ_BACK: ReadonlySet<string> = new Set([
  ...['accountType', 'active', 'appType', 'applicationRoles', 'avatarUrls', 'displayName', 'emailAddress'],
  ...['expand', 'groups', 'guest', 'key', 'locale', 'name', 'self', 'timeZone'],
]);

function assign(call: Call): Reply {
  const issue = issueAt(call);
  call.noteIssueWrite(issue);
  demand(call, issue, 'ASSIGN_ISSUES', 403, 'You do not have permission to assign issues.');
  const { accountId, ...others } = objectBody(call);
  const stray = Object.keys(others).find((name) => !USER_READ_BACK.has(name));
  if (stray !== undefined) throw refuse(400, `Unrecognized field "${stray}", not marked as ignorable.`);
  const project = call.store.projects.must(issue.projectId);
  const type = call.store.issueTypes.must(issue.typeId);
  const spot = spotFor(call, call.store.fields.must('assignee'), project, type, issue.id);
  try {
    const value = codecOf('user').parse(
      accountId === null || accountId === undefined ? null : { accountId },
      spot,
    );
    const next = withValues(issue, new Map([['assignee', value]]));
    commitIssue(call, next, valueItems(call, issue, next), { typeName: 'issue_assigned' });
    return NO_CONTENT;
  } catch (error) {
    if (error instanceof FieldRefusal) throw refuseFields({ assignee: error.message });
    throw error;
  }
}

function readEditMeta(call: Call): Reply {
  const issue = issueAt(call);
  call.cost.core(1);
  return ok({ fields: editMeta(call, issue) });
}

function readTransitions(call: Call): Reply {
  const issue = issueAt(call);
  const only = call.query.get('transitionId');
  const withFields = listParam(call, 'expand').includes('transitions.fields');
  const all = call.query.get('includeUnavailableTransitions') === 'true';
  const offered = all ? leavingTransitions(call, issue) : availableTransitions(call, issue);
  const shown = offered.filter((row) => only === null || row.id === only);
  call.cost.core(shown.length);
  return ok({
    expand: 'transitions',
    transitions: shown.map((row) => renderTransition(call, issue, row, withFields)),
  });
}

function bulkChangelog(call: Call): Reply {
  const body = objectBody(call);
  const names = stringsIn(body, 'issueIdsOrKeys');
  const fieldIds = stringsIn(body, 'fieldIds');
  if (names.length === 0 || names.length > CHANGELOG_BULK_ISSUES) {
    throw refuse(400, `Between 1 and ${CHANGELOG_BULK_ISSUES} issues can be asked for.`);
  }
  if (fieldIds.length > CHANGELOG_BULK_FIELDS) {
    throw refuse(400, `At most ${CHANGELOG_BULK_FIELDS} fields can be asked for.`);
  }
  const size = Math.min(Number(body['maxResults'] ?? 1000), CHANGELOG_BULK_RESULTS);
  const start = tokenStart(body['nextPageToken']);
  const all = names
    .map((name) => findIssue(call, name))
    .filter((issue) => issue !== undefined && canSeeIssue(call, issue))
    .flatMap((issue) => histories(call, issue?.id ?? ''))
    .map((entry) => ({ ...entry, items: entry.items.filter((item) => wanted(item.fieldId, fieldIds)) }))
    .filter((entry) => entry.items.length > 0);
  const shown = all.slice(start, start + size);
  call.cost.core(shown.length);
  const byIssue = new Map<string, unknown[]>();
  for (const entry of shown) {
    byIssue.set(entry.issueId, [...(byIssue.get(entry.issueId) ?? []), renderHistory(call, entry)]);
  }
  return ok({
    issueChangeLogs: [...byIssue].map(([issueId, changeHistories]) => ({ issueId, changeHistories })),
    ...(start + shown.length < all.length ? { nextPageToken: tokenFor(start + shown.length) } : {}),
  });
}

function wanted(fieldId: string | undefined, fieldIds: readonly string[]): boolean {
  return fieldIds.length === 0 || (fieldId !== undefined && fieldIds.includes(fieldId));
}

function tokenFor(start: number): string {
  return Buffer.from(`from:${start}`).toString('base64url');
}

function tokenStart(token: unknown): number {
  if (token === undefined || token === null || token === '') return 0;
  const match = /^from:(\d+)$/.exec(Buffer.from(String(token), 'base64url').toString());
  if (match === null) throw refuse(400, 'The nextPageToken is not valid.');
  return Number(match[1]);
}

function createTypes(call: Call): Reply {
  const project = projectOf(call, call.params['projectIdOrKey'] ?? '');
  const types = project.issueTypeIds.map((id) => call.store.issueTypes.must(id));
  const startAt = numberParam(call, 'startAt', 0);
  const maxResults = numberParam(call, 'maxResults', 50);
  call.cost.core(types.length);
  return ok({
    startAt,
    maxResults,
    total: types.length,
    issueTypes: types.slice(startAt, startAt + maxResults).map((type) => renderIssueType(call, type)),
  });
}

function createFields(call: Call): Reply {
  const project = projectOf(call, call.params['projectIdOrKey'] ?? '');
  const typeId = call.params['issueTypeId'] ?? '';
  if (!project.issueTypeIds.includes(typeId)) throw refuse(400, 'The issue type is not part of the project.');
  const fields = createMeta(call, project, call.store.issueTypes.must(typeId));
  const startAt = numberParam(call, 'startAt', 0);
  const maxResults = numberParam(call, 'maxResults', 50);
  const shown = fields.slice(startAt, startAt + maxResults);
  call.cost.core(shown.length);
  return ok({
    startAt,
    maxResults,
    total: fields.length,
    fields: shown.map((field) => ({ ...field, fieldId: field['key'] })),
  });
}
