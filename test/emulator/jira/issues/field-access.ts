/** Which fields an issue of a project and type has, which can be set where, and what forms are told about them. */
import { hasProjectPermission } from '../access';
import { contextFor } from '../admin/contexts';
import { screenFields } from '../admin/screens';
import type { FieldRow, IssueRow, IssueTypeRow, ProjectRow } from '../entities';
import type { FieldSpot } from '../fields/codec';
import { codecOf } from '../fields/codecs';
import { renderIssueType } from '../views/choices';
import { renderProjectBrief } from '../views/project';
import { isDataCenter, type Session, selfUrl } from '../world';

/** Fields that need a permission of their own to be set, besides create or edit; `sprint` stands for the field of that kind. */
const FIELD_PERMISSIONS: Readonly<Record<string, string>> = {
  assignee: 'ASSIGN_ISSUES',
  reporter: 'MODIFY_REPORTER',
  duedate: 'SCHEDULE_ISSUES',
  sprint: 'SCHEDULE_ISSUES',
  fixVersions: 'RESOLVE_ISSUES',
  security: 'SET_ISSUE_SECURITY',
};

/** Whether a custom field's contexts reach issues of the project and type; system fields always do. */
export function appliesTo(session: Session, field: FieldRow, project: ProjectRow, typeId: string): boolean {
  if (field.trashed === true) return false;
  if (!field.custom) return true;
  return contextFor(session.store, field.id, project.id, typeId) !== undefined;
}

export function spotFor(
  session: Session,
  field: FieldRow,
  project: ProjectRow,
  type: IssueTypeRow,
  issueId?: string,
): FieldSpot {
  return { session, field, project, type, ...(issueId === undefined ? {} : { issueId }) };
}

/** Ids of the fields of a screen that the caller may set, in screen order. */
export function settable(
  session: Session,
  project: ProjectRow,
  type: IssueTypeRow,
  screen: readonly string[],
): string[] {
  return screen.filter((id) => {
    const field = session.store.fields.get(id);
    if (field === undefined || !appliesTo(session, field, project, type.id)) return false;
    const permission = FIELD_PERMISSIONS[field.kind === 'sprint' ? 'sprint' : id];
    return permission === undefined || hasProjectPermission(session.me, project, permission);
  });
}

export function createScreen(session: Session, project: ProjectRow, typeId: string): readonly string[] {
  return screenFields(session.store, project, typeId, 'create');
}

export function editScreen(session: Session, project: ProjectRow, typeId: string): readonly string[] {
  return screenFields(session.store, project, typeId, 'edit');
}

/** Fields that must not be empty, of those on the screen. */
export function requiredOn(project: ProjectRow, type: IssueTypeRow, screen: readonly string[]): string[] {
  const required = ['summary', ...(project.requiredFields[type.id] ?? [])];
  if (type.hierarchyLevel < 0) required.push('parent');
  return required.filter((id) => screen.includes(id));
}

/** What a form is told about one field, as createmeta, editmeta and transition screens give it. */
export function fieldMeta(spot: FieldSpot, required: boolean): Record<string, unknown> {
  const { session, field } = spot;
  const codec = codecOf(field.kind);
  const allowed = codec.allowed?.(spot);
  const schema = field.id === 'parent' ? { type: 'issuelink', system: 'parent' } : field.schema;
  return {
    required,
    schema: schema ?? { type: 'any' },
    name: field.name,
    ...nameOf(session, field.id),
    hasDefaultValue: field.id === 'priority',
    operations: [...operationsOf(field)],
    ...(autoComplete(session, field) ?? {}),
    ...(field.id === 'priority'
      ? { defaultValue: codec.render(spot.project.defaultPriorityId, session) }
      : {}),
    ...(allowed === undefined ? {} : { allowedValues: allowed }),
  };
}

/** Data Center calls the id of a field differently. */
function nameOf(session: Session, id: string): { key: string } | { fieldId: string } {
  return isDataCenter(session) ? { fieldId: id } : { key: id };
}

function operationsOf(field: FieldRow): readonly string[] {
  // Recorded: comments, links and worklogs can be added, attachments and the type have no operation of their own here.
  if (field.id === 'comment') return ['add', 'edit', 'remove'];
  if (field.id === 'issuelinks') return ['add', 'copy'];
  return codecOf(field.kind).operations;
}

function autoComplete(session: Session, field: FieldRow): { autoCompleteUrl: string } | undefined {
  if (field.kind === 'user' || field.kind === 'users') {
    return { autoCompleteUrl: selfUrl(session, 'user/search?query=') };
  }
  if (field.kind === 'labels') {
    return { autoCompleteUrl: selfUrl(session, 'label/suggest?query=').replace('/api/3/', '/api/1.0/') };
  }
  return undefined;
}

/** Metadata of the create screen in screen order, with project and issue type first. */
export function createMeta(
  session: Session,
  project: ProjectRow,
  type: IssueTypeRow,
): Record<string, unknown>[] {
  const screen = createScreen(session, project, type.id);
  const ids = settable(session, project, type, screen);
  const required = requiredOn(project, type, screen);
  const fixed = [
    {
      required: true,
      schema: { type: 'issuetype', system: 'issuetype' },
      name: 'Issue Type',
      ...nameOf(session, 'issuetype'),
      hasDefaultValue: false,
      operations: [],
      allowedValues: [renderIssueType(session, type)],
    },
    {
      required: true,
      schema: { type: 'project', system: 'project' },
      name: 'Project',
      ...nameOf(session, 'project'),
      hasDefaultValue: false,
      operations: ['set'],
      allowedValues: [renderProjectBrief(session, project)],
    },
  ];
  const rest = ids.map((id) =>
    fieldMeta(spotFor(session, session.store.fields.must(id), project, type), required.includes(id)),
  );
  return [...fixed, ...rest];
}

/** Metadata of the edit screen by field id; empty for somebody who may not edit. */
export function editMeta(session: Session, issue: IssueRow): Record<string, Record<string, unknown>> {
  const project = session.store.projects.must(issue.projectId);
  const type = session.store.issueTypes.must(issue.typeId);
  if (!hasProjectPermission(session.me, project, 'EDIT_ISSUES')) return {};
  const screen = editScreen(session, project, type.id);
  const required = requiredOn(project, type, screen);
  const fields: Record<string, Record<string, unknown>> = {};
  for (const id of settable(session, project, type, screen)) {
    const spot = spotFor(session, session.store.fields.must(id), project, type, issue.id);
    fields[id] = fieldMeta(spot, required.includes(id));
  }
  fields['issuetype'] = {
    required: true,
    schema: { type: 'issuetype', system: 'issuetype' },
    name: 'Issue Type',
    ...nameOf(session, 'issuetype'),
    operations: [],
    allowedValues: interchangeable(session, project, type).map((row) => renderIssueType(session, row)),
  };
  return fields;
}

/** Types an issue may take by a plain edit: same project, level and workflow. */
export function interchangeable(session: Session, project: ProjectRow, type: IssueTypeRow): IssueTypeRow[] {
  return project.issueTypeIds
    .map((id) => session.store.issueTypes.must(id))
    .filter(
      (row) =>
        row.hierarchyLevel === type.hierarchyLevel &&
        project.workflows[row.id] === project.workflows[type.id],
    );
}
