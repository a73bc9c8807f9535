/** Users, groups and permissions. */
import { z } from 'zod';
import { canSeeIssue, findIssue, hasProjectPermission, issueOf, projectOf } from '../access';
import { bodyAs } from '../admin/read-body';
import { hasGlobal } from '../daily/global-permissions';
import type { ProjectRow, UserRow } from '../entities';
import { refuse } from '../problem';
import { type Call, ok, type Reply, type Route, route } from '../router';
import { avatarUrls, renderGroup, renderProfile, renderUser } from '../views/people';
import { requireUser } from '../world';
import { GLOBAL_PERMISSIONS, PERMISSION_NAMES, PROJECT_PERMISSIONS } from './permission-names';
import { listParam, numberParam, page } from './read-query';

/** The default of `jira.ajax.autocomplete.limit`, by which Jira's document bounds the picker. */
const MOST_GROUPS_PICKED = 20;

export const peopleRoutes: readonly Route[] = [
  route('GET /rest/api/3/myself', (call) => {
    call.cost.identity(1);
    return ok(renderProfile(call, requireUser(call), call.query.get('expand') ?? ''));
  }),
  route('GET /rest/api/3/user', (call) => {
    const id = call.query.get('accountId') ?? '';
    const user = call.store.users.get(id);
    if (user === undefined)
      throw refuse(404, `Specified user does not exist or you do not have required permissions`);
    call.cost.identity(1);
    return ok(renderProfile(call, user, call.query.get('expand') ?? ''));
  }),
  route(
    'GET /rest/api/3/user/search',
    (call) => {
      const accountId = call.query.get('accountId');
      const query = call.query.get('query');
      if (accountId === null && query === null) {
        throw refuse(400, 'The query parameters accountId, query and property are not all present.');
      }
      const users = people(call).filter((row) =>
        accountId === null ? fits(call, row, query ?? '') : row.id === accountId,
      );
      return ok(slice(call, users).map((row) => renderUser(call, row)));
    },
    { without: ['property'] },
  ),
  route('GET /rest/api/3/user/bulk', (call) => {
    const ids = listParam(call, 'accountId');
    if (ids.length === 0) throw refuse(400, 'accountId is required.');
    const users = ids
      .map((id) => call.store.users.get(id))
      .filter((row): row is UserRow => row !== undefined);
    const shown = page(call, 'user/bulk', users, 10);
    call.cost.identity(shown.values.length);
    return ok({ ...shown, values: shown.values.map((row) => renderUser(call, row)) });
  }),
  route('GET /rest/api/3/users/search', (call) =>
    ok(slice(call, call.store.users.all()).map((row) => renderUser(call, row))),
  ),
  route('GET /rest/api/3/users', (call) =>
    ok(slice(call, call.store.users.all()).map((row) => renderUser(call, row))),
  ),
  route('GET /rest/api/3/user/assignable/search', assignable, {
    without: ['actionDescriptorId', 'recommend', 'accountType', 'appType'],
  }),
  route('GET /rest/api/3/user/groups', (call) => {
    const user = call.store.users.get(call.query.get('accountId'));
    if (user === undefined) throw refuse(404, 'The user was not found.');
    return ok(user.groupIds.map((id) => renderGroup(call, id)));
  }),
  route('GET /rest/api/3/group/bulk', groupsInBulk, { without: ['accessType', 'applicationKey'] }),
  route('GET /rest/api/3/group/member', (call) => {
    const id = call.query.get('groupId');
    const name = call.query.get('groupname');
    const group = call.store.groups.all().find((row) => (id === null ? row.name === name : row.id === id));
    if (group === undefined) throw refuse(404, `Group '${id ?? name ?? ''}' is not found.`);
    const withInactive = call.query.get('includeInactiveUsers') === 'true';
    const shown = page(
      call,
      'group/member',
      call.store.users
        .all()
        .filter((row) => row.groupIds.includes(group.id))
        .filter((row) => row.active || withInactive),
    );
    call.cost.identity(shown.values.length);
    return ok({ ...shown, values: shown.values.map((row) => renderUser(call, row)) });
  }),
  route('GET /rest/api/3/groups/picker', (call) => ok(foundGroups(call)), { open: true }),
  route('GET /rest/api/3/groupuserpicker', pickPeople, {
    without: ['fieldId', 'projectId', 'issueTypeId', 'avatarSize', 'includeAiAgents'],
  }),
  route('GET /rest/api/3/mypermissions', myPermissions, {
    without: ['projectUuid', 'projectConfigurationUuid', 'commentId'],
  }),
  route('GET /rest/api/3/permissions', (call) => {
    requireUser(call);
    const all = [...GLOBAL_PERMISSIONS, ...PROJECT_PERMISSIONS];
    return ok({ permissions: Object.fromEntries(all.map((key) => [key, describe(key)])) });
  }),
  route('POST /rest/api/3/permissions/check', checkPermissions),
];

