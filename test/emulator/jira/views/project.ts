/** How projects read in answers. */
import { assigneeOfComponent } from '../admin/assignees';
import { versionsOf } from '../admin/places';
import type { ProjectRow } from '../entities';
import { isDataCenter, type Session, selfUrl, siteUrl } from '../world';
import { renderComponent, renderIssueType, renderVersionInFull } from './choices';
import { renderUserIn } from './people';

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
  };
}

function projectAvatars(session: Session, project: ProjectRow): Record<string, string> {
  if (isDataCenter(session)) {
    const picture = (size: string) => siteUrl(session, `/secure/projectavatar?${size}avatarId=10324`);
    return {
      '48x48': picture(''),
      '24x24': picture('size=small&'),
      '16x16': picture('size=xsmall&'),
      '32x32': picture('size=medium&'),
    };
  }
  const base = selfUrl(
    session,
    `universal_avatar/view/type/project/avatar/${10400 + (Number(project.id) % 20)}`,
  );
  return {
    '48x48': base,
    '24x24': `${base}?size=small`,
    '16x16': `${base}?size=xsmall`,
    '32x32': `${base}?size=medium`,
  };
}

/** The project as lists show it; `expand` may add description, lead and issue types. */
export function renderProjectRow(
  session: Session,
  project: ProjectRow,
  expand: string,
): Record<string, unknown> {
  const wants = expand.split(',');
  return {
    expand: 'description,lead,issueTypes,url,projectKeys,permissions,insight',
    ...renderProjectBrief(session, project),
    ...(wants.includes('description') ? { description: project.description } : {}),
    ...(wants.includes('lead') ? { lead: renderUserIn(session, project.leadId) } : {}),
    ...(wants.includes('issueTypes') ? { issueTypes: typesOf(session, project) } : {}),
    style: 'classic',
    isPrivate: false,
    properties: {},
  };
}

function typesOf(session: Session, project: ProjectRow): Record<string, unknown>[] {
  return project.issueTypeIds.map((id) => renderIssueType(session, session.store.issueTypes.must(id)));
}

/** The project in full. */
export function renderProject(session: Session, project: ProjectRow): Record<string, unknown> {
  const { store } = session;
  const roles = Object.keys(project.actors).map((id) => [
    store.roles.must(id).name,
    selfUrl(session, `project/${project.id}/role/${id}`),
  ]);
  return {
    ...renderProjectRow(session, project, 'description,lead'),
    issueTypes: typesOf(session, project),
    assigneeType: project.assigneeType ?? 'UNASSIGNED',
    components: store.components.by('project', project.id).map((row) => ({
      ...renderComponent(session, row.id),
      isAssigneeTypeValid: assigneeOfComponent(session, row).valid,
    })),
    versions: versionsOf(store, project.id).map((row) => renderVersionInFull(session, row.id)),
    roles: Object.fromEntries(roles),
  };
}
