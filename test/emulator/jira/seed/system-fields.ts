/** The system fields of every Jira Cloud site, with the schemas that `GET /field` shows. */
import type { FieldKind, FieldRow } from '../entities';

type Line = [id: string, name: string, kind: FieldKind, type: string, items?: string];

// Fields without a type have no schema in Jira either.
const LINES: readonly Line[] = [
  ['statuscategorychangedate', 'Status Category Changed', 'fixed', 'datetime'],
  ['issuetype', 'Issue Type', 'fixed', 'issuetype'],
  ['parent', 'Parent', 'parent', ''],
  ['timespent', 'Time Spent', 'fixed', 'number'],
  ['project', 'Project', 'fixed', 'project'],
  ['fixVersions', 'Fix versions', 'versions', 'array', 'version'],
  ['aggregatetimespent', 'Σ Time Spent', 'fixed', 'number'],
  ['statusCategory', 'Status Category', 'fixed', 'statusCategory'],
  ['resolution', 'Resolution', 'resolution', 'resolution'],
  ['resolutiondate', 'Resolved', 'fixed', 'datetime'],
  ['workratio', 'Work Ratio', 'fixed', 'number'],
  ['lastViewed', 'Last Viewed', 'fixed', 'datetime'],
  ['watches', 'Watchers', 'fixed', 'watches'],
  ['issuerestriction', 'Restrict to', 'fixed', 'issuerestriction'],
  ['created', 'Created', 'fixed', 'datetime'],
  ['priority', 'Priority', 'priority', 'priority'],
  ['labels', 'Labels', 'labels', 'array', 'string'],
  ['timeestimate', 'Remaining Estimate', 'fixed', 'number'],
  ['aggregatetimeoriginalestimate', 'Σ Original Estimate', 'fixed', 'number'],
  ['versions', 'Affects versions', 'versions', 'array', 'version'],
  ['issuelinks', 'Linked Issues', 'fixed', 'array', 'issuelinks'],
  ['assignee', 'Assignee', 'user', 'user'],
  ['updated', 'Updated', 'fixed', 'datetime'],
  ['status', 'Status', 'fixed', 'status'],
  ['components', 'Components', 'components', 'array', 'component'],
  ['issuekey', 'Key', 'fixed', ''],
  ['timeoriginalestimate', 'Original estimate', 'fixed', 'number'],
  ['description', 'Description', 'document', 'string'],
  ['timetracking', 'Time tracking', 'timetracking', 'timetracking'],
  ['security', 'Security Level', 'security', 'securitylevel'],
  ['attachment', 'Attachment', 'fixed', 'array', 'attachment'],
  ['aggregatetimeestimate', 'Σ Remaining Estimate', 'fixed', 'number'],
  ['summary', 'Summary', 'text', 'string'],
  ['creator', 'Creator', 'fixed', 'user'],
  ['subtasks', 'Sub-tasks', 'fixed', 'array', 'issuelinks'],
  ['reporter', 'Reporter', 'user', 'user'],
  ['aggregateprogress', 'Σ Progress', 'fixed', 'progress'],
  ['environment', 'Environment', 'document', 'string'],
  ['duedate', 'Due date', 'date', 'date'],
  ['progress', 'Progress', 'fixed', 'progress'],
  ['votes', 'Votes', 'fixed', 'votes'],
  ['comment', 'Comment', 'fixed', 'comments-page'],
  ['worklog', 'Log Work', 'fixed', 'array', 'worklog'],
  ['thumbnail', 'Images', 'fixed', ''],
];

const NOT_NAVIGABLE: ReadonlySet<string> = new Set(['comment', 'worklog', 'timetracking', 'attachment']);

const CLAUSES: Readonly<Record<string, readonly string[]>> = {
  issuetype: ['issuetype', 'type'],
  issuekey: ['id', 'issue', 'issuekey', 'key'],
  fixVersions: ['fixVersion'],
  versions: ['affectedVersion'],
  components: ['component'],
  duedate: ['due', 'duedate'],
  created: ['created', 'createdDate'],
  updated: ['updated', 'updatedDate'],
  resolutiondate: ['resolutiondate', 'resolved'],
  attachment: ['attachments'],
  timeoriginalestimate: ['originalEstimate', 'timeoriginalestimate'],
  timeestimate: ['remainingEstimate', 'timeestimate'],
  statuscategorychangedate: ['statusCategoryChangedDate'],
  security: ['level'],
  watches: ['watchers'],
  issuelinks: ['issueLink'],
  workratio: ['workRatio'],
  // Shown on issues, but no word of JQL.
  aggregatetimespent: [],
  aggregatetimeestimate: [],
  aggregatetimeoriginalestimate: [],
  aggregateprogress: [],
  timetracking: [],
  worklog: [],
  thumbnail: [],
  issuerestriction: [],
};

/** Fields that only Cloud has, and names that Data Center spells its own way. */
const CLOUD_ONLY: ReadonlySet<string> = new Set([
  'statuscategorychangedate',
  'statusCategory',
  'issuerestriction',
]);
const SERVER_NAMES: Readonly<Record<string, string>> = {
  fixVersions: 'Fix Version/s',
  versions: 'Affects Version/s',
  components: 'Component/s',
  timeoriginalestimate: 'Original Estimate',
  duedate: 'Due Date',
  timetracking: 'Time Tracking',
};
const SERVER_LINES: readonly Line[] = [
  ['archiveddate', 'Archived', 'fixed', 'datetime'],
  ['archivedby', 'Archiver', 'fixed', 'user'],
];

/** The fields of a new site. */
export function systemFields(flavour: 'cloud' | 'datacenter' = 'cloud'): FieldRow[] {
  if (flavour === 'cloud') return fieldsOf(LINES);
  const kept = LINES.filter(([id]) => !CLOUD_ONLY.has(id));
  return fieldsOf([...kept, ...SERVER_LINES]).map((row) => ({
    ...row,
    name: SERVER_NAMES[row.id] ?? row.name,
  }));
}

function fieldsOf(lines: readonly Line[]): FieldRow[] {
  return lines.map(([id, name, kind, type, items]) => ({
    id,
    name,
    kind,
    custom: false,
    ...(type === '' ? {} : { schema: { type, ...(items === undefined ? {} : { items }), system: id } }),
    clauseNames: CLAUSES[id] ?? [id],
    navigable: !NOT_NAVIGABLE.has(id),
    orderable:
      kind !== 'fixed' || ['issuetype', 'attachment', 'comment', 'issuelinks', 'worklog'].includes(id),
    searchable: (CLAUSES[id] ?? [id]).length > 0 && type !== '' && kind !== 'timetracking',
    description: '',
  }));
}
