/** Bulk operations on issues: each is checked, booked as a task and done on the clock. */
import { z } from 'zod';
import { findIssue, projectOf } from '../access';
import { bodyAs } from '../admin/read-body';
import { bulkRoute, demandSize, selected, submitBulk } from '../daily/bulk-access';
import { bulkFields } from '../daily/bulk-fields';
import { EditedFields, editDetails } from '../daily/bulk-input';
import type { MovePlan } from '../daily/bulk-move';
import { pageByCursor } from '../daily/cursor';
import type { IssueRow, ProjectRow, TransitionRow } from '../entities';
import { availableTransitions } from '../issues/transition-issue';
import { BULK_ISSUES } from '../limits';
import { Problem, refuse } from '../problem';
import { type Call, ok, type Reply, type Route } from '../router';
import { listParam } from './read-query';

export const bulkRoutes: readonly Route[] = [
  bulkRoute('POST /rest/api/3/bulk/issues/delete', 403, bulkDelete),
  {
    ...bulkRoute('GET /rest/api/3/bulk/issues/fields', 403, readFields),
    level: 'partial',
    note: 'fieldOptions stay empty: the document describes an option without any property',
  },
  bulkRoute('POST /rest/api/3/bulk/issues/fields', 400, bulkEdit),
  bulkRoute('POST /rest/api/3/bulk/issues/move', 400, bulkMove),
  bulkRoute('GET /rest/api/3/bulk/issues/transition', 403, readTransitions),
  bulkRoute('POST /rest/api/3/bulk/issues/transition', 403, bulkTransition),
  bulkRoute('POST /rest/api/3/bulk/issues/watch', 403, (call) => bulkWatch(call, 'bulk-watch')),
  bulkRoute('POST /rest/api/3/bulk/issues/unwatch', 403, (call) => bulkWatch(call, 'bulk-unwatch')),
];

const names = z.array(z.string());
// Mails are not emulated, so whether they are wanted makes no difference.
const sendBulkNotification = z.boolean().nullish();
const DeleteBody = z.strictObject({ selectedIssueIdsOrKeys: names, sendBulkNotification });

const idsOf = (issues: readonly IssueRow[]) => issues.map((issue) => issue.id);

function bulkDelete(call: Call): Reply {
  const body = bodyAs(call, DeleteBody);
  const { issues, hidden } = selected(call, body.selectedIssueIdsOrKeys);
  return submitBulk(call, { kind: 'bulk-delete', payload: {}, items: idsOf(issues), hidden });
}

const WatchBody = z.strictObject({ selectedIssueIdsOrKeys: names });

function bulkWatch(call: Call, kind: string): Reply {
  const { issues, hidden } = selected(call, bodyAs(call, WatchBody).selectedIssueIdsOrKeys);
  return submitBulk(call, { kind, payload: {}, items: idsOf(issues), hidden });
}

const EditBody = z.strictObject({
  editedFieldsInput: EditedFields,
  selectedActions: names,
  selectedIssueIdsOrKeys: names,
  sendBulkNotification,
});

function bulkEdit(call: Call): Reply {
  const body = bodyAs(call, EditBody);
  const { issues, hidden } = selected(call, body.selectedIssueIdsOrKeys);
  demandSize(call, issues);
  const details = editDetails(call, body.editedFieldsInput, body.selectedActions);
  return submitBulk(call, { kind: 'bulk-edit', payload: { details }, items: idsOf(issues), hidden });
}

function readFields(call: Call): Reply {
  const { issues, hidden } = selected(call, listParam(call, 'issueIdsOrKeys'));
  if (hidden > 0) throw refuse(400, 'Some of the issues do not exist or cannot be seen by you.');
  const text = (call.query.get('searchText') ?? '').toLowerCase();
  const fields = bulkFields(call, issues).filter((field) => field.name.toLowerCase().includes(text));
  if (fields.length === 0) throw refuse(404, 'No editable fields are found for these issues.');
  const { shown, cursors } = pageByCursor(call, fields, 50);
  call.cost.core(shown.length);
  return ok({ fields: shown, ...cursors });
}

function readTransitions(call: Call): Reply {
  const { issues, hidden } = selected(call, listParam(call, 'issueIdsOrKeys'));
  if (hidden > 0) throw refuse(400, 'Some of the issues do not exist or cannot be seen by you.');
  const byWorkflow = new Map<string, IssueRow[]>();
  for (const issue of issues) {
    const workflow = call.store.projects.must(issue.projectId).workflows[issue.typeId] ?? '';
    byWorkflow.set(workflow, [...(byWorkflow.get(workflow) ?? []), issue]);
  }
  const groups = [...byWorkflow.values()].map((group) => transitionsOf(call, group));
  const { shown, cursors } = pageByCursor(call, groups, 50);
  call.cost.core(shown.length);
  return ok({ availableTransitions: shown, ...cursors });
}

/** What all issues of one workflow can do now without filling in a field. */
function transitionsOf(call: Call, issues: readonly IssueRow[]): Record<string, unknown> {
  const perIssue = issues.map((issue) => availableTransitions(call, issue));
  const first = perIssue[0] ?? [];
  const common = first.filter(
    (row) =>
      (row.required ?? []).length === 0 &&
      perIssue.every((list) => list.some((other) => other.id === row.id)),
  );
  const all = new Set(perIssue.flat().map((row) => row.id));
  return {
    isTransitionsFiltered: common.length < all.size,
    issues: issues.map((issue) => issue.key),
    transitions: common.map((row) => renderTransition(call, row, issues[0]?.statusId ?? '')),
  };
}

