/** Moves an issue to another project or type: a new key, the old one still leads here, one changelog entry. */
import type { ChangeItem, IssueRow, IssueTypeRow, ProjectRow, WorkflowRow } from '../entities';
import { refuse } from '../problem';
import type { Session } from '../world';
import { namedItem, valueItems } from './change-items';
import { commitIssue, withValues } from './commit';
import { appliesTo } from './field-access';

export interface MoveTarget {
  project: ProjectRow;
  type: IssueTypeRow;
  /** Status in the target's workflow; needed when that lacks the present one, else the first status is taken. */
  statusId?: string;
  /** Stored values that the move sets besides; undefined empties a field. */
  values?: ReadonlyMap<string, unknown>;
}

/** The issue as it is after the move. Values of fields, versions and components that the target lacks are dropped. */
export function moveIssue(session: Session, issue: IssueRow, target: MoveTarget): IssueRow {
  const { store } = session;
  const project = store.projects.must(target.project.id);
  const source = store.projects.must(issue.projectId);
  if (!project.issueTypeIds.includes(target.type.id)) {
    throw refuse(400, 'The issue type selected is invalid.');
  }
  const workflow = workflowAt(session, project, target.type.id);
  const statusId = statusIn(issue, workflow, target.statusId);
  const stays = project.id === issue.projectId;
  const number = project.lastIssueNumber + 1;
  if (!stays) store.projects.put({ ...project, lastIssueNumber: number });
  const kept = withValues(issue, new Map([...valuesLost(session, issue, target), ...(target.values ?? [])]));
  const moved: IssueRow = {
    ...kept,
    key: stays ? issue.key : `${project.key}-${number}`,
    formerKeys: stays ? issue.formerKeys : [...issue.formerKeys, issue.key],
    projectId: project.id,
    typeId: target.type.id,
    statusId,
  };
  const items = moveItems(session, { issue, moved, source, project });
  items.push(...workflowItems(workflowAt(session, source, issue.typeId), workflow));
  items.push(...valueItems(session, issue, moved));
  return commitIssue(session, moved, items, { typeName: 'issue_moved' });
}

function workflowAt(session: Session, project: ProjectRow, typeId: string): WorkflowRow {
  return session.store.workflows.must(project.workflows[typeId] ?? '');
}

function statusIn(issue: IssueRow, workflow: WorkflowRow, wanted: string | undefined): string {
  if (wanted === undefined)
    return workflow.statusIds.includes(issue.statusId) ? issue.statusId : workflow.initialStatusId;
  if (!workflow.statusIds.includes(wanted))
    throw refuse(400, 'The status is not part of the target workflow.');
  return wanted;
}

/** What cannot go along: versions and components belong to a project, custom fields to their contexts. */
function valuesLost(session: Session, issue: IssueRow, target: MoveTarget): Map<string, undefined> {
  const lost = new Map<string, undefined>();
  for (const id of Object.keys(issue.values)) {
    const field = session.store.fields.get(id);
    if (field === undefined) continue;
    const ofProject = field.kind === 'versions' || field.kind === 'components' || field.kind === 'security';
    const leaves = ofProject && target.project.id !== issue.projectId;
    if (leaves || !appliesTo(session, field, target.project, target.type.id)) lost.set(id, undefined);
  }
  return lost;
}

interface Move {
  issue: IssueRow;
  moved: IssueRow;
  source: ProjectRow;
  project: ProjectRow;
}

/** Recorded: `project` and `Key` stand first in the entry of a move; `Key` and `Workflow` have no fieldId. */
function moveItems(session: Session, { issue, moved, source, project }: Move): ChangeItem[] {
  const { store } = session;
  const items: ChangeItem[] = [];
  if (project.id !== source.id) {
    items.push({
      field: 'project',
      fieldtype: 'jira',
      fieldId: 'project',
      from: source.id,
      fromString: source.name,
      to: project.id,
      toString: project.name,
    });
    items.push({
      field: 'Key',
      fieldtype: 'jira',
      from: null,
      fromString: issue.key,
      to: null,
      toString: moved.key,
    });
  }
  if (moved.typeId !== issue.typeId) {
    items.push(
      namedItem('issuetype', store.issueTypes.must(issue.typeId), store.issueTypes.must(moved.typeId)),
    );
  }
  if (moved.statusId !== issue.statusId) {
    items.push(namedItem('status', store.statuses.must(issue.statusId), store.statuses.must(moved.statusId)));
  }
  return items;
}

function workflowItems(from: WorkflowRow, to: WorkflowRow): ChangeItem[] {
  if (from.id === to.id) return [];
  return [
    {
      field: 'Workflow',
      fieldtype: 'jira',
      from: from.id,
      fromString: from.name,
      to: to.id,
      toString: to.name,
    },
  ];
}
