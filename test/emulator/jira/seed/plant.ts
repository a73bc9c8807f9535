/** Turns a written-down world into rows. The same seed and randomness plant the same site. */
import { ANYONE, APP_ROLE_NAME } from '../access';
import { addScreen, DEFAULT_SCREEN_ID } from '../admin/screens';
import type { FieldRow, TransitionRow } from '../entities';
import { PROJECT_PERMISSIONS } from '../routes/permission-names';
import type { World } from '../world';
import { newUuid } from '../world';
import { fieldId, idByName } from './names';
import { plantBoards } from './plant-boards';
import { plantIssues } from './plant-issues';
import { plantSchemes } from './plant-schemes';
import { plantScreens } from './plant-screens';
import type { FieldSeed, ProjectSeed, TransitionSeed, WorldSeed } from './seed-types';
import { systemFields } from './system-fields';

/** Fields of the screen that every site is born with. */
const DEFAULT_FIELDS = ['summary', 'description', 'priority', 'labels', 'assignee', 'reporter', 'attachment'];

const CUSTOM_PREFIX = 'com.atlassian.jira.plugin.system.customfieldtypes:';

/** Fills an empty store. */
export function plant(world: World, seed: WorldSeed): void {
  const { store } = world;
  for (const [id, next] of Object.entries(seed.firstIds)) store.counters.put({ id, next });
  for (const row of seed.groups) store.groups.put(row);
  for (const row of seed.roles)
    store.roles.put({ id: String(row.id), name: row.name, description: row.description });
  for (const user of seed.users) {
    store.users.put({
      id: user.accountId,
      name: user.name,
      email: user.email,
      token: `${user.nick}-token`,
      admin: user.admin === true,
      accountType: 'atlassian',
      active: user.inactive !== true,
      timeZone: user.timeZone,
      locale: 'en_US',
      groupIds: (user.groups ?? []).map((name) => idByName(seed.groups, name)),
      emailVisible: user.hidesEmail !== true,
      ...(user.username === undefined ? {} : { username: user.username }),
      ...(user.password === undefined ? {} : { password: user.password }),
    });
  }
  plantChoices(world, seed);
  for (const row of systemFields(seed.flavour)) store.fields.put(row);
  for (const field of seed.fields) store.fields.put(fieldRow(field));
  addScreen(store, 'Default Screen', DEFAULT_FIELDS, DEFAULT_SCREEN_ID);
  for (const row of seed.workflows) {
    const statusIds = row.statuses.map((name) => idByName(seed.statuses, name));
    store.workflows.put({
      id: String(row.id),
      name: row.name,
      initialStatusId: statusIds[0] ?? '',
      statusIds,
      transitions: row.transitions.map((transition) => transitionRow(world, seed, transition)),
    });
  }
  for (const project of seed.projects) plantProject(world, seed, project);
  plantSchemes(world, seed);
  for (const field of seed.fields) plantContexts(world, seed, field);
  plantBoards(world, seed);
  plantIssues(world, seed);
}

function plantChoices(world: World, seed: WorldSeed): void {
  const { store } = world;
  for (const row of seed.issueTypes) {
    store.issueTypes.put({
      id: String(row.id),
      name: row.name,
      description: row.description,
      hierarchyLevel: row.level,
      avatarId: row.avatar,
    });
  }
  for (const row of seed.statuses) {
    store.statuses.put({
      id: String(row.id),
      name: row.name,
      description: row.description,
      categoryId: row.category,
    });
  }
  for (const row of seed.priorities) {
    store.priorities.put({
      id: String(row.id),
      name: row.name,
      description: row.description,
      statusColor: row.color,
    });
  }
  for (const row of seed.resolutions) store.resolutions.put({ ...row, id: String(row.id) });
  for (const row of seed.linkTypes) store.linkTypes.put({ ...row, id: String(row.id) });
  for (const row of seed.securityLevels) {
    const roleIds = row.roles.map((name) => idByName(seed.roles, name));
    store.securityLevels.put({
      id: String(row.id),
      name: row.name,
      description: row.description,
      roleIds,
      userIds: [],
    });
  }
  for (const row of seed.sprints) {
    store.sprints.put({
      id: String(row.id),
      name: row.name,
      state: row.state,
      boardId: row.board,
      goal: row.goal,
      startDate: `${row.from}T08:00:00.000Z`,
      endDate: `${row.to}T16:00:00.000Z`,
      ...(row.state === 'closed' ? { completeDate: `${row.to}T16:05:00.000Z` } : {}),
    });
  }
}

function fieldRow(seed: FieldSeed): FieldRow {
  const id = `customfield_${seed.number}`;
  const custom = seed.suffix.includes(':') ? seed.suffix : CUSTOM_PREFIX + seed.suffix;
  return {
    id,
    name: seed.name,
    kind: seed.kind,
    custom: true,
    schema: {
      type: seed.type,
      ...(seed.items === undefined ? {} : { items: seed.items }),
      custom,
      customId: seed.number,
    },
    clauseNames: [`cf[${seed.number}]`, seed.name],
    navigable: true,
    orderable: true,
    searchable: true,
    description: seed.description ?? '',
  };
}

