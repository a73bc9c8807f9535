/** People, groups and permissions of Data Center: by user name and key. */
import { demandAdmin, hasProjectPermission, issueOf, projectOf } from '../../jira/access';
import type { ProjectRow, UserRow } from '../../jira/entities';
import { refuse } from '../../jira/problem';
import { type Call, ok, type Reply, type Route, route } from '../../jira/router';
import {
  GLOBAL_PERMISSIONS,
  PERMISSION_NAMES,
  PROJECT_PERMISSIONS,
} from '../../jira/routes/permission-names';
import { listParam, numberParam } from '../../jira/routes/read-query';
import { renderGroup, renderUser } from '../../jira/views/people';
import { requireUser, type Session } from '../../jira/world';
import { pageBean } from '../page-bean';

export const serverPeopleRoutes: readonly Route[] = [
  route('GET /rest/api/2/myself', (call) => ok(profile(call, requireUser(call)))),
  route('GET /rest/api/2/user', (call) => {
    requireUser(call);
    const name = call.query.get('username');
    const key = call.query.get('key');
    if (name === null && key === null)
      throw refuse(404, "The 'username' or the 'key' query parameter was not provided");
    const user = name === null ? call.store.users.get(key) : userNamed(call, name);
    if (user === undefined) throw refuse(404, `The user named '${name ?? key}' does not exist`);
    return ok(profile(call, user));
  }),
  route('GET /rest/api/2/user/search', (call) => {
    requireUser(call);
    const text = call.query.get('username');
    if (text === null || text === '') throw refuse(400, 'The username query parameter was not provided');
    const active = call.query.get('includeActive') !== 'false';
    const inactive = call.query.get('includeInactive') === 'true';
    const found = call.store.users
      .all()
      .filter((row) => (row.active ? active : inactive))
      .filter((row) => text === '.' || fits(row, text));
    return ok(slice(call, found).map((row) => renderUser(call, row)));
  }),
  route('GET /rest/api/2/user/picker', pickUsers),
  route('GET /rest/api/2/user/assignable/search', assignable),
  route('GET /rest/api/2/user/assignable/multiProjectSearch', (call) => {
    requireUser(call);
    const projects = listParam(call, 'projectKeys').map((key) => projectOf(call, key));
    if (projects.length === 0) throw refuse(404, 'The projectKeys query parameter was not provided');
    const found = assignees(call, projects);
    return ok(slice(call, found).map((row) => renderUser(call, row)));
  }),
  route('GET /rest/api/2/group/member', groupMembers),
  route('GET /rest/api/2/groups/picker', (call) => {
    requireUser(call);
    return ok(groupSuggestions(call, call.query.get('query') ?? ''));
  }),
  route('GET /rest/api/2/groupuserpicker', (call) => {
    requireUser(call);
    const text = call.query.get('query') ?? '';
    return ok({ users: userSuggestions(call, text), groups: groupSuggestions(call, text) });
  }),
  route('GET /rest/api/2/mypermissions', myPermissions, { open: true }),
];

/** The account of a user name, which knows no case. */
export function userNamed(session: Session, name: string): UserRow | undefined {
  const wanted = name.toLowerCase();
  return session.store.users.all().find((row) => row.username?.toLowerCase() === wanted);
}

/** The person with groups and roles, as `GET /user` and `/myself` give it. */
function profile(call: Call, user: UserRow): Record<string, unknown> {
  const wants = listParam(call, 'expand');
  const groups = user.groupIds.map((id) => renderGroup(call, id));
  return {
    ...renderUser(call, user),
    deleted: false,
    locale: user.locale,
    groups: { size: groups.length, items: wants.includes('groups') ? groups : [] },
    applicationRoles: {
      size: 1,
      items: wants.includes('applicationRoles') ? [{ key: 'jira-software', name: 'Jira Software' }] : [],
    },
    expand: 'groups,applicationRoles',
  };
}

function fits(user: UserRow, text: string): boolean {
  const wanted = text.toLowerCase();
  const words = [user.username ?? '', user.email, user.name, ...user.name.split(' ')];
  return words.some((word) => word.toLowerCase().startsWith(wanted));
}

function slice(call: Call, users: readonly UserRow[]): UserRow[] {
  const startAt = numberParam(call, 'startAt', 0);
  // 1000 is the most that Jira gives, 50 what it gives unasked.
  return users.slice(startAt, startAt + Math.min(numberParam(call, 'maxResults', 50), 1000));
}

