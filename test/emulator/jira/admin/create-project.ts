/** Makes a project out of a template: the schemes of a seeded project of the same type. */
import { APP_ROLE_NAME } from '../access';
import type { ProjectRow, RoleActors } from '../entities';
import { refuseFields } from '../problem';
import type { Call } from '../router';
import { newUuid } from '../world';
import { joined, NOBODY } from './actors';
import { freshId } from './fresh-id';
import { type WantedSchemes, withSchemes } from './project-schemes';

export interface NewProject {
  key: string;
  name: string;
  description: string;
  leadId: string;
  typeKey: ProjectRow['typeKey'];
  details: Pick<ProjectRow, 'url' | 'assigneeType' | 'avatarId' | 'categoryId'>;
  schemes: WantedSchemes;
}

/** Type of project of each template of company-managed projects. */
export function typeOfTemplate(template: string): ProjectRow['typeKey'] | undefined {
  if (/^com\.pyxis\.greenhopper\.jira:gh-simplified-(basic|kanban-classic|scrum-classic)$/.test(template)) {
    return 'software';
  }
  if (template.startsWith('com.atlassian.jira-core-project-templates:jira-core-simplified-'))
    return 'business';
  return undefined;
}

/** Stores the project with the members a new one has: default actors, its lead, and the apps of the site. */
export function createProject(call: Call, wanted: NewProject): ProjectRow {
  const { store } = call;
  const all = store.projects.all().filter((row) => row.trashed === undefined && row.appRoleIds.length > 0);
  const model = all.find((row) => row.typeKey === wanted.typeKey) ?? all[0];
  if (model === undefined) throw refuseFields({ projectTemplateKey: 'The site has no such template.' });
  const { categoryId: _, archivedBy: __, email: ___, url: ____, avatarId: _____, ...base } = model;
  const row: ProjectRow = {
    ...base,
    id: freshId(store, 'project', (id) => store.projects.get(id) !== undefined),
    key: wanted.key,
    formerKeys: [],
    name: wanted.name,
    description: wanted.description,
    leadId: wanted.leadId,
    typeKey: wanted.typeKey,
    uuid: newUuid(call.world.random),
    requiredFields: {},
    actors: membersOf(call, wanted.leadId),
    appRoleIds: appRoles(call),
    lastIssueNumber: 0,
    properties: {},
    archived: false,
    ...wanted.details,
  };
  return store.projects.put(withSchemes(store, row, wanted.schemes));
}

function appRoles(call: Call): string[] {
  return call.store.roles
    .all()
    .filter((role) => role.name === APP_ROLE_NAME)
    .map((role) => role.id);
}

function membersOf(call: Call, leadId: string): Record<string, RoleActors> {
  const apps = call.store.users.all().filter((user) => user.accountType === 'app');
  const members: Record<string, RoleActors> = {};
  for (const role of call.store.roles.all()) {
    const added: RoleActors = {
      userIds:
        role.name === APP_ROLE_NAME
          ? apps.map((app) => app.id)
          : role.name === 'Administrators'
            ? [leadId]
            : [],
      groupIds: [],
    };
    members[role.id] = joined(call.store.defaultActors.get(role.id) ?? NOBODY, added);
  }
  return members;
}
