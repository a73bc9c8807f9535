/** Schemes behind the planted projects, so that administration finds what the seed wrote into the projects. */
import type { ProjectRow } from '../entities';
import type { World } from '../world';
import type { WorldSeed } from './seed-types';

/** Id of the permission scheme and the notification scheme that every site is born with. */
const DEFAULT_PERMISSIONS = '0';
const DEFAULT_NOTIFICATIONS = '10000';

/** Gives every project its schemes; run after the projects and before their issues. */
export function plantSchemes(world: World, seed: WorldSeed): void {
  const { store } = world;
  for (const project of store.projects.all()) {
    store.projects.put({
      ...project,
      assigneeType: 'UNASSIGNED',
      issueTypeSchemeId: typeScheme(world, project),
      workflowSchemeId: workflowScheme(world, project),
      permissionSchemeId: DEFAULT_PERMISSIONS,
      notificationSchemeId: DEFAULT_NOTIFICATIONS,
      ...securityScheme(world, project),
    });
  }
  store.permissionSchemes.put({
    id: DEFAULT_PERMISSIONS,
    name: 'Default Permission Scheme',
    description:
      'This is the default Permission Scheme. Any new projects that are created will be assigned this scheme.',
    grants: store.projects.all()[0]?.grants ?? {},
  });
  // Administrators of the site administer new projects, as the groups of Jira's own role do.
  const role = seed.roles.find((row) => row.name === 'Administrators');
  const group = seed.groups.find((row) => row.name === 'jira-administrators');
  if (role !== undefined && group !== undefined) {
    store.defaultActors.put({ id: String(role.id), userIds: [], groupIds: [group.id] });
  }
}

function typeScheme({ store }: World, project: ProjectRow): string {
  const id = store.nextId('issueTypeScheme');
  const first = project.issueTypeIds[0];
  return store.issueTypeSchemes.put({
    id,
    name: `${project.key}: Issue Type Scheme`,
    description: '',
    issueTypeIds: project.issueTypeIds,
    isDefault: false,
    ...(first === undefined ? {} : { defaultIssueTypeId: first }),
  }).id;
}

/** The workflow of most types is the default one; the others are mapped. */
function workflowScheme({ store }: World, project: ProjectRow): string {
  const ids = Object.values(project.workflows);
  const uses = (id: string) => ids.filter((other) => other === id).length;
  const standard = [...ids].sort((left, right) => uses(right) - uses(left))[0] ?? '';
  const special = Object.entries(project.workflows).filter(([, id]) => id !== standard);
  return store.workflowSchemes.put({
    id: store.nextId('workflowScheme'),
    name: `${project.key}: Workflow Scheme`,
    description: '',
    defaultWorkflowId: standard,
    workflowIds: Object.fromEntries(special),
  }).id;
}

function securityScheme({ store }: World, project: ProjectRow): { securitySchemeId?: string } {
  const levelIds = project.securityLevelIds;
  if (levelIds.length === 0) return {};
  const same = store.securitySchemes.all().find((row) => String(row.levelIds) === String(levelIds));
  const scheme =
    same ??
    store.securitySchemes.put({
      id: store.nextId('securityScheme'),
      name: `${project.key}: Security Scheme`,
      description: '',
      levelIds,
    });
  return { securitySchemeId: scheme.id };
}