function userSuggestions(call: Call, text: string): Record<string, unknown> {
  const excluded = listParam(call, 'exclude');
  const all = call.store.users
    .all()
    .filter((row) => row.active && !excluded.includes(row.username ?? '') && fits(row, text));
  const shown = all.slice(0, numberParam(call, 'maxResults', 50));
  return {
    users: shown.map((row) => ({
      name: row.username,
      key: row.id,
      html: `${row.name} - ${row.email} (${row.username})`,
      displayName: row.name,
    })),
    total: all.length,
    header: `Showing ${shown.length} of ${all.length} matching users`,
  };
}

function pickUsers(call: Call): Reply {
  requireUser(call);
  const text = call.query.get('query');
  if (text === null) throw refuse(404, 'The query parameter was not provided');
  return ok(userSuggestions(call, text));
}

function assignees(call: Call, projects: readonly ProjectRow[]): UserRow[] {
  const text = call.query.get('username') ?? '';
  return call.store.users
    .all()
    .filter((row) => row.active && (text === '' || fits(row, text)))
    .filter((row) => projects.every((project) => hasProjectPermission(row, project, 'ASSIGNABLE_USER')));
}

function assignable(call: Call): Reply {
  requireUser(call);
  const issueName = call.query.get('issueKey');
  const projectName = call.query.get('project');
  if (issueName === null && projectName === null) {
    throw refuse(400, 'Project or issue key must be provided');
  }
  const project =
    issueName === null
      ? projectOf(call, projectName ?? '')
      : call.store.projects.must(issueOf(call, issueName).projectId);
  return ok(slice(call, assignees(call, [project])).map((row) => renderUser(call, row)));
}

function groupMembers(call: Call): Reply {
  demandAdmin(call);
  const name = call.query.get('groupname') ?? '';
  const group = call.store.groups.all().find((row) => row.name === name);
  if (group === undefined) throw refuse(404, `The group named '${name}' does not exist.`);
  const all = call.query.get('includeInactiveUsers') === 'true';
  const members = call.store.users
    .all()
    .filter((row) => row.groupIds.includes(group.id) && (all || row.active));
  return ok(pageBean(call, members, (row) => renderUser(call, row)));
}

function groupSuggestions(call: Call, text: string): Record<string, unknown> {
  const excluded = listParam(call, 'exclude');
  const all = call.store.groups
    .all()
    .filter((row) => row.name.toLowerCase().includes(text.toLowerCase()) && !excluded.includes(row.name));
  const shown = all.slice(0, numberParam(call, 'maxResults', 20));
  return {
    header: `Showing ${shown.length} of ${all.length} matching groups`,
    total: all.length,
    groups: shown.map((row) => ({ name: row.name, html: row.name, labels: [] })),
  };
}

function placeAsked(call: Call): ProjectRow | undefined {
  const issue = call.query.get('issueKey') ?? call.query.get('issueId');
  if (issue !== null) return call.store.projects.must(issueOf(call, issue).projectId);
  const project = call.query.get('projectKey') ?? call.query.get('projectId');
  return project === null ? undefined : projectOf(call, project);
}

/** All permissions, held or not; without a place a project permission counts when any project grants it. */
function myPermissions(call: Call): Reply {
  const place = placeAsked(call);
  const projects = place === undefined ? call.store.projects.all() : [place];
  const all = [...GLOBAL_PERMISSIONS, ...PROJECT_PERMISSIONS];
  const entries = all.map((key, position) => {
    const isGlobal = GLOBAL_PERMISSIONS.includes(key);
    const held = isGlobal
      ? holdsGlobal(call.me, key)
      : projects.some((project) => hasProjectPermission(call.me, project, key));
    return [
      key,
      {
        id: String(position),
        key,
        name: PERMISSION_NAMES[key] ?? key,
        type: isGlobal ? 'GLOBAL' : 'PROJECT',
        description: PERMISSION_NAMES[key] ?? key,
        havePermission: held,
      },
    ];
  });
  return ok({ permissions: Object.fromEntries(entries) });
}

function holdsGlobal(user: UserRow | undefined, key: string): boolean {
  if (user === undefined) return false;
  return key === 'ADMINISTER' || key === 'SYSTEM_ADMIN' ? user.admin : true;
}
