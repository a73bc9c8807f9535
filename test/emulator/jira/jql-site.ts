/** What JQL may ask of this site: fields, functions, the ids behind written values, and an issue as the index has it. */
import { compileJql } from '../jql/compile-jql';
import type { IssueView, JqlEnv, JqlField } from '../jql/jql-env';
import { canBrowseProject, canSeeIssue } from './access';
import { inPlace } from './admin/places';
import type { FilterRow, IssueRow } from './entities';
import { jqlFields } from './jql/fields';
import { jqlFunctions, peopleCalled } from './jql/functions';
import { movesOf, readField } from './jql/values';
import { STATUS_CATEGORIES } from './views/choices';
import type { Session } from './world';

/** The caller's view of the site for one query. */
export function jqlEnv(session: Session): JqlEnv {
  return {
    fields: jqlFields(session),
    functions: jqlFunctions(session),
    people: (written) => peopleCalled(session, written).map((row) => row.id),
    resolve: (field, written) => resolve(session, field, written),
    rank: (field, id) => rank(session, field, id),
    propertyKind: (key, path) =>
      session.world.indexedProperties.find((row) => row.key === key && row.path === path.join('.'))?.kind,
    currentUser: session.me?.id,
    now: session.now,
    timeZone: session.timeZone,
  };
}

interface Named {
  id: string;
  name: string;
}

function matching(rows: readonly Named[], written: string): string[] {
  const text = written.toLowerCase();
  return rows.filter((row) => row.id === written || row.name.toLowerCase() === text).map((row) => row.id);
}

function resolve(session: Session, field: JqlField, written: string): string[] {
  const { store } = session;
  if (field.kind === 'issue') {
    const issue = /^\d+$/.test(written)
      ? store.issues.get(written)
      : store.issues.by('key', written.toUpperCase())[0];
    return issue !== undefined && canSeeIssue(session, issue) ? [issue.key] : [];
  }
  if (field.kind === 'user') return peopleCalled(session, written).map((row) => row.id);
  switch (field.id) {
    case 'project':
      return store.projects
        .all()
        .filter((row) => canBrowseProject(session, row))
        .filter((row) =>
          [row.id, row.key.toLowerCase(), row.name.toLowerCase()].includes(written.toLowerCase()),
        )
        .map((row) => row.id);
    case 'projectType':
      return ['software', 'service_desk', 'business'].filter((key) => key === written.toLowerCase());
    case 'statusCategory':
      return Object.entries(STATUS_CATEGORIES)
        .filter(([id, row]) => [id, row.key, row.name.toLowerCase()].includes(written.toLowerCase()))
        .map(([id]) => id);
    case 'issueLinkType':
      return linkSides(session, written);
    case 'filter':
      return matching(seenFilters(session), written);
    default:
      return matching(choicesOf(session, field.id), written);
  }
}

/** The side of a link type that reads so, or both sides of the type that is called so. */
function linkSides(session: Session, written: string): string[] {
  const text = written.toLowerCase();
  return session.store.linkTypes.all().flatMap((type) => {
    if (type.id === written || type.name.toLowerCase() === text)
      return [`${type.id}:outward`, `${type.id}:inward`];
    return (['outward', 'inward'] as const)
      .filter((side) => type[side].toLowerCase() === text)
      .map((side) => `${type.id}:${side}`);
  });
}

function seenFilters(session: Session): FilterRow[] {
  return session.store.filters.all().filter((row) => row.ownerId === session.me?.id);
}

function choicesOf(session: Session, id: string): Named[] {
  const { store } = session;
  const tables: Readonly<Record<string, () => Named[]>> = {
    issuetype: () => store.issueTypes.all(),
    status: () => store.statuses.all(),
    priority: () => store.priorities.all(),
    resolution: () => store.resolutions.all(),
    security: () => store.securityLevels.all(),
    components: () => store.components.all(),
    fixVersions: () => store.versions.all(),
    versions: () => store.versions.all(),
  };
  const system = tables[id];
  if (system !== undefined) return system();
  const field = store.fields.get(id);
  if (field?.kind === 'sprint') return store.sprints.all();
  if (field?.kind === 'versions') return store.versions.all();
  if (field?.kind === 'group' || field?.kind === 'groups') return store.groups.all();
  return store.options.by('field', id).map((row) => ({ id: row.id, name: row.value }));
}

/** Greater is more important: priorities stand with the most important first. */
function rank(session: Session, field: JqlField, id: string): number | string {
  const { store } = session;
  if (field.id === 'priority') return -inPlace(store.priorities.all()).findIndex((row) => row.id === id);
  if (field.id === 'resolution') return store.resolutions.get(id)?.sequence ?? Number(id);
  if (field.kind === 'ranked') return store.versions.get(id)?.sequence ?? Number(id);
  if (field.kind === 'user') return session.store.users.get(id)?.name ?? id;
  if (field.id === 'project') return session.store.projects.get(id)?.key ?? id;
  return Number(id);
}

/** An issue in the state the index has. */
export function issueView(session: Session, issue: IssueRow): IssueView {
  return {
    get: (fieldId) =>
      fieldId === 'filter' ? filtersWith(session, issue) : readField(session, issue, fieldId),
    property: (key) => issue.properties[key],
    moves: (fieldId) => movesOf(session, issue, fieldId),
    origin: () => ({ at: issue.created, by: issue.creatorId }),
  };
}

/** Filters being read, so that two which name each other come to an end: a filter inside itself finds nothing. */
const reading = new Set<FilterRow>();

/** Ids of the caller's filters that find the issue. */
function filtersWith(session: Session, issue: IssueRow): string[] {
  return seenFilters(session)
    .filter((row) => {
      if (reading.has(row)) return false;
      reading.add(row);
      try {
        const compiled = compileJql(row.jql, jqlEnv(session));
        return compiled.ok && compiled.matches(issueView(session, issue));
      } finally {
        reading.delete(row);
      }
    })
    .map((row) => row.id);
}
