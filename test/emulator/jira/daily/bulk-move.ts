/** Moves one of many issues to another project, type or parent, with its sub-tasks. */
import { canSeeIssue, hasProjectPermission } from '../access';
import type { FieldKind, FieldRow, IssueRow, IssueTypeRow, ProjectRow } from '../entities';
import { FieldRefusal } from '../fields/codec';
import { codecOf } from '../fields/codecs';
import { requiredOn, spotFor } from '../issues/field-access';
import { moveIssue } from '../issues/move-issue';
import { demandRequired } from '../issues/read-input';
import { refuse, refuseFields } from '../problem';
import type { Session } from '../world';
import { subtasksOf } from './bulk-access';

/** One destination of a bulk move as the task keeps it. */
export interface MovePlan {
  projectId: string;
  typeId: string;
  parentId?: string;
  issueIds: readonly string[];
  inferFields: boolean;
  inferStatuses: boolean;
  inferSubtaskType: boolean;
  /** Source status to target status. */
  statuses: Readonly<Record<string, string>>;
  /** Values for fields that the destination demands; `retain` keeps what the issue has. */
  fields: Readonly<Record<string, { retain: boolean; value: unknown }>>;
}

/** Moves the issue as the plan says; throws the reasons why it cannot. */
export function moveByPlan(session: Session, plan: MovePlan, issue: IssueRow): void {
  const { store } = session;
  const project = store.projects.must(plan.projectId);
  const type = store.issueTypes.must(plan.typeId);
  demandMove(session, issue, project);
  const parts = subtasksOf(session, issue);
  if (parts.length > 0 && type.hierarchyLevel < 0)
    throw refuse(400, 'An issue with subtasks cannot become a subtask.');
  if (issue.id === plan.parentId) throw refuse(400, 'An issue cannot be its own parent.');
  const values = new Map([...parentValue(issue, type, plan), ...fieldValues(session, plan, issue)]);
  const moved = moveIssue(session, issue, {
    project,
    type,
    ...targetStatus(session, plan, issue, project),
    values,
  });
  demandRequired(session, requiredOf(project, type), (id) => moved.values[id]);
  if (project.id !== issue.projectId) moveParts(session, plan, parts, project);
}

/** Every field that the destination demands, whatever its screen shows. */
function requiredOf(project: ProjectRow, type: IssueTypeRow): string[] {
  return requiredOn(project, type, ['summary', 'parent', ...(project.requiredFields[type.id] ?? [])]);
}

function demandMove(session: Session, issue: IssueRow, project: ProjectRow): void {
  const source = session.store.projects.must(issue.projectId);
  if (!hasProjectPermission(session.me, source, 'MOVE_ISSUES')) {
    throw refuse(403, `You do not have permission to move issues of the project ${source.key}.`);
  }
  if (project.id !== source.id && !hasProjectPermission(session.me, project, 'CREATE_ISSUES')) {
    throw refuse(403, `You do not have permission to create issues in the project ${project.key}.`);
  }
  if (issue.archived !== undefined)
    throw refuse(400, `Issue ${issue.key} is archived and cannot be changed.`);
}

function parentValue(issue: IssueRow, type: IssueTypeRow, plan: MovePlan): Map<string, unknown> {
  if (plan.parentId !== undefined) return new Map([['parent', plan.parentId]]);
  const wasPart = issue.values['parent'] !== undefined && type.hierarchyLevel >= 0;
  return wasPart && plan.projectId !== issue.projectId ? new Map([['parent', undefined]]) : new Map();
}

/** A status that the target's workflow lacks becomes what the plan says, or its first one. */
function targetStatus(
  session: Session,
  plan: MovePlan,
  issue: IssueRow,
  project: ProjectRow,
): { statusId?: string } {
  const workflow = session.store.workflows.must(project.workflows[plan.typeId] ?? '');
  if (workflow.statusIds.includes(issue.statusId)) return {};
  const statusId = plan.statuses[issue.statusId];
  if (statusId !== undefined) return { statusId };
  if (plan.inferStatuses) return {};
  throw refuse(400, `No target status is given for the status with id ${issue.statusId}.`);
}

function fieldValues(session: Session, plan: MovePlan, issue: IssueRow): Map<string, unknown> {
  const values = new Map<string, unknown>();
  if (plan.inferFields) return values;
  const project = session.store.projects.must(plan.projectId);
  const type = session.store.issueTypes.must(plan.typeId);
  for (const [id, given] of Object.entries(plan.fields)) {
    if (given.retain && issue.values[id] !== undefined) continue;
    const field = session.store.fields.get(id);
    if (field === undefined) throw refuseFields({ [id]: `Field '${id}' does not exist.` });
    try {
      const spot = spotFor(session, field, project, type);
      values.set(id, codecOf(field.kind).parse(restForm(field, given.value), spot));
    } catch (error) {
      if (error instanceof FieldRefusal) throw refuseFields({ [id]: error.message });
      throw error;
    }
  }
  return values;
}

const BY_ID: ReadonlySet<FieldKind> = new Set(['options', 'versions', 'components']);
const ONE_BY_ID: ReadonlySet<FieldKind> = new Set(['option', 'priority', 'resolution', 'security']);

/** The destination's values come as lists of texts; an edit wants them as the type of the field is written. */
function restForm(field: FieldRow, value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  const texts = value.map(String);
  const [first] = texts;
  if (field.kind === 'labels') return texts;
  if (BY_ID.has(field.kind)) return texts.map((id) => ({ id }));
  if (field.kind === 'users') return texts.map((accountId) => ({ accountId }));
  if (field.kind === 'groups') return texts.map((name) => ({ name }));
  if (first === undefined) return null;
  if (ONE_BY_ID.has(field.kind)) return { id: first };
  if (field.kind === 'user') return { accountId: first };
  if (field.kind === 'group') return { name: first };
  if (field.kind === 'cascade')
    return { id: first, ...(texts[1] === undefined ? {} : { child: { id: texts[1] } }) };
  return field.kind === 'number' ? Number(first) : first;
}

/** Sub-tasks go along as the first sub-task type of the destination, unless they are selected themselves. */
function moveParts(session: Session, plan: MovePlan, parts: readonly IssueRow[], project: ProjectRow): void {
  for (const part of parts) {
    const now = session.store.issues.must(part.id);
    if (now.projectId === project.id || plan.issueIds.includes(part.id)) continue;
    if (!plan.inferSubtaskType) {
      throw refuse(400, `The subtask ${part.key} has to be moved too, and no type is given for it.`);
    }
    const type = project.issueTypeIds
      .map((id) => session.store.issueTypes.must(id))
      .find((row) => row.hierarchyLevel < 0);
    if (type === undefined) throw refuse(400, `The project ${project.key} has no subtasks.`);
    if (!canSeeIssue(session, now)) throw refuse(400, 'A subtask cannot be seen by you.');
    moveByPlan(session, { ...plan, typeId: type.id, parentId: String(part.values['parent']) }, now);
  }
}
