/** How options, priorities, statuses, versions and the like read in answers. */

import type { IssueTypeRow, StatusRow } from '../entities';
import { formatDay, formatDuration } from '../time';
import { isDataCenter, type Session, selfUrl, siteUrl } from '../world';

export function renderOption(session: Session, id: string): Record<string, unknown> {
  const row = session.store.options.must(id);
  return {
    self: selfUrl(session, `customFieldOption/${id}`),
    value: row.value,
    id,
    ...(isDataCenter(session) ? { disabled: row.disabled } : {}),
  };
}

export function renderPriority(session: Session, id: string): Record<string, unknown> {
  return {
    self: selfUrl(session, `priority/${id}`),
    iconUrl: siteUrl(session, `/images/icons/priorities/${id}.svg`),
    name: session.store.priorities.must(id).name,
    id,
  };
}

export function renderResolution(session: Session, id: string): Record<string, unknown> {
  const row = session.store.resolutions.must(id);
  return { self: selfUrl(session, `resolution/${id}`), id, description: row.description, name: row.name };
}

export function renderSecurityLevel(session: Session, id: string): Record<string, unknown> {
  const row = session.store.securityLevels.must(id);
  return { self: selfUrl(session, `securitylevel/${id}`), id, description: row.description, name: row.name };
}

/** Jira's three categories; ids and colours as recorded. */
export const STATUS_CATEGORIES = {
  2: { key: 'new', colorName: 'blue-gray', name: 'To Do', modern: 'TODO' },
  4: { key: 'indeterminate', colorName: 'yellow', name: 'In Progress', modern: 'IN_PROGRESS' },
  3: { key: 'done', colorName: 'green', name: 'Done', modern: 'DONE' },
} as const;

export function renderStatusCategory(session: Session, id: 2 | 3 | 4): Record<string, unknown> {
  const { key, colorName, name } = STATUS_CATEGORIES[id];
  return { self: selfUrl(session, `statuscategory/${id}`), id, key, colorName, name };
}

export function renderStatus(session: Session, row: StatusRow): Record<string, unknown> {
  return {
    self: selfUrl(session, `status/${row.id}`),
    description: row.description,
    iconUrl: siteUrl(session, '/images/icons/statuses/generic.png'),
    name: row.name,
    id: row.id,
    statusCategory: renderStatusCategory(session, row.categoryId),
  };
}

export function renderIssueType(session: Session, row: IssueTypeRow): Record<string, unknown> {
  return {
    self: selfUrl(session, `issuetype/${row.id}`),
    id: row.id,
    description: row.description,
    iconUrl: selfUrl(
      session,
      `universal_avatar/view/type/issuetype/avatar/${row.avatarId}?size=medium`,
    ).replace('/api/3/', '/api/2/'),
    name: row.name,
    subtask: row.hierarchyLevel < 0,
    avatarId: row.avatarId,
    // Data Center has sub-tasks and nothing above an issue.
    ...(isDataCenter(session) ? {} : { hierarchyLevel: row.hierarchyLevel }),
  };
}

/** A version as issues show it. */
export function renderVersion(session: Session, id: string): Record<string, unknown> {
  const row = session.store.versions.must(id);
  return {
    self: selfUrl(session, `version/${id}`),
    id,
    description: row.description,
    name: row.name,
    archived: row.archived,
    released: row.released,
    ...(row.releaseDate === undefined ? {} : { releaseDate: row.releaseDate }),
  };
}

/** A version as the project's list shows it. */
export function renderVersionInFull(session: Session, id: string): Record<string, unknown> {
  const row = session.store.versions.must(id);
  const today = formatDay(session.now, session.timeZone);
  return {
    ...renderVersion(session, id),
    ...(row.startDate === undefined ? {} : { startDate: row.startDate }),
    ...(row.releaseDate === undefined ? {} : { overdue: !row.released && row.releaseDate < today }),
    projectId: Number(row.projectId),
  };
}

/** A component as issues show it. */
export function renderComponent(session: Session, id: string): Record<string, unknown> {
  const row = session.store.components.must(id);
  return { self: selfUrl(session, `component/${id}`), id, name: row.name, description: row.description };
}

export function renderSprint(session: Session, id: string): Record<string, unknown> {
  const row = session.store.sprints.must(id);
  return {
    id: Number(id),
    name: row.name,
    state: row.state,
    boardId: row.boardId,
    goal: row.goal,
    ...(row.startDate === undefined ? {} : { startDate: row.startDate }),
    ...(row.endDate === undefined ? {} : { endDate: row.endDate }),
    ...(row.completeDate === undefined ? {} : { completeDate: row.completeDate }),
  };
}

/** Seconds; what was logged is counted from the worklogs and kept beside the estimates. */
export interface TimeTracking {
  original?: number;
  remaining?: number;
  spent?: number;
}

export function renderTimeTracking(tracking: TimeTracking): Record<string, unknown> {
  const { original, remaining, spent } = tracking;
  return {
    ...(original === undefined ? {} : { originalEstimate: formatDuration(original) }),
    ...(remaining === undefined ? {} : { remainingEstimate: formatDuration(remaining) }),
    ...(spent === undefined ? {} : { timeSpent: formatDuration(spent) }),
    ...(original === undefined ? {} : { originalEstimateSeconds: original }),
    ...(remaining === undefined ? {} : { remainingEstimateSeconds: remaining }),
    ...(spent === undefined ? {} : { timeSpentSeconds: spent }),
  };
}
