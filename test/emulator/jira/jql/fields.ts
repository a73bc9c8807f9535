/** The fields that JQL knows on a site, with the operators which Jira's reference lists for each. */
import type { JqlField, JqlKind } from '../../jql/jql-env';
import type { FieldKind } from '../entities';
import type { Session } from '../world';

const IN = ['in', 'not in'];
const EQUAL = ['=', '!=', ...IN];
const EMPTY = ['is', 'is not'];
const ORDER = ['>', '>=', '<', '<='];

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
  versions: 'ranked',
  sprint: 'choice',
  rank: 'order',
};

/** System fields. Operators not named here are those of the kind. */
const SYSTEM_FIELDS: readonly JqlField[] = [
  { id: 'issuekey', names: ['key', 'issue', 'issuekey', 'id'], kind: 'issue' },
  { id: 'project', names: ['project'], kind: 'choice' },
  { id: 'projectType', names: ['projectType'], kind: 'choice', operators: EQUAL, orderable: false },
  { id: 'issuetype', names: ['issuetype', 'type'], kind: 'choice' },
  { id: 'status', names: ['status'], kind: 'choice', history: true },
  { id: 'statusCategory', names: ['statusCategory'], kind: 'choice' },
  { id: 'priority', names: ['priority'], kind: 'ranked', history: true },
  { id: 'resolution', names: ['resolution'], kind: 'ranked', history: true },
  { id: 'security', names: ['level', 'security'], kind: 'choice' },
  { id: 'components', names: ['component'], kind: 'choice' },
  { id: 'fixVersions', names: ['fixVersion'], kind: 'ranked', history: true },
  { id: 'versions', names: ['affectedVersion'], kind: 'ranked' },
  { id: 'assignee', names: ['assignee'], kind: 'user', history: true },
  { id: 'reporter', names: ['reporter'], kind: 'user', history: true },
  { id: 'creator', names: ['creator'], kind: 'user' },
  { id: 'watcher', names: ['watcher'], kind: 'user', orderable: false },
  { id: 'voter', names: ['voter'], kind: 'user', orderable: false },
  { id: 'worklogAuthor', names: ['worklogAuthor'], kind: 'user', orderable: false },
  {
    id: 'worklogDate',
    names: ['worklogDate'],
    kind: 'date',
    operators: [...EQUAL, ...ORDER],
    orderable: false,
  },
  {
    id: 'worklogComment',
    names: ['worklogComment'],
    kind: 'text',
    operators: ['~', '!~'],
    orderable: false,
  },
  { id: 'labels', names: ['labels'], kind: 'label' },
  { id: 'summary', names: ['summary'], kind: 'text' },
  { id: 'description', names: ['description'], kind: 'text' },
  { id: 'environment', names: ['environment'], kind: 'text' },
  { id: 'comment', names: ['comment'], kind: 'text', operators: ['~', '!~'], orderable: false },
  { id: 'text', names: ['text', 'textfields'], kind: 'text', operators: ['~'], orderable: false },
  { id: 'created', names: ['created', 'createdDate'], kind: 'datetime' },
  { id: 'updated', names: ['updated', 'updatedDate'], kind: 'datetime' },
  { id: 'resolutiondate', names: ['resolved', 'resolutiondate'], kind: 'datetime' },
  { id: 'statuscategorychangedate', names: ['statusCategoryChangedDate'], kind: 'datetime' },
  { id: 'lastViewed', names: ['lastViewed'], kind: 'datetime' },
  { id: 'duedate', names: ['due', 'duedate'], kind: 'date' },
  { id: 'parent', names: ['parent'], kind: 'issue', operators: [...EQUAL, ...EMPTY] },
  { id: 'issuelinks', names: ['issueLink'], kind: 'issue', operators: EQUAL, orderable: false },
  { id: 'issueLinkType', names: ['issueLinkType'], kind: 'choice', operators: EQUAL, orderable: false },
  { id: 'attachment', names: ['attachments'], kind: 'presence' },
  { id: 'filter', names: ['filter', 'request'], kind: 'choice', operators: EQUAL, orderable: false },
  { id: 'votes', names: ['votes'], kind: 'number', operators: [...EQUAL, ...ORDER] },
  { id: 'watches', names: ['watchers'], kind: 'number', operators: [...EQUAL, ...ORDER] },
  { id: 'timespent', names: ['timespent'], kind: 'duration' },
  { id: 'timeestimate', names: ['timeestimate', 'remainingEstimate'], kind: 'duration' },
  { id: 'timeoriginalestimate', names: ['timeoriginalestimate', 'originalEstimate'], kind: 'duration' },
  { id: 'workratio', names: ['workRatio'], kind: 'number' },
  { id: 'progress', names: ['progress'], kind: 'order' },
  { id: 'subtasks', names: ['subtasks'], kind: 'order' },
];

/** Every field the site lets JQL use, custom ones outside the trash among them. */
export function jqlFields(session: Session): JqlField[] {
  const custom = session.store.fields
    .all()
    .filter((field) => field.custom && field.trashed !== true && CUSTOM_KINDS[field.kind] !== undefined)
    .map((field) => ({ id: field.id, names: field.clauseNames, kind: CUSTOM_KINDS[field.kind] ?? 'text' }));
  return [...SYSTEM_FIELDS, ...custom];
}
