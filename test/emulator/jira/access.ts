/** Who may do what: project roles, permission schemes, issue security, restricted comments. */
import type { CommentRow, IssueRow, ProjectRow, SecurityLevelRow, UserRow, Visibility } from './entities';
import { noSuchIssue, Problem, refuse } from './problem';
import type { Session } from './world';
import { isDataCenter, requireUser } from './world';

/** Role which Jira gives to app users in every project. */
export const APP_ROLE_NAME = 'atlassian-addons-project-access';

/** Grant of a permission scheme to everybody, signed in or not; Data Center has it. */
export const ANYONE = 'anyone';

/** Whether the user plays the role in the project, by name of account or through a group. */
function hasRole(user: UserRow, project: ProjectRow, roleId: string): boolean {
  const actors = project.actors[roleId];
  if (actors === undefined) return false;
  return actors.userIds.includes(user.id) || actors.groupIds.some((id) => user.groupIds.includes(id));
}

/** Whether the user has a project permission in a project; nothing about single issues. */
export function hasProjectPermission(
  user: UserRow | undefined,
  project: ProjectRow,
  permission: string,
): boolean {
  if (project.trashed === undefined && (project.grants[permission] ?? []).includes(ANYONE)) return true;
  if (user === undefined || project.trashed !== undefined) return false;
  // An archived project can be read, but nobody works in it.
  if (project.archived && permission !== 'BROWSE_PROJECTS' && permission !== 'ADMINISTER_PROJECTS')
    return false;
  // Nobody assigns work to an app, whatever its roles.
  if (permission === 'ASSIGNABLE_USER' && user.accountType === 'app') return false;
  // Jira's scheme lets administrators administer any project, but not read it.
  if (permission === 'ADMINISTER_PROJECTS' && user.admin) return true;
  return (project.grants[permission] ?? []).some((roleId) => hasRole(user, project, roleId));
}

export function canBrowseProject(session: Session, project: ProjectRow): boolean {
  return hasProjectPermission(session.me, project, 'BROWSE_PROJECTS');
}

/** Whether the caller may read the issue: browse permission and its security level. */
export function canSeeIssue(session: Session, issue: IssueRow): boolean {
  const project = session.store.projects.must(issue.projectId);
  if (!canBrowseProject(session, project)) return false;
  const level = session.store.securityLevels.get(issue.values['security'] as string | undefined);
  return level === undefined || isInLevel(session.me, project, level);
}

/** Whether the user belongs to the security level in the project. */
export function isInLevel(user: UserRow | undefined, project: ProjectRow, level: SecurityLevelRow): boolean {
  if (user === undefined) return false;
  return level.userIds.includes(user.id) || level.roleIds.some((roleId) => hasRole(user, project, roleId));
}

/** The issue by id, key or former key; 404 when it is missing or out of sight. */
export function issueOf(session: Session, idOrKey: string): IssueRow {
  if (!isDataCenter(session)) requireUser(session);
  const issue = findIssue(session, idOrKey);
  if (issue === undefined || !canSeeIssue(session, issue)) throw unseenIssue(session, issue !== undefined);
  return issue;
}

/** Data Center tells a missing issue from a hidden one, and asks visitors to sign in. */
function unseenIssue(session: Session, exists: boolean): Problem {
  if (!isDataCenter(session)) return noSuchIssue();
  if (!exists) return refuse(404, 'Issue Does Not Exist');
  const hidden = 'You do not have the permission to see the specified issue.';
  return session.me === undefined
    ? new Problem(401, { errorMessages: [hidden, 'Login Required'], errors: {} })
    : refuse(403, hidden);
}

/** The issue by id, key or former key, whoever asks. */
export function findIssue(session: Session, idOrKey: string): IssueRow | undefined {
  const issues = session.store.issues;
  return /^\d+$/.test(idOrKey) ? issues.get(idOrKey) : issues.by('key', idOrKey.toUpperCase())[0];
}

/** The project by id or key; 404 when it is missing or out of sight. */
export function projectOf(session: Session, idOrKey: string): ProjectRow {
  const user = isDataCenter(session) ? session.me : requireUser(session);
  const project = /^\d+$/.test(idOrKey)
    ? session.store.projects.get(idOrKey)
    : session.store.projects.by('key', idOrKey.toUpperCase())[0];
  const visible =
    project !== undefined &&
    (canBrowseProject(session, project) || hasProjectPermission(user, project, 'ADMINISTER_PROJECTS'));
  if (!visible)
    throw refuse(404, `No project could be found with ${/^\d+$/.test(idOrKey) ? 'id' : 'key'} '${idOrKey}'.`);
  return project;
}

/** Throws `status` with `message` unless the caller has the permission in the issue's project. */
export function demand(
  session: Session,
  issue: IssueRow,
  permission: string,
  status: number,
  message: string,
): void {
  const project = session.store.projects.must(issue.projectId);
  if (!hasProjectPermission(session.me, project, permission)) throw refuse(status, message);
}

/** Throws 403 unless the caller is a Jira administrator; app users act with the scope manage:jira-configuration. */
export function demandAdmin(session: Session): void {
  const user = requireUser(session);
  if (!user.admin && user.accountType !== 'app') {
    throw refuse(403, 'Only Jira administrators have access to this resource.');
  }
}

/** Whether the caller is in the role or group that a comment or worklog is restricted to. */
export function inVisibility(session: Session, issue: IssueRow, visibility: Visibility | undefined): boolean {
  if (visibility === undefined) return true;
  const me = session.me;
  if (me === undefined) return false;
  if (visibility.type === 'group') return me.groupIds.includes(visibility.identifier);
  return hasRole(me, session.store.projects.must(issue.projectId), visibility.identifier);
}

/** The comment of an issue if the caller may read it, else 404. */
export function commentOf(session: Session, issue: IssueRow, id: string): CommentRow {
  const comment = session.store.comments.get(id);
  if (
    comment === undefined ||
    comment.issueId !== issue.id ||
    !inVisibility(session, issue, comment.visibility)
  ) {
    throw refuse(404, `Can not find a comment for the id: ${id}.`);
  }
  return comment;
}
