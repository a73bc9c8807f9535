/** Fields that name people, groups and other issues, and time tracking. */
import { canSeeIssue, findIssue, hasProjectPermission } from '../access';
import type { UserRow } from '../entities';
import { parseDuration } from '../time';
import { renderTimeTracking, type TimeTracking } from '../views/choices';
import { renderParent } from '../views/parent';
import { renderGroup, renderUserIn } from '../views/people';
import { isDataCenter, type Session } from '../world';
import { asArray, type Codec, FieldRefusal, type FieldSpot, stringIn } from './codec';
import { emptySide } from './text-codecs';

const SET = ['set'] as const;
const LIST_OPERATIONS = ['add', 'set', 'remove'] as const;

/** Whether the person may be the assignee of issues of the project. */
function isAssignable(spot: FieldSpot, user: UserRow): boolean {
  return user.active && hasProjectPermission(user, spot.project, 'ASSIGNABLE_USER');
}

/** The account that a request names: by account id on Cloud, by user name or key on Data Center. */
function namedUser(input: unknown, session: Session): { id: string | undefined; user: UserRow | undefined } {
  if (!isDataCenter(session)) {
    const id = stringIn(input, 'accountId') ?? stringIn(input, 'id');
    return { id, user: session.store.users.get(id) };
  }
  const name = stringIn(input, 'name');
  const key = stringIn(input, 'key');
  if (name === undefined) return { id: key, user: session.store.users.get(key) };
  const wanted = name.toLowerCase();
  return { id: name, user: session.store.users.all().find((row) => row.username?.toLowerCase() === wanted) };
}

function parseUser(input: unknown, spot: FieldSpot): UserRow {
  const { id, user } = namedUser(input, spot.session);
  if (user === undefined || !user.active) {
    if (spot.field.id === 'assignee') throw new FieldRefusal(`User '${id ?? ''}' does not exist.`);
    if (spot.field.id === 'reporter') throw new FieldRefusal('The reporter specified is not a user.');
    throw new FieldRefusal(`User '${id ?? ''}' was not found in the system.`);
  }
  return user;
}

export const userCodec: Codec = {
  operations: SET,
  parse(input, spot) {
    if (input === null) {
      if (spot.field.id === 'reporter') throw new FieldRefusal('Reporter is required.');
      return undefined;
    }
    // -1 is Jira's word for the project's default assignee, which these projects leave open.
    const automatic = stringIn(input, isDataCenter(spot.session) ? 'name' : 'accountId') === '-1';
    if (spot.field.id === 'assignee' && automatic) return undefined;
    const user = parseUser(input, spot);
    if (spot.field.id === 'assignee' && !isAssignable(spot, user)) {
      throw new FieldRefusal(`User '${user.username ?? user.id}' cannot be assigned issues.`);
    }
    return user.id;
  },
  render: (stored, session) => renderUserIn(session, String(stored)),
  side(stored, spot, cleared) {
    if (stored === undefined) return emptySide(spot.field.custom, cleared);
    return { id: String(stored), text: spot.session.store.users.get(String(stored))?.name ?? null };
  },
};

export const usersCodec: Codec = {
  operations: LIST_OPERATIONS,
  parse(input, spot) {
    if (input === null) return undefined;
    const ids = [...new Set(asArray(input).map((element) => parseUser(element, spot).id))];
    return ids.length === 0 ? undefined : ids;
  },
  render: (stored, session) => (stored as string[]).map((id) => renderUserIn(session, id)),
  side(stored, spot, cleared) {
    if (stored === undefined) return cleared ? { id: '[]', text: '[]' } : emptySide(true, false);
    const ids = stored as string[];
    const names = ids.map((id) => spot.session.store.users.get(id)?.name ?? '');
    return { id: `[${ids.join(', ')}]`, text: `[${names.join(', ')}]` };
  },
};