function renderTransition(call: Call, row: TransitionRow, statusId: string): Record<string, unknown> {
  const to = call.store.statuses.must(row.to === 'same' ? statusId : row.to);
  return {
    to: { statusId: Number(to.id), statusName: to.name },
    transitionId: Number(row.id),
    transitionName: row.name,
  };
}

const TransitionBody = z.strictObject({
  bulkTransitionInputs: z.array(
    z.strictObject({ selectedIssueIdsOrKeys: names, transitionId: z.string().regex(/^\d+$/) }),
  ),
  sendBulkNotification,
});

function bulkTransition(call: Call): Reply {
  const { bulkTransitionInputs } = bodyAs(call, TransitionBody);
  const all = bulkTransitionInputs.flatMap((input) => input.selectedIssueIdsOrKeys);
  if (all.length > BULK_ISSUES) selected(call, all);
  const items: string[] = [];
  let hidden = 0;
  for (const input of bulkTransitionInputs) {
    const chosen = selected(call, input.selectedIssueIdsOrKeys);
    hidden += chosen.hidden;
    for (const issue of chosen.issues) items.push(`${issue.id}:${input.transitionId}`);
  }
  return submitBulk(call, { kind: 'bulk-transition', payload: {}, items, hidden });
}

const fieldValue = z.strictObject({
  retain: z.boolean().nullish(),
  type: z.enum(['adf', 'raw']).nullish(),
  value: z.union([z.array(z.string()), z.record(z.string(), z.unknown())]),
});
const Mapping = z.strictObject({
  inferClassificationDefaults: z.boolean(),
  inferFieldDefaults: z.boolean(),
  inferStatusDefaults: z.boolean(),
  inferSubtaskTypeDefault: z.boolean(),
  issueIdsOrKeys: z.array(z.string()).optional(),
  targetClassification: z.array(z.unknown()).max(0, 'the site has no classification levels').nullish(),
  targetMandatoryFields: z
    .array(z.strictObject({ fields: z.record(z.string(), fieldValue) }).nullable())
    .nullish(),
  targetStatus: z
    .array(z.strictObject({ statuses: z.record(z.string(), z.array(z.string())) }).nullable())
    .nullish(),
});
const MoveBody = z.strictObject({
  targetToSourcesMapping: z.record(z.string(), Mapping),
  sendBulkNotification,
});

function bulkMove(call: Call): Reply {
  const { targetToSourcesMapping } = bodyAs(call, MoveBody);
  const plans: MovePlan[] = [];
  const sources = Object.entries(targetToSourcesMapping);
  const all = sources.flatMap(([, mapping]) => mapping.issueIdsOrKeys ?? []);
  const { issues, hidden } = selected(call, all);
  demandSize(call, issues);
  for (const [target, mapping] of sources) {
    const chosen = selected(call, mapping.issueIdsOrKeys ?? []);
    plans.push(planOf(call, target, mapping, idsOf(chosen.issues)));
  }
  // Parents go first, so that a sub-task finds its parent in place.
  plans.sort((left, right) => Number(left.parentId !== undefined) - Number(right.parentId !== undefined));
  const items = plans.flatMap((plan, position) => plan.issueIds.map((id) => `${id}:${position}`));
  return submitBulk(call, { kind: 'bulk-move', payload: { plans }, items, hidden });
}

/** The document knows no 404 here. */
function destination(call: Call, name: string): ProjectRow {
  try {
    return projectOf(call, name);
  } catch (error) {
    throw error instanceof Problem ? refuse(400, error.message) : error;
  }
}

function planOf(
  call: Call,
  target: string,
  mapping: z.infer<typeof Mapping>,
  issueIds: readonly string[],
): MovePlan {
  const [projectName = '', typeId = '', parentName] = target.split(',').map((part) => part.trim());
  const project = destination(call, projectName);
  const type = call.store.issueTypes.get(typeId);
  if (type === undefined || !project.issueTypeIds.includes(typeId)) {
    throw refuse(400, `The issue type ${typeId} is not part of the project ${project.key}.`);
  }
  const parent = parentName === undefined || parentName === '' ? undefined : findIssue(call, parentName);
  if (type.hierarchyLevel < 0 && parent === undefined)
    throw refuse(400, 'A subtask needs a parent in its destination.');
  if (parent !== undefined && parent.projectId !== project.id && type.hierarchyLevel < 0) {
    throw refuse(400, 'The parent of a subtask must be in the same project.');
  }
  return {
    projectId: project.id,
    typeId,
    ...(parent === undefined ? {} : { parentId: parent.id }),
    issueIds,
    inferFields: mapping.inferFieldDefaults,
    inferStatuses: mapping.inferStatusDefaults,
    inferSubtaskType: mapping.inferSubtaskTypeDefault,
    statuses: statusesOf(mapping),
    fields: fieldsOf(mapping),
  };
}

/** Source status to target status; the request lists it the other way round. */
function statusesOf(mapping: z.infer<typeof Mapping>): Record<string, string> {
  const pairs = (mapping.targetStatus ?? []).flatMap((row) =>
    Object.entries(row?.statuses ?? {}).flatMap(([to, froms]) => froms.map((from) => [from, to] as const)),
  );
  return Object.fromEntries(pairs);
}

function fieldsOf(mapping: z.infer<typeof Mapping>): MovePlan['fields'] {
  const pairs = (mapping.targetMandatoryFields ?? []).flatMap((row) =>
    Object.entries(row?.fields ?? {}).map(
      ([id, given]) => [id, { retain: given.retain ?? true, value: given.value }] as const,
    ),
  );
  return Object.fromEntries(pairs);
}
