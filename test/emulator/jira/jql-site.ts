/** What JQL may ask of this site: searchable fields, the ids behind written values, and an issue as the index has it. */
import type { IssueView, JqlEnv, JqlField, JqlKind, Scalar } from '../jql/jql-env';
import { canBrowseProject, canSeeIssue, inVisibility } from './access';
import { adfToText } from './adf';
import type { FieldKind, IssueRow } from './entities';
import { STATUS_CATEGORIES, type TimeTracking } from './views/choices';
import type { Session } from './world';

const CUSTOM_KINDS: Readonly<Partial<Record<FieldKind, JqlKind>>> = {
  text: 'text',
  document: 'text',
  number: 'number',
  date: 'date',
  datetime: 'datetime',
  url: 'label',
  labels: 'label',
  option: 'choice',
  options: 'choice',
  cascade: 'choice',
  user: 'user',
  users: 'user',
  group: 'choice',
  groups: 'choice',
  sprint: 'choice',
  rank: 'label',
};

const SYSTEM_FIELDS: readonly JqlField[] = [
  { id: 'issuekey', names: ['key', 'issue', 'issuekey', 'id'], kind: 'issue' },
  { id: 'project', names: ['project'], kind: 'choice' },
  { id: 'issuetype', names: ['issuetype', 'type'], kind: 'choice' },
  { id: 'status', names: ['status'], kind: 'choice' },
  { id: 'statusCategory', names: ['statusCategory'], kind: 'choice' },
  { id: 'priority', names: ['priority'], kind: 'ranked' },
  { id: 'resolution', names: ['resolution'], kind: 'ranked' },
  { id: 'security', names: ['level', 'security'], kind: 'choice' },
  { id: 'components', names: ['component'], kind: 'choice' },
  { id: 'fixVersions', names: ['fixVersion'], kind: 'ranked' },
  { id: 'versions', names: ['affectedVersion'], kind: 'ranked' },
  { id: 'assignee', names: ['assignee'], kind: 'user' },
  { id: 'reporter', names: ['reporter'], kind: 'user' },
  { id: 'creator', names: ['creator'], kind: 'user' },
  { id: 'watcher', names: ['watcher'], kind: 'user', orderable: false },
  { id: 'voter', names: ['voter'], kind: 'user', orderable: false },
  { id: 'worklogAuthor', names: ['worklogAuthor'], kind: 'user', orderable: false },
  { id: 'labels', names: ['labels'], kind: 'label' },
  { id: 'summary', names: ['summary'], kind: 'text' },
  { id: 'description', names: ['description'], kind: 'text' },
  { id: 'environment', names: ['environment'], kind: 'text' },
  { id: 'comment', names: ['comment'], kind: 'text', orderable: false },
  { id: 'text', names: ['text', 'textfields'], kind: 'text', orderable: false },
  { id: 'created', names: ['created', 'createdDate'], kind: 'datetime' },
  { id: 'updated', names: ['updated', 'updatedDate'], kind: 'datetime' },
  { id: 'resolutiondate', names: ['resolved', 'resolutiondate'], kind: 'datetime' },
  { id: 'statuscategorychangedate', names: ['statusCategoryChangedDate'], kind: 'datetime' },
  { id: 'duedate', names: ['due', 'duedate'], kind: 'date' },
  { id: 'parent', names: ['parent'], kind: 'issue' },
  { id: 'attachment', names: ['attachments'], kind: 'presence' },
  { id: 'votes', names: ['votes'], kind: 'number' },
  { id: 'watches', names: ['watchers'], kind: 'number' },
  { id: 'timespent', names: ['timespent'], kind: 'number' },
  { id: 'timeestimate', names: ['timeestimate', 'remainingEstimate'], kind: 'number' },
  { id: 'timeoriginalestimate', names: ['timeoriginalestimate', 'originalEstimate'], kind: 'number' },
];