/** Active people; apps are found by account id only. */
function people(call: Call): UserRow[] {
  return call.store.users.all().filter((row) => row.active && row.accountType === 'atlassian');
}

function fits(call: Call, user: UserRow, query: string): boolean {
  const text = query.toLowerCase();
  const mailKnown = user.emailVisible || user.id === call.me?.id;
  return (
    user.name
      .toLowerCase()
      .split(' ')
      .concat(user.name.toLowerCase())
      .some((word) => word.startsWith(text)) ||
    (mailKnown && user.email.toLowerCase().startsWith(text))
  );
}

function slice(call: Call, users: readonly UserRow[]): UserRow[] {
  const startAt = numberParam(call, 'startAt', 0);
  const shown = users.slice(startAt, startAt + numberParam(call, 'maxResults', 50));
  call.cost.identity(shown.length);
  return shown;
}

function assignable(call: Call): Reply {
  const issueName = call.query.get('issueKey') ?? call.query.get('issueId');
  const projectName = call.query.get('project');
  if (issueName === null && projectName === null)
    throw refuse(400, 'Either project or issueKey is required.');
  const project =
    issueName === null
      ? projectOf(call, projectName ?? '')
      : call.store.projects.must(issueOf(call, issueName).projectId);
  const accountId = call.query.get('accountId');
  const users = call.store.users
    .all()
    .filter((row) => row.active && hasProjectPermission(row, project, 'ASSIGNABLE_USER'))
    .filter((row) =>
      accountId === null ? fits(call, row, call.query.get('query') ?? '') : row.id === accountId,
    );
  return ok(slice(call, users).map((row) => renderUser(call, row)));
}

function groupsInBulk(call: Call): Reply {
  const [ids, names] = [listParam(call, 'groupId'), call.query.getAll('groupName')];
  const groups = call.store.groups
    .all()
    .filter((row) => ids.length === 0 || ids.includes(row.id))
    .filter((row) => names.length === 0 || names.includes(row.name));
  const shown = page(call, 'group/bulk', groups);
  return ok({ ...shown, values: shown.values.map((row) => ({ name: row.name, groupId: row.id })) });
}

/** Apps are never among the people, so `excludeConnectAddons` takes nobody away. */
function pickPeople(call: Call): Reply {
  const query = call.query.get('query');
  if (query === null) throw refuse(400, "The query parameter 'query' is required.");
  const found = people(call).filter((row) => fits(call, row, query));
  const users = found.slice(0, numberParam(call, 'maxResults', 50));
  const withAvatar = call.query.get('showAvatar') === 'true';
  call.cost.identity(users.length);
  return ok({
    users: {
      users: users.map((row) => ({
        accountId: row.id,
        accountType: row.accountType,
        displayName: row.name,
        html: row.name,
        ...(withAvatar ? { avatarUrl: avatarUrls(row.id)['16x16'] } : {}),
      })),
      total: found.length,
      header: `Showing ${users.length} of ${found.length} matching users`,
    },
    groups: foundGroups(call),
  });
}

