/** How boards, sprints and epics read in answers of Jira Software. */
import { hasProjectPermission } from '../access';
import type { IssueRow, ProjectRow, SprintRow } from '../entities';
import { avatarUrls, renderUserIn } from '../views/people';
import { renderProjectBrief } from '../views/project';
import { isDataCenter, type Session, siteUrl } from '../world';
import { seesFilter } from './filter-access';
import { rankField } from './rank';
import type { BoardRow } from './rows';

type Json = Record<string, unknown>;

/** Address of a resource of Jira Software. */
export function agileUrl(session: Session, path: string): string {
  return siteUrl(session, `/rest/agile/1.0/${path}`);
}

/** Addresses of the platform in answers of Jira Software are those of version 2. */
function platformUrl(session: Session, path: string): string {
  return siteUrl(session, `/rest/api/2/${path}`);
}

/** Whether the caller may change the board: its administrators, those of its project, and Jira's. */
export function mayEditBoard(session: Session, board: BoardRow): boolean {
  const { me } = session;
  if (me === undefined) return false;
  if (me.admin || board.adminIds.includes(me.id)) return true;
  const project =
    'projectId' in board.location ? session.store.projects.get(board.location.projectId) : undefined;
  return project !== undefined && hasProjectPermission(me, project, 'ADMINISTER_PROJECTS');
}

/** The board; to an administrator who cannot see its filter, only that it is there and where. */
export function renderBoard(session: Session, board: BoardRow, expand: readonly string[] = []): Json {
  const filter = session.store.filters.get(board.filterId);
  const isSeen = filter !== undefined && seesFilter(session, filter);
  const self = { id: Number(board.id), self: agileUrl(session, `board/${board.id}`) };
  if (!isSeen) return { ...self, ...location(session, board), isPrivate: true };
  return {
    ...self,
    name: board.name,
    type: board.type,
    ...location(session, board),
    ...(isDataCenter(session) ? {} : { isPrivate: (filter.shares ?? []).length === 0 }),
    ...(expand.includes('admins') ? { admins: admins(session, board) } : {}),
    ...(expand.includes('permissions') ? { canEdit: mayEditBoard(session, board) } : {}),
  };
}

function location(session: Session, board: BoardRow): Json {
  if ('userId' in board.location) {
    const { userId } = board.location;
    const name = session.store.users.get(userId)?.name ?? '';
    return {
      location: {
        userAccountId: userId,
        displayName: name,
        name,
        avatarURI: avatarUrls(userId)['24x24'],
      },
    };
  }
  const project = session.store.projects.get(board.location.projectId);
  if (project === undefined) return {};
  const shown = `${project.name} (${project.key})`;
  const { avatarUrls: pictures } = renderInTwo(session, project);
  return {
    location: {
      projectId: Number(project.id),
      displayName: shown,
      projectName: project.name,
      projectKey: project.key,
      projectTypeKey: project.typeKey,
      avatarURI: (pictures as Record<string, string>)['24x24'],
      name: shown,
    },
  };
}

/** The session whose addresses are those of version 2. */
export function versionTwo<S extends Session>(session: S): S {
  return { ...session, world: { ...session.world, restVersion: 2 } };
}

/** A project as answers of Jira Software list it. */
export function renderInTwo(session: Session, project: ProjectRow): Json {
  return renderProjectBrief(versionTwo(session), project);
}

function admins(session: Session, board: BoardRow): Json {
  return {
    users: board.adminIds.map((id) => {
      const {
        self,
        accountId,
        key,
        name,
        displayName,
        active,
        avatarUrls: pictures,
      } = renderUserIn(versionTwo(session), id);
      return isDataCenter(session)
        ? { self, key, name, displayName, active, avatarUrls: pictures }
        : { self, accountId, displayName, active, avatarUrls: pictures };
    }),
    groups: [],
  };
}

/** Columns, filter, estimation and ranking of a board. */
export function renderConfiguration(session: Session, board: BoardRow): Json {
  const rankId = rankField(session.store)?.schema?.customId;
  return {
    id: Number(board.id),
    name: board.name,
    type: board.type,
    self: agileUrl(session, `board/${board.id}/configuration`),
    location:
      'projectId' in board.location
        ? { type: 'project', projectKeyOrId: session.store.projects.get(board.location.projectId)?.key ?? '' }
        : { type: 'user' },
    filter: { id: board.filterId, self: platformUrl(session, `filter/${board.filterId}`) },
    ...(board.type === 'kanban' ? { subQuery: { query: board.subQuery ?? '' } } : {}),
    columnConfig: {
      columns: board.columns.map(({ name, statusIds, min, max }) => ({
        name,
        statuses: statusIds.map((id) => ({ id, self: platformUrl(session, `status/${id}`) })),
        ...(min === undefined ? {} : { min }),
        ...(max === undefined ? {} : { max }),
      })),
      constraintType: board.columns.some((column) => column.min ?? column.max) ? 'issueCount' : 'none',
    },
    ...(board.type === 'scrum' ? { estimation: estimation(session, board) } : {}),
    ...(rankId === undefined ? {} : { ranking: { rankCustomFieldId: rankId } }),
  };
}

function estimation(session: Session, board: BoardRow): Json {
  const fieldId = board.estimationFieldId;
  if (fieldId === undefined) return { type: 'issueCount' };
  return { type: 'field', field: { fieldId, displayName: session.store.fields.must(fieldId).name } };
}

/** A sprint as its own resource and lists show it. */
export function renderAgileSprint(session: Session, sprint: SprintRow): Json {
  return {
    id: Number(sprint.id),
    self: agileUrl(session, `sprint/${sprint.id}`),
    state: sprint.state,
    name: sprint.name,
    ...(sprint.startDate === undefined ? {} : { startDate: sprint.startDate }),
    ...(sprint.endDate === undefined ? {} : { endDate: sprint.endDate }),
    ...(sprint.completeDate === undefined ? {} : { completeDate: sprint.completeDate }),
    ...(sprint.created === undefined ? {} : { createdDate: sprint.created }),
    originBoardId: sprint.boardId,
    goal: sprint.goal,
  };
}

/** An epic by its issue. */
export function renderEpic(session: Session, issue: IssueRow): Json {
  const row = session.store.epics.get(issue.id);
  const isDone = session.store.statuses.must(issue.statusId).categoryId === 3;
  const summary = String(issue.values['summary'] ?? '');
  return {
    id: Number(issue.id),
    key: issue.key,
    self: agileUrl(session, `epic/${issue.id}`),
    name: row?.name ?? summary,
    summary,
    color: { key: row?.color ?? 'color_1' },
    done: row?.done ?? isDone,
  };
}