/** The caller's view of the site for one query. */
export function jqlEnv(session: Session): JqlEnv {
  const custom = session.store.fields
    .all()
    .filter((field) => field.custom && field.trashed !== true && CUSTOM_KINDS[field.kind] !== undefined)
    .map((field) => ({ id: field.id, names: field.clauseNames, kind: CUSTOM_KINDS[field.kind] ?? 'text' }));
  return {
    fields: [...SYSTEM_FIELDS, ...custom],
    resolve: (field, written) => resolve(session, field, written),
    rank: (field, id) => rank(session, field, id),
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
  if (field.kind === 'user') {
    const text = written.toLowerCase();
    return store.users
      .all()
      .filter(
        (row) =>
          row.id === written || row.name.toLowerCase() === text || (row.emailVisible && row.email === text),
      )
      .map((row) => row.id);
  }
  switch (field.id) {
    case 'project':
      return store.projects
        .all()
        .filter((row) => canBrowseProject(session, row))
        .filter((row) =>
          [row.id, row.key.toLowerCase(), row.name.toLowerCase()].includes(written.toLowerCase()),
        )
        .map((row) => row.id);
    case 'statusCategory':
      return Object.entries(STATUS_CATEGORIES)
        .filter(([id, row]) => [id, row.key, row.name.toLowerCase()].includes(written.toLowerCase()))
        .map(([id]) => id);
    default:
      return matching(choicesOf(session, field.id), written);
  }
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
  if (field?.kind === 'group' || field?.kind === 'groups') return store.groups.all();
  return store.options.by('field', id).map((row) => ({ id: row.id, name: row.value }));
}

/** Greater is more important: priorities stand with the most important first. */
function rank(session: Session, field: JqlField, id: string): number | string {
  if (field.id === 'priority') return -session.store.priorities.all().findIndex((row) => row.id === id);
  if (field.kind === 'user') return session.store.users.get(id)?.name ?? id;
  if (field.id === 'project') return session.store.projects.get(id)?.key ?? id;
  return Number(id);
}

/** An issue in the state the index has; comments, files and work are read from the store. */
export function issueView(session: Session, issue: IssueRow): IssueView {
  return {
    get: (fieldId) => readField(session, issue, fieldId),
    property: (key) => issue.properties[key],
  };
}

function readField(
  session: Session,
  issue: IssueRow,
  fieldId: string,
): Scalar | readonly Scalar[] | undefined {
  const reader = READERS[fieldId];
  if (reader !== undefined) return reader(session, issue);
  const stored = issue.values[fieldId];
  if (stored === undefined) return undefined;
  const kind = session.store.fields.get(fieldId)?.kind;
  if (kind === 'document') return adfToText(stored);
  if (kind === 'cascade') return Object.values(stored as Record<string, string>);
  return stored as Scalar | readonly Scalar[];
}

type Reader = (session: Session, issue: IssueRow) => Scalar | readonly Scalar[] | undefined;

function tracked(key: keyof TimeTracking): Reader {
  return (_session, issue) => (issue.values['timetracking'] as TimeTracking | undefined)?.[key];
}

function comments(session: Session, issue: IssueRow): string[] {
  return session.store.comments
    .by('issue', issue.id)
    .filter((row) => inVisibility(session, issue, row.visibility))
    .map((row) => adfToText(row.body));
}

const READERS: Readonly<Record<string, Reader>> = {
  issuekey: (_session, issue) => issue.key,
  project: (_session, issue) => issue.projectId,
  issuetype: (_session, issue) => issue.typeId,
  status: (_session, issue) => issue.statusId,
  statusCategory: (session, issue) => String(session.store.statuses.must(issue.statusId).categoryId),
  creator: (_session, issue) => issue.creatorId,
  created: (_session, issue) => issue.created,
  updated: (_session, issue) => issue.updated,
  resolutiondate: (_session, issue) => issue.resolved,
  statuscategorychangedate: (_session, issue) => issue.statusCategoryChanged,
  watcher: (_session, issue) => issue.watcherIds,
  voter: (_session, issue) => issue.voterIds,
  watches: (_session, issue) => issue.watcherIds.length,
  votes: (_session, issue) => issue.voterIds.length,
  worklogAuthor: (session, issue) => session.store.worklogs.by('issue', issue.id).map((row) => row.authorId),
  attachment: (session, issue) => session.store.attachments.by('issue', issue.id).map((row) => row.id),
  parent: (session, issue) => session.store.issues.get(issue.values['parent'] as string | undefined)?.key,
  comment: comments,
  text: (session, issue) => [
    String(issue.values['summary'] ?? ''),
    ...Object.entries(issue.values)
      .filter(
        ([id]) => ['document', 'text'].includes(session.store.fields.get(id)?.kind ?? '') && id !== 'summary',
      )
      .map(([, value]) => (typeof value === 'string' ? value : adfToText(value))),
    ...comments(session, issue),
  ],
  timespent: tracked('spent'),
  timeestimate: tracked('remaining'),
  timeoriginalestimate: tracked('original'),
};