function foundGroups(call: Call): Record<string, unknown> {
  const ignoresCase = call.query.get('caseInsensitive') === 'true';
  const folded = (text: string) => (ignoresCase ? text.toLowerCase() : text);
  const text = folded(call.query.get('query') ?? '');
  const [names, ids] = [call.query.getAll('exclude'), call.query.getAll('excludeId')];
  // Visitors may not browse groups: they find none.
  const known = call.me === undefined ? [] : call.store.groups.all();
  const found = known
    .filter((row) => folded(row.name).includes(text))
    .filter((row) => !names.includes(row.name) && !ids.includes(row.id));
  const groups = found.slice(0, numberParam(call, 'maxResults', MOST_GROUPS_PICKED));
  return {
    header: `Showing ${groups.length} of ${found.length} matching groups`,
    total: found.length,
    groups: groups.map((row) => ({ name: row.name, html: row.name, labels: [], groupId: row.id })),
  };
}

function describe(key: string): Record<string, unknown> {
  const isGlobal = GLOBAL_PERMISSIONS.includes(key);
  return {
    key,
    name: PERMISSION_NAMES[key] ?? key,
    type: isGlobal ? 'GLOBAL' : 'PROJECT',
    description: PERMISSION_NAMES[key] ?? key,
  };
}

function myPermissions(call: Call): Reply {
  const me = requireUser(call);
  const keys = listParam(call, 'permissions');
  if (keys.length === 0) throw refuse(400, 'The `permissions` query parameter is required.');
  const project = placeAsked(call);
  const permissions: Record<string, unknown> = {};
  for (const key of keys) {
    const isGlobal = GLOBAL_PERMISSIONS.includes(key);
    if (!isGlobal && !PROJECT_PERMISSIONS.includes(key)) throw refuse(400, `Unrecognized permission: ${key}`);
    const anywhere = project === undefined ? call.store.projects.all() : [project];
    const have = isGlobal ? hasGlobal(me, key) : anywhere.some((row) => hasProjectPermission(me, row, key));
    permissions[key] = { id: String(idOf(key)), ...describe(key), havePermission: have };
  }
  return ok({ permissions });
}

function idOf(key: string): number {
  return [...GLOBAL_PERMISSIONS, ...PROJECT_PERMISSIONS].indexOf(key);
}

function placeAsked(call: Call): ProjectRow | undefined {
  const issue = call.query.get('issueKey') ?? call.query.get('issueId');
  if (issue !== null) return call.store.projects.must(issueOf(call, issue).projectId);
  const project = call.query.get('projectKey') ?? call.query.get('projectId');
  return project === null ? undefined : projectOf(call, project);
}

const wholeNumbers = z.array(z.number().int()).optional();
const ProjectAsk = z.strictObject({
  permissions: z.array(z.string()),
  projects: wholeNumbers,
  issues: wholeNumbers,
});
const PermissionsBody = z.strictObject({
  accountId: z.string().optional(),
  globalPermissions: z.array(z.string()).optional(),
  projectPermissions: z.array(ProjectAsk).optional(),
});

/** What an account may do, as lists of projects and issues where it holds. */
function checkPermissions(call: Call): Reply {
  const me = requireUser(call);
  const body = bodyAs(call, PermissionsBody);
  const user = body.accountId === undefined ? me : call.store.users.get(body.accountId);
  if (user === undefined) throw refuse(400, 'The account was not found.');
  if (user.id !== me.id && !me.admin && me.accountType !== 'app') {
    throw refuse(403, 'Only administrators may check the permissions of others.');
  }
  const session = { ...call, me: user };
  const projectPermissions = (body.projectPermissions ?? []).flatMap((ask) =>
    ask.permissions.map((permission) => ({
      permission,
      projects: (ask.projects ?? []).filter((id) => {
        const project = call.store.projects.get(String(id));
        return project !== undefined && hasProjectPermission(user, project, permission);
      }),
      issues: (ask.issues ?? []).filter((id) => {
        const issue = findIssue(session, String(id));
        if (issue === undefined || !canSeeIssue(session, issue)) return false;
        return hasProjectPermission(user, call.store.projects.must(issue.projectId), permission);
      }),
    })),
  );
  return ok({
    projectPermissions,
    globalPermissions: (body.globalPermissions ?? []).filter((key) => hasGlobal(user, key)),
  });
}
