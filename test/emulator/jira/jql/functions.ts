/** JQL functions that need the site: people, versions, sprints, projects, and issues by what was done with them. */
import type { JqlField, JqlFunction, Scalar } from '../../jql/jql-env';
import { readMoment } from '../../jql/moments';
import { canBrowseProject, canSeeIssue, findIssue, hasProjectPermission } from '../access';
import { versionsOf } from '../admin/places';
import type { IssueRow, ProjectRow, SprintRow, UserRow, VersionRow } from '../entities';
import { viewedIssues } from '../issues/viewed';
import { PERMISSION_NAMES, PROJECT_PERMISSIONS } from '../routes/permission-names';
import type { Session } from '../world';

type Found = readonly Scalar[] | { problem: string };

/** All functions by name in small letters. */
export function jqlFunctions(session: Session): ReadonlyMap<string, JqlFunction> {
  const all: Readonly<Record<string, JqlFunction>> = {
    ...peopleFunctions(session),
    ...versionFunctions(session),
    ...projectFunctions(session),
    ...issueFunctions(session),
  };
  return new Map(Object.entries(all).map(([name, known]) => [name.toLowerCase(), known]));
}

function isIssue(field: JqlField): boolean {
  return field.id === 'issuekey';
}

function kindOf(session: Session, field: JqlField): string | undefined {
  return session.store.fields.get(field.id)?.kind;
}

/** Accounts which a written name, address or id stands for. */
export function peopleCalled(session: Session, written: string): UserRow[] {
  const text = written.toLowerCase();
  return session.store.users
    .all()
    .filter(
      (row) =>
        row.id === written ||
        row.username?.toLowerCase() === text ||
        row.name.toLowerCase() === text ||
        (row.emailVisible && row.email === text),
    );
}

function peopleFunctions(session: Session): Record<string, JqlFunction> {
  const { store } = session;
  return {
    membersOf: {
      fits: (field) => field.kind === 'user',
      counts: [1, 1],
      run([written = '']) {
        const group = store.groups
          .all()
          .find((row) => row.id === written || row.name.toLowerCase() === written.toLowerCase());
        if (group === undefined) {
          return {
            problem: `Function 'membersOf' can not generate a list of usernames for group '${written}'; the group does not exist.`,
          };
        }
        return store.users
          .all()
          .filter((row) => row.groupIds.includes(group.id))
          .map((row) => row.id);
      },
    },
    standardIssueTypes: typeFunction(session, (level) => level >= 0),
    subtaskIssueTypes: typeFunction(session, (level) => level < 0),
    cascadeOption: {
      fits: (field) => kindOf(session, field) === 'cascade',
      counts: [1, 2],
      run: ([parent = '', child], field) => cascadeValues(session, field, parent, child),
    },
    openSprints: sprintFunction(session, 'active'),
    closedSprints: sprintFunction(session, 'closed'),
    futureSprints: sprintFunction(session, 'future'),
  };
}

function typeFunction(session: Session, wanted: (level: number) => boolean): JqlFunction {
  return {
    fits: (field) => field.id === 'issuetype',
    counts: [0, 0],
    run: () =>
      session.store.issueTypes
        .all()
        .filter((row) => wanted(row.hierarchyLevel))
        .map((row) => row.id),
  };
}

function sprintFunction(session: Session, state: SprintRow['state']): JqlFunction {
  return {
    fits: (field) => kindOf(session, field) === 'sprint',
    counts: [0, 0],
    run: () =>
      session.store.sprints
        .all()
        .filter((row) => row.state === state)
        .map((row) => row.id),
  };
}

/** `cascadeOption(parent, child)`; the child `none` means that no second level is chosen. */
function cascadeValues(session: Session, field: JqlField, parent: string, child: string | undefined): Found {
  const options = session.store.options.by('field', field.id);
  const called = (text: string, parentId: string | undefined) =>
    options.filter(
      (row) =>
        row.parentId === parentId && (row.id === text || row.value.toLowerCase() === text.toLowerCase()),
    );
  const parents = called(parent, undefined);
  if (parents.length === 0) return { problem: optionProblem(parent) };
  if (child === undefined) return parents.map((row) => row.id);
  if (child.toLowerCase() === 'none') return parents.map((row) => `${row.id}-none`);
  const children = parents.flatMap((row) => called(child, row.id));
  return children.length === 0 ? { problem: optionProblem(child) } : children.map((row) => row.id);
}