function transitionRow(world: World, seed: WorldSeed, row: TransitionSeed): TransitionRow {
  const statusOf = (name: string) => (name === 'same' ? name : idByName(seed.statuses, name));
  const { screen, ...rest } = row;
  const { resolution, required, validator } = row;
  const rule =
    resolution !== undefined && 'set' in resolution
      ? { set: idByName(seed.resolutions, resolution.set) }
      : resolution;
  return {
    ...rest,
    from: row.from.map(statusOf),
    to: statusOf(row.to),
    ...(screen === undefined
      ? {}
      : {
          screenId: addScreen(
            world.store,
            `${row.name} Screen`,
            screen.map((name) => fieldId(seed, name)),
          ),
        }),
    ...(required === undefined ? {} : { required: required.map((name) => fieldId(seed, name)) }),
    ...(validator === undefined
      ? {}
      : { validator: { ...validator, field: fieldId(seed, validator.field) } }),
    ...(rule === undefined ? {} : { resolution: rule }),
  };
}

function plantProject(world: World, seed: WorldSeed, project: ProjectSeed): void {
  const { store } = world;
  const types = Object.entries(project.types).map(([name, workflow]) => ({
    id: idByName(seed.issueTypes, name),
    level: seed.issueTypes.find((row) => row.name === name)?.level ?? 0,
    name,
    workflow: idByName(seed.workflows, workflow),
  }));
  const ids = (names: readonly string[]) => names.map((name) => fieldId(seed, name));
  const actors = Object.entries(project.roles).map(([role, members]) => [
    idByName(seed.roles, role),
    {
      userIds: seed.users.filter((user) => members.includes(user.nick)).map((user) => user.accountId),
      groupIds: seed.groups.filter((group) => members.includes(group.name)).map((group) => group.id),
    },
  ]);
  const open = seed.roles.filter((role) => role.name === APP_ROLE_NAME && project.closedToApps !== true);
  for (const role of open) actors.push([String(role.id), { userIds: [], groupIds: [] }]);
  const appRoleIds = [
    ...open.map((role) => String(role.id)),
    ...(project.appRoles ?? []).map((name) => idByName(seed.roles, name)),
  ];
  store.projects.put({
    id: String(project.id),
    key: project.key,
    name: project.name,
    description: project.description,
    leadId: seed.users.find((user) => user.nick === project.lead)?.accountId ?? '',
    typeKey: project.typeKey,
    uuid: newUuid(world.random),
    issueTypeIds: types.map((type) => type.id),
    workflows: Object.fromEntries(types.map((type) => [type.id, type.workflow])),
    screenSchemeId: plantScreens(store, {
      key: project.key,
      types,
      create: ids(project.create),
      edit: ids(project.edit),
      flat: seed.flavour === 'datacenter',
    }),
    requiredFields: Object.fromEntries(
      types.map((type) => [type.id, ids(project.required?.[type.name] ?? [])]),
    ),
    actors: Object.fromEntries(actors),
    grants: grantsOf(seed, project.anyone ?? []),
    priorityIds: project.priorities.map((name) => idByName(seed.priorities, name)),
    defaultPriorityId: idByName(seed.priorities, project.defaultPriority),
    securityLevelIds: (project.security ?? []).map((name) => idByName(seed.securityLevels, name)),
    lastIssueNumber: 0,
    appRoleIds,
    properties: {},
    archived: false,
  });
  for (const version of project.versions ?? []) {
    store.versions.put({
      id: store.nextId('version'),
      projectId: String(project.id),
      archived: false,
      released: false,
      description: '',
      ...version,
    });
  }
  for (const { lead, ...component } of project.components ?? []) {
    const leadId = seed.users.find((user) => user.nick === lead)?.accountId;
    store.components.put({
      id: store.nextId('component'),
      projectId: String(project.id),
      ...component,
      ...(leadId === undefined ? {} : { leadId }),
    });
  }
}

function grantsOf(seed: WorldSeed, anyone: readonly string[]): Record<string, string[]> {
  const grants: Record<string, string[]> = {};
  for (const permission of PROJECT_PERMISSIONS) {
    grants[permission] = seed.roles
      .filter((role) => role.grants === 'all' || role.grants.includes(permission))
      .map((role) => String(role.id));
    if (anyone.includes(permission)) grants[permission].push(ANYONE);
  }
  return grants;
}

function plantContexts(world: World, seed: WorldSeed, field: FieldSeed): void {
  const { store } = world;
  const id = `customfield_${field.number}`;
  for (const context of field.contexts ?? [{ name: `Default configuration for ${field.name}` }]) {
    const contextId = store.nextId('context');
    store.contexts.put({
      id: contextId,
      fieldId: id,
      name: context.name,
      description: '',
      projectIds: (context.projects ?? []).map((key) =>
        String(seed.projects.find((row) => row.key === key)?.id),
      ),
      issueTypeIds: (context.types ?? []).map((name) => idByName(seed.issueTypes, name)),
    });
    for (const option of context.options ?? []) {
      const [value, children] = typeof option === 'string' ? [option, []] : option;
      const optionId = store.nextId('option');
      const base = { fieldId: id, contextId, disabled: false };
      store.options.put({ ...base, id: optionId, value });
      for (const child of children)
        store.options.put({ ...base, id: store.nextId('option'), value: child, parentId: optionId });
    }
  }
}