function parseGroup(input: unknown, spot: FieldSpot): string {
  const id = stringIn(input, 'groupId');
  const name = stringIn(input, 'name');
  const group = spot.session.store.groups
    .all()
    .find((row) => (id === undefined ? row.name === name : row.id === id));
  if (group === undefined) throw new FieldRefusal(`Group '${name ?? id ?? ''}' does not exist.`);
  return group.id;
}

export const groupCodec: Codec = {
  operations: SET,
  parse: (input, spot) => (input === null ? undefined : parseGroup(input, spot)),
  render: (stored, session) => renderGroup(session, String(stored)),
  side: (stored, spot, cleared) =>
    stored === undefined
      ? emptySide(true, cleared)
      : { id: String(stored), text: spot.session.store.groups.get(String(stored))?.name ?? '' },
};

export const groupsCodec: Codec = {
  operations: LIST_OPERATIONS,
  parse(input, spot) {
    if (input === null) return undefined;
    const ids = [...new Set(asArray(input).map((element) => parseGroup(element, spot)))];
    return ids.length === 0 ? undefined : ids;
  },
  render: (stored, session) => (stored as string[]).map((id) => renderGroup(session, id)),
  side(stored, spot, cleared) {
    if (stored === undefined) return cleared ? { id: '[]', text: '[]' } : emptySide(true, false);
    const names = (stored as string[]).map((id) => spot.session.store.groups.get(id)?.name ?? '');
    return { id: `[${(stored as string[]).join(', ')}]`, text: `[${names.join(', ')}]` };
  },
};

export const parentCodec: Codec = {
  operations: SET,
  parse(input, spot) {
    const isSubtask = spot.type.hierarchyLevel < 0;
    const none = typeof input === 'object' && (input as { none?: unknown } | null)?.none === true;
    if (input === null || none) {
      if (isSubtask)
        throw new FieldRefusal('Issue type is a sub-task but parent issue key or id not specified.');
      return undefined;
    }
    const name = stringIn(input, 'id') ?? stringIn(input, 'key');
    const parent = name === undefined ? undefined : findIssue(spot.session, name);
    if (parent === undefined || !canSeeIssue(spot.session, parent)) {
      throw new FieldRefusal('Could not find issue by id or key.');
    }
    const parentType = spot.session.store.issueTypes.must(parent.typeId);
    if (parentType.hierarchyLevel !== spot.type.hierarchyLevel + 1) {
      throw new FieldRefusal(`Given parent issue does not belong to appropriate hierarchy.`);
    }
    if (isSubtask && parent.projectId !== spot.project.id) {
      throw new FieldRefusal('Sub-tasks must be created in the same project as the parent.');
    }
    return parent.id;
  },
  render: (stored, session) => renderParent(session, String(stored)),
  side(stored, spot) {
    const parent = spot.session.store.issues.get(stored as string | undefined);
    return { id: parent?.id ?? null, text: parent?.key ?? null };
  },
};

export const timeTrackingCodec: Codec = {
  operations: ['set', 'edit'],
  parse(input): TimeTracking | undefined {
    if (input === null) return undefined;
    const original = durationIn(input, 'originalEstimate');
    const remaining = durationIn(input, 'remainingEstimate');
    if (original === undefined && remaining === undefined) {
      throw new FieldRefusal('Specify an original or a remaining estimate.');
    }
    const kept: TimeTracking = {};
    if (original !== undefined) kept.original = original;
    const rest = remaining ?? original;
    if (rest !== undefined) kept.remaining = rest;
    return kept;
  },
  render: (stored) => renderTimeTracking(stored as TimeTracking),
  side: (stored) => ({
    id: null,
    text: stored === undefined ? null : JSON.stringify(renderTimeTracking(stored as TimeTracking)),
  }),
};

function durationIn(input: unknown, name: string): number | undefined {
  const text = stringIn(input, name);
  if (text === undefined) return undefined;
  const seconds = parseDuration(text);
  if (seconds === undefined) throw new FieldRefusal(`Invalid time duration entered: '${text}'.`);
  return seconds;
}