function optionProblem(option: string): string {
  return `The option '${option}' for function 'cascadeOption' does not exist.`;
}

function seenProjects(session: Session): ProjectRow[] {
  return session.store.projects.all().filter((row) => canBrowseProject(session, row));
}

function projectCalled(session: Session, written: string): ProjectRow | undefined {
  const text = written.toLowerCase();
  return seenProjects(session).find((row) =>
    [row.id, row.key.toLowerCase(), row.name.toLowerCase()].includes(text),
  );
}

/** Versions of the projects an argument list names, or of all that the caller sees. */
function versionsIn(
  session: Session,
  name: string,
  args: readonly string[],
): VersionRow[] | { problem: string } {
  const projects = args.map((written) => projectCalled(session, written));
  const missing = projects.indexOf(undefined);
  if (missing >= 0) {
    return { problem: `Could not resolve the project '${args[missing]}' provided to function '${name}'.` };
  }
  const chosen = args.length === 0 ? seenProjects(session) : projects.filter((row) => row !== undefined);
  return chosen.flatMap((row) => versionsOf(session.store, row.id));
}

function versionFunctions(session: Session): Record<string, JqlFunction> {
  const fits = (field: JqlField) =>
    field.id === 'fixVersions' || field.id === 'versions' || kindOf(session, field) === 'versions';
  const list = (name: string, released: boolean): JqlFunction => ({
    fits,
    counts: [0, 100],
    run(args) {
      const found = versionsIn(session, name, args);
      return 'problem' in found
        ? found
        : found.filter((row) => row.released === released).map((row) => row.id);
    },
  });
  const one = (name: string, pick: (rows: VersionRow[]) => VersionRow | undefined): JqlFunction => ({
    fits,
    counts: [1, 1],
    single: true,
    run(args) {
      const found = versionsIn(session, name, args);
      if ('problem' in found) return found;
      const chosen = pick(found.filter((row) => !row.archived));
      return chosen === undefined ? [] : [chosen.id];
    },
  });
  return {
    releasedVersions: list('releasedVersions', true),
    unreleasedVersions: list('unreleasedVersions', false),
    latestReleasedVersion: one('latestReleasedVersion', (rows) => rows.filter((row) => row.released).at(-1)),
    earliestUnreleasedVersion: one('earliestUnreleasedVersion', (rows) => rows.find((row) => !row.released)),
  };
}

/** The account a function is about: the caller, unless one is named. */
function personOf(session: Session, name: string, written: string | undefined): string | { problem: string } {
  if (written === undefined) {
    return session.me?.id ?? { problem: `Function '${name}' cannot be called as anonymous user.` };
  }
  const [found] = peopleCalled(session, written);
  return found?.id ?? { problem: `The user '${written}' given to function '${name}' does not exist.` };
}

function projectFunctions(session: Session): Record<string, JqlFunction> {
  const isProject = (field: JqlField) => field.id === 'project';
  return {
    projectsLeadByUser: {
      fits: isProject,
      counts: [0, 1],
      run([written]) {
        const lead = personOf(session, 'projectsLeadByUser', written);
        if (typeof lead !== 'string') return lead;
        return seenProjects(session)
          .filter((row) => row.leadId === lead)
          .map((row) => row.id);
      },
    },
    projectsWhereUserHasPermission: {
      fits: isProject,
      counts: [1, 1],
      run([written = '']) {
        const key = PROJECT_PERMISSIONS.find(
          (known) => PERMISSION_NAMES[known]?.toLowerCase() === written.toLowerCase(),
        );
        if (key === undefined) {
          return {
            problem: `The permission '${written}' given to function 'projectsWhereUserHasPermission' does not exist.`,
          };
        }
        return seenProjects(session)
          .filter((row) => hasProjectPermission(session.me, row, key))
          .map((row) => row.id);
      },
    },
    projectsWhereUserHasRole: {
      fits: isProject,
      counts: [1, 1],
      run: ([written = '']) => projectsByRole(session, written),
    },
    componentsLeadByUser: {
      fits: (field) => field.id === 'components',
      counts: [0, 1],
      run([written]) {
        const lead = personOf(session, 'componentsLeadByUser', written);
        if (typeof lead !== 'string') return lead;
        return session.store.components
          .all()
          .filter((row) => row.leadId === lead)
          .map((row) => row.id);
      },
    },
  };
}

