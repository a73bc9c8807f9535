/** Creates an issue: the create screen, required fields, first status, key, marker properties, event. */
import { canBrowseProject, hasProjectPermission } from '../access';
import { defaultAssignee } from '../admin/assignees';
import { rankValue } from '../agile/rank';
import type { IssueRow, IssueTypeRow, ProjectRow } from '../entities';
import { emitCreated } from '../events';
import { stringIn } from '../fields/codec';
import { Problem, refuse, refuseFields } from '../problem';
import { requireUser, type Session, selfUrl } from '../world';
import { addComment } from './comments';
import { readProperties } from './commit';
import { createScreen, requiredOn } from './field-access';
import { addLink } from './links';
import { demandRequired, type IssueDetails, readInput } from './read-input';
import { transitionIssue } from './transition-issue';
import { addWorklog } from './worklogs';

/** Creates the issue a request describes and returns Jira's short answer. Refusals leave no trace. */
export function createIssue(session: Session, details: IssueDetails): Record<string, unknown> {
  const me = requireUser(session);
  if (details.fields === undefined && details.update === undefined) {
    throw refuse(400, "one of 'fields' or 'update' required");
  }
  const { project, type } = placeOf(session, details.fields);
  const screen = createScreen(session, project, type.id);
  const place = { session, project, type, screen };
  const input = readInput(place, details.fields, details.update, ['project', 'issuetype']);
  const properties = readProperties(details.properties);
  const values = Object.fromEntries([...input.values].filter(([, value]) => value !== undefined));
  demandRequired(session, requiredOn(project, type, screen), (id) => values[id]);
  const assignee = input.values.has('assignee')
    ? undefined
    : defaultAssignee(session, project, values['components']);

  const number = project.lastIssueNumber + 1;
  session.store.projects.put({ ...project, lastIssueNumber: number });
  const workflow = session.store.workflows.must(project.workflows[type.id] ?? '');
  const issue: IssueRow = session.store.issues.put({
    id: session.store.nextId('issue'),
    key: `${project.key}-${number}`,
    formerKeys: [],
    projectId: project.id,
    typeId: type.id,
    statusId: workflow.initialStatusId,
    creatorId: me.id,
    created: session.now,
    updated: session.now,
    statusCategoryChanged: session.now,
    values: {
      priority: project.defaultPriorityId,
      reporter: me.id,
      ...(assignee === undefined ? {} : { assignee }),
      ...rankValue(session.store),
      ...values,
    },
    watcherIds: me.accountType === 'app' ? [] : [me.id],
    voterIds: [],
    properties,
  });
  emitCreated(session, issue);
  for (const comment of input.comments) addComment(session, issue, comment);
  for (const link of input.links) addLink(session, linkWith(link, issue));
  for (const worklog of input.worklogs) addWorklog(session, issue, worklog, new URLSearchParams());
  return {
    id: issue.id,
    key: issue.key,
    self: selfUrl(session, `issue/${issue.id}`),
    ...(details.transition === undefined
      ? {}
      : { transition: firstTransition(session, issue, details.transition) }),
  };
}

function linkWith(link: Record<string, unknown>, issue: IssueRow): Record<string, unknown> {
  return 'outwardIssue' in link
    ? { ...link, inwardIssue: { key: issue.key } }
    : { ...link, outwardIssue: { key: issue.key } };
}

/** The transition asked for with the create: its failure is reported inside the answer, the issue stays. */
function firstTransition(session: Session, issue: IssueRow, transition: unknown): Record<string, unknown> {
  try {
    transitionIssue(session, issue, { transition });
    return { status: 200, errorCollection: { errorMessages: [], errors: {} } };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { status: error.status, errorCollection: error.body };
  }
}

/** Project and issue type of the request, which must be visible and allow creation. */
function placeOf(session: Session, fields: unknown): { project: ProjectRow; type: IssueTypeRow } {
  const record = (typeof fields === 'object' && fields !== null ? fields : {}) as Record<string, unknown>;
  const projectId = stringIn(record['project'], 'id');
  const projectKey = stringIn(record['project'], 'key');
  if (projectId === undefined && projectKey === undefined) {
    throw refuseFields({ project: 'Specify a valid project ID or key' });
  }
  const project =
    projectId === undefined
      ? session.store.projects.by('key', projectKey ?? '')[0]
      : session.store.projects.get(projectId);
  if (project === undefined || !canBrowseProject(session, project)) {
    throw refuseFields({ project: 'valid project is required' });
  }
  if (!hasProjectPermission(session.me, project, 'CREATE_ISSUES')) {
    throw refuse(403, 'You do not have permission to create issues in this project.');
  }
  const typeId = stringIn(record['issuetype'], 'id');
  const typeName = stringIn(record['issuetype'], 'name');
  if (typeId === undefined && typeName === undefined)
    throw refuseFields({ issuetype: 'Specify an issue type' });
  const types = project.issueTypeIds.map((id) => session.store.issueTypes.must(id));
  const type = types.find((row) => (typeId === undefined ? row.name === typeName : row.id === typeId));
  if (type === undefined) throw refuseFields({ issuetype: 'Specify a valid issue type' });
  return { project, type };
}
