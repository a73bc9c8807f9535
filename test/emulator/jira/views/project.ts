/** How projects read in answers. */
import { hasProjectPermission } from '../access';
import { assigneeOfComponent } from '../admin/assignees';
import { versionsOf } from '../admin/places';
import type { ProjectRow } from '../entities';
import { formatMoment } from '../time';
import { isDataCenter, type Session, selfUrl, siteUrl } from '../world';
import { renderComponent, renderIssueType, renderVersionInFull } from './choices';
import { renderUserIn } from './people';

/** How long a deleted project stays in the recycle bin. */
const RETENTION_MS = 60 * 24 * 3_600_000;

/** The project as issues and create forms show it. */
export function renderProjectBrief(session: Session, project: ProjectRow): Record<string, unknown> {
  return {
    self: selfUrl(session, `project/${project.id}`),
    id: project.id,
    key: project.key,
    name: project.name,
    projectTypeKey: project.typeKey,
    ...(isDataCenter(session) ? {} : { simplified: false }),
    avatarUrls: projectAvatars(session, project),
    ...(project.categoryId === undefined
      ? {}
      : { projectCategory: renderCategory(session, project.categoryId) }),
  };
}

/** Data Center draws pictures of projects outside REST. */
function serverAvatars(session: Session): Record<string, string> {
  const picture = (size: string) => siteUrl(session, `/secure/projectavatar?${size}avatarId=10324`);
  return {
    '48x48': picture(''),
    '24x24': picture('size=small&'),
    '16x16': picture('size=xsmall&'),
    '32x32': picture('size=medium&'),
  };
}

function projectAvatars(session: Session, project: ProjectRow): Record<string, string> {
  if (isDataCenter(session)) return serverAvatars(session);
  const avatar = project.avatarId ?? 10400 + (Number(project.id) % 20);
  const base = selfUrl(session, `universal_avatar/view/type/project/avatar/${avatar}`);
  return {
    '48x48': base,
    '24x24': `${base}?size=small`,
    '16x16': `${base}?size=xsmall`,
    '32x32': `${base}?size=medium`,
  };
}

export function renderCategory(session: Session, id: string): Record<string, unknown> {
  const row = session.store.categories.must(id);
  return {
    self: selfUrl(session, `projectCategory/${id}`),
    id,
    name: row.name,
    description: row.description,
  };
}

/** What a reader asked for beyond the plain row. */
export interface ProjectAsk {
  expand: readonly string[];
  /** Keys of project properties to show. */
  properties: readonly string[];
}

/** The project as lists show it, with the expansions that the document names. */
export function renderProjectRow(
  session: Session,
  project: ProjectRow,
  { expand, properties }: ProjectAsk,
): Record<string, unknown> {
  const shown = properties.filter((key) => project.properties[key] !== undefined);
  return {
    expand: 'description,lead,issueTypes,url,projectKeys,permissions,insight',
    ...renderProjectBrief(session, project),
    ...expanded(session, project, expand),
    ...binOf(session, project),
    style: 'classic',
    isPrivate: false,
    properties: Object.fromEntries(shown.map((key) => [key, project.properties[key]])),
  };
}

function expanded(session: Session, project: ProjectRow, expand: readonly string[]): Record<string, unknown> {
  const parts: Readonly<Record<string, () => Record<string, unknown>>> = {
    description: () => ({ description: project.description }),
    lead: () => ({ lead: renderUserIn(session, project.leadId) }),
    issueTypes: () => ({ issueTypes: typesOf(session, project) }),
    url: () => (project.url === undefined ? {} : { url: project.url }),
    permissions: () => ({
      permissions: { canEdit: hasProjectPermission(session.me, project, 'ADMINISTER_PROJECTS') },
    }),
    insight: () => ({ insight: insightOf(session, project) }),
    issueTypeHierarchy: () => ({ issueTypeHierarchy: { levels: levelsOf(session, project) } }),
  };
  return Object.assign({}, ...expand.map((name) => parts[name]?.() ?? {}));
}

function insightOf(session: Session, project: ProjectRow): Record<string, unknown> {
  const issues = session.store.issues.by('project', project.id);
  const newest = issues.reduce((latest, issue) => Math.max(latest, issue.updated), 0);
  return {
    totalIssueCount: issues.length,
    ...(newest === 0 ? {} : { lastIssueUpdateTime: formatMoment(newest, session.timeZone) }),
  };
}

function levelsOf(session: Session, project: ProjectRow): Record<string, unknown>[] {
  const names: Readonly<Record<number, string>> = { [-1]: 'Subtask', 0: 'Base', 1: 'Epic' };
  const types = project.issueTypeIds.map((id) => session.store.issueTypes.must(id));
  const levels = [...new Set(types.map((type) => type.hierarchyLevel))].sort((left, right) => right - left);
  return levels.map((level) => ({
    id: level + 2,
    name: names[level] ?? `Level ${level}`,
    level,
    issueTypeIds: types.filter((type) => type.hierarchyLevel === level).map((type) => Number(type.id)),
  }));
}

/** Since when and by whom the project is archived or in the recycle bin. */
function binOf(session: Session, project: ProjectRow): Record<string, unknown> {
  const moment = (at: number) => formatMoment(at, session.timeZone);
  const { trashed, archivedBy } = project;
  return {
    ...(trashed === undefined
      ? {}
      : {
          deleted: true,
          deletedDate: moment(trashed.at),
          deletedBy: renderUserIn(session, trashed.by),
          retentionTillDate: moment(trashed.at + RETENTION_MS),
        }),
    ...(project.archived ? { archived: true } : {}),
    ...(archivedBy === undefined
      ? {}
      : { archivedDate: moment(archivedBy.at), archivedBy: renderUserIn(session, archivedBy.by) }),
  };
}

function typesOf(session: Session, project: ProjectRow): Record<string, unknown>[] {
  return project.issueTypeIds.map((id) => renderIssueType(session, session.store.issueTypes.must(id)));
}

/** The project in full. */
export function renderProject(
  session: Session,
  project: ProjectRow,
  ask: ProjectAsk = { expand: [], properties: [] },
): Record<string, unknown> {
  const { store } = session;
  const roles = Object.keys(project.actors).map((id) => [
    store.roles.must(id).name,
    selfUrl(session, `project/${project.id}/role/${id}`),
  ]);
  const expand = [...ask.expand, 'description', 'lead', 'issueTypes', 'url'];
  return {
    ...renderProjectRow(session, project, { ...ask, expand }),
    ...(project.email === undefined ? {} : { email: project.email }),
    assigneeType: project.assigneeType ?? 'UNASSIGNED',
    components: store.components.by('project', project.id).map((row) => ({
      ...renderComponent(session, row.id),
      isAssigneeTypeValid: assigneeOfComponent(session, row).valid,
    })),
    versions: versionsOf(store, project.id).map((row) => renderVersionInFull(session, row.id)),
    roles: Object.fromEntries(roles),
  };
}