function projectsByRole(session: Session, written: string): Found {
  const role = session.store.roles.all().find((row) => row.name.toLowerCase() === written.toLowerCase());
  if (role === undefined) {
    return {
      problem: `The role '${written}' given to function 'projectsWhereUserHasRole' does not exist.`,
    };
  }
  const { me } = session;
  return seenProjects(session)
    .filter((row) => {
      const actors = row.actors[role.id];
      if (actors === undefined || me === undefined) return false;
      return actors.userIds.includes(me.id) || actors.groupIds.some((id) => me.groupIds.includes(id));
    })
    .map((row) => row.id);
}

function keysOf(rows: readonly IssueRow[]): string[] {
  return rows.map((row) => row.key);
}

function issueFunctions(session: Session): Record<string, JqlFunction> {
  const { store } = session;
  const mine = (pick: (issue: IssueRow, me: string) => boolean): JqlFunction => ({
    fits: isIssue,
    counts: [0, 0],
    run: () => {
      const me = session.me?.id;
      return me === undefined ? [] : keysOf(store.issues.all().filter((issue) => pick(issue, me)));
    },
  });
  return {
    issueHistory: { fits: isIssue, counts: [0, 0], run: () => keysOf(viewedIssues(session)) },
    watchedIssues: mine((issue, me) => issue.watcherIds.includes(me)),
    votedIssues: mine((issue, me) => issue.voterIds.includes(me)),
    linkedIssues: {
      fits: isIssue,
      counts: [1, 2],
      run: ([written = '', words]) => linkedIssues(session, written, words),
    },
    updatedBy: {
      fits: isIssue,
      counts: [1, 3],
      run: ([written = '', from, to]) => updatedBy(session, written, from, to),
    },
    issuesWithRemoteLinksByGlobalId: {
      fits: isIssue,
      counts: [1, 100],
      run: (ids) =>
        store.remoteLinks
          .all()
          .filter((row) => row.globalId !== undefined && ids.includes(row.globalId))
          .map((row) => store.issues.must(row.issueId).key),
    },
  };
}

function linkedIssues(session: Session, written: string, words: string | undefined): Found {
  const issue = findIssue(session, written);
  if (issue === undefined || !canSeeIssue(session, issue)) {
    return { problem: `Issue '${written}' could not be found in function 'linkedIssues'.` };
  }
  const asked = words?.toLowerCase();
  const { store } = session;
  const known = store.linkTypes
    .all()
    .some((type) => [type.inward.toLowerCase(), type.outward.toLowerCase()].includes(asked ?? ''));
  if (asked !== undefined && !known) {
    return { problem: `Issue link type '${words}' could not be found in function 'linkedIssues'.` };
  }
  return store.links.by('issue', issue.id).flatMap((link) => {
    const isSource = link.sourceId === issue.id;
    const type = store.linkTypes.must(link.typeId);
    const reads = (isSource ? type.outward : type.inward).toLowerCase();
    if (asked !== undefined && reads !== asked) return [];
    return [store.issues.must(isSource ? link.destinationId : link.sourceId).key];
  });
}

/** Issues which the person made, changed, commented or logged work on, between two moments. */
function updatedBy(
  session: Session,
  written: string,
  from: string | undefined,
  to: string | undefined,
): Found {
  const who = personOf(session, 'updatedBy', written);
  if (typeof who !== 'string') return who;
  const bounds = [from, to].map((text) => (text === undefined ? undefined : readMoment(text, session)));
  for (const [position, text] of [from, to].entries()) {
    if (text !== undefined && bounds[position] === undefined) {
      return { problem: `Date value '${text}' for function 'updatedBy' is invalid.` };
    }
  }
  const since = bounds[0] ?? Number.NEGATIVE_INFINITY;
  const until = bounds[1] ?? Number.POSITIVE_INFINITY;
  const { store } = session;
  return keysOf(
    store.issues.all().filter((issue) => {
      const acts: [string, number][] = [
        [issue.creatorId, issue.created],
        ...store.histories.by('issue', issue.id).map((row): [string, number] => [row.authorId, row.created]),
        ...[...store.comments.by('issue', issue.id), ...store.worklogs.by('issue', issue.id)].flatMap(
          (row): [string, number][] => [
            [row.authorId, row.created],
            [row.updateAuthorId, row.updated],
          ],
        ),
      ];
      return acts.some(([by, at]) => by === who && at >= since && at <= until);
    }),
  );
}
