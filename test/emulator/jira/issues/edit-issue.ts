/** Edits an issue: values by the edit screen, operations, issue type, properties; and deletes one. */
import { demand } from '../access';
import { mentionsOf } from '../adf';
import type { ChangeItem, IssueRow } from '../entities';
import { emitDeleted, emitMentions } from '../events';
import { stringIn } from '../fields/codec';
import { refuse, refuseFields } from '../problem';
import type { Session } from '../world';
import { namedItem, valueItems } from './change-items';
import { addComment } from './comments';
import {
  changedTexts,
  commitIssue,
  dropOrphans,
  readProperties,
  withResolutionDate,
  withValues,
} from './commit';
import { editScreen, interchangeable, requiredOn } from './field-access';
import { addLink } from './links';
import { demandQuietAllowed, demandRequired, type IssueDetails, readInput } from './read-input';
import { addWorklog } from './worklogs';

/** Query parameters of PUT issue. */
export interface EditFlags {
  notifyUsers: string | null;
  /** `overrideScreenSecurity` or `overrideEditableFlag`: the screen does not matter. */
  override?: boolean;
}

/** Applies a PUT body and returns the issue as it is then. A `transition` in the body is ignored, as documented. */
export function editIssue(
  session: Session,
  issue: IssueRow,
  details: IssueDetails,
  asked: EditFlags,
): IssueRow {
  const project = session.store.projects.must(issue.projectId);
  const type = session.store.issueTypes.must(issue.typeId);
  demand(session, issue, 'EDIT_ISSUES', 403, 'You do not have permission to edit issues in this project.');
  demandQuietAllowed(session, project, asked.notifyUsers);
  if (asked.override === true) demandOverride(session);
  if (details.fields === undefined && details.update === undefined && details.properties === undefined) {
    throw refuse(400, "one of 'fields' or 'update' required");
  }
  const screen = [...editScreen(session, project, type.id), 'comment', 'issuelinks', 'worklog'];
  const anyScreen = asked.override === true || !session.world.editChecksScreen;
  const place = { session, project, type, screen, issue, anyScreen };
  const input = readInput(place, details.fields, details.update, ['issuetype']);
  const properties = readProperties(details.properties);

  let next = withResolutionDate(session, issue, withValues(issue, mergeTracking(issue, input.values)));
  demandRequired(
    session,
    requiredOn(project, type, screen).filter((id) => input.values.has(id)),
    (id) => next.values[id],
  );
  const items: ChangeItem[] = valueItems(session, issue, next);
  const newTypeId = typeChange(session, issue, details.fields);
  if (newTypeId !== undefined) {
    items.push(namedItem('issuetype', type, session.store.issueTypes.must(newTypeId)));
    next = { ...next, typeId: newTypeId };
  }
  if (Object.keys(properties).length > 0)
    next = { ...next, properties: { ...next.properties, ...properties } };
  const onlyProperties = details.fields === undefined && details.update === undefined;
  if (onlyProperties) session.store.issues.put(next);
  else commitIssue(session, next, items, { historyMetadata: details.historyMetadata });

  for (const comment of input.comments) addComment(session, issue, comment);
  for (const link of input.links) addLink(session, { inwardIssue: { key: issue.key }, ...link });
  for (const worklog of input.worklogs) addWorklog(session, issue, worklog, new URLSearchParams());
  const known = mentionsOf(issue.values['description']);
  emitMentions(
    session,
    next,
    mentionsOf(next.values['description']).filter((id) => !known.includes(id)),
  );
  dropOrphans(session, issue.id, changedTexts(issue, next));
  return session.store.issues.must(issue.id);
}

/** Apps may override only on behalf of an administrator, never by themselves; other people not at all. */
function demandOverride(session: Session): void {
  if (session.actor.kind === 'user' && session.me?.admin === true) return;
  throw refuse(403, 'You do not have permission to override the screen security of this issue.');
}

/** Estimates are set one by one; what was logged stays. */
function mergeTracking(issue: IssueRow, values: ReadonlyMap<string, unknown>): ReadonlyMap<string, unknown> {
  if (!values.has('timetracking')) return values;
  const merged = { ...(issue.values['timetracking'] as object), ...(values.get('timetracking') as object) };
  return new Map([...values, ['timetracking', merged]]);
}

function typeChange(session: Session, issue: IssueRow, fields: unknown): string | undefined {
  const wanted = (fields as Record<string, unknown> | undefined)?.['issuetype'];
  if (wanted === undefined) return undefined;
  const project = session.store.projects.must(issue.projectId);
  const type = session.store.issueTypes.must(issue.typeId);
  const id = stringIn(wanted, 'id');
  const name = stringIn(wanted, 'name');
  const found = interchangeable(session, project, type).find((row) =>
    id === undefined ? row.name === name : row.id === id,
  );
  if (found === undefined) throw refuseFields({ issuetype: 'The issue type selected is invalid.' });
  return found.id === issue.typeId ? undefined : found.id;
}

/** Deletes the issue with all that hangs on it. Only the issue itself makes an event: there are no cascades. */
export function deleteIssue(session: Session, issue: IssueRow, deleteSubtasks: boolean): void {
  demand(
    session,
    issue,
    'DELETE_ISSUES',
    403,
    'You do not have permission to delete issues in this project.',
  );
  const { store } = session;
  const children = store.issues.by('parent', issue.id);
  const subtasks = children.filter((child) => store.issueTypes.must(child.typeId).hierarchyLevel < 0);
  if (subtasks.length > 0 && !deleteSubtasks) {
    throw refuse(
      400,
      `The issue '${issue.key}' has subtasks. You must specify the 'deleteSubtasks' parameter to delete this issue and all its subtasks.`,
    );
  }
  emitDeleted(session, issue);
  for (const child of children) {
    if (subtasks.includes(child)) removeIssue(session, child);
    else store.issues.put(withValues(child, new Map([['parent', undefined]])));
  }
  removeIssue(session, issue);
}

/** Removes the issue with all rows that belong to it, without an event. */
export function removeIssue(session: Session, issue: IssueRow): void {
  const { store } = session;
  for (const row of store.comments.by('issue', issue.id)) store.comments.remove(row.id);
  for (const row of store.worklogs.by('issue', issue.id)) store.worklogs.remove(row.id);
  for (const row of store.histories.by('issue', issue.id)) store.histories.remove(row.id);
  for (const row of store.remoteLinks.by('issue', issue.id)) store.remoteLinks.remove(row.id);
  for (const row of store.links.by('issue', issue.id)) store.links.remove(row.id);
  for (const row of store.attachments.by('issue', issue.id)) {
    store.attachments.remove(row.id);
    store.blobs.remove(row.id);
  }
  store.issues.remove(issue.id);
}
