/** A second opinion on JQL: plain filters over the JSON that REST gives, written without looking at the compiler. */

export type Plain = string | number;

// biome-ignore lint/suspicious/noExplicitAny: bodies of every shape
export type Json = any;

/** Operators in groups, as Atlassian's field reference lists them [doc]. */
const EQUAL = ['=', '!=', 'in', 'not in'];
const EMPTY = ['is', 'is not'];
const ORDER = ['>', '>=', '<', '<='];
const TEXT = ['~', '!~'];
export const ALL_OPERATORS = [...EQUAL, ...EMPTY, ...ORDER, ...TEXT];

export interface Line {
  /** As written in JQL. */
  field: string;
  operators: readonly string[];
  /** Values of an issue; none = empty. */
  of(issue: Json): readonly Plain[];
  /** How a value is written; a quoted string when absent. */
  text?(value: Plain, timeZone: string): string;
}

const named = (value: Json): string[] => (value ? [value.name] : []);
const list = (values: Json[] | null | undefined, key = 'name'): string[] =>
  (values ?? []).map((value) => (typeof value === 'string' ? value : value[key]));
const person = (value: Json): string[] => (value ? [value.accountId] : []);
const moment = (value: string | null): number[] => (value ? [Date.parse(fixZone(value))] : []);
const number = (value: number | null | undefined): number[] => (typeof value === 'number' ? [value] : []);

/** `+0530` to `+05:30`, which every engine reads. */
function fixZone(text: string): string {
  return text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2');
}

/** Words of a document or string, blocks apart. */
export function wordsIn(value: Json): string[] {
  return plainText(value)
    .toLowerCase()
    .split(/[^\p{L}\p{N}_]+/u)
    .filter((word) => word !== '');
}

function plainText(value: Json): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (value.type === 'text') return value.text;
  if (value.type === 'mention') return value.attrs.text;
  const inline = (value.content ?? []).some((child: Json) => child.type === 'text');
  return (value.content ?? []).map(plainText).join(inline ? '' : ' ');
}

/** A moment to the minute, as a caller of the zone writes it. */
function asMinute(value: Plain, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  return `"${parts.format(Number(value))}"`;
}

const bare = (value: Plain) => String(value);
const minutes = (value: Plain) => String(Number(value) / 60);
const EQUALITY = [...EQUAL, ...EMPTY];
const COMPARED = [...EQUALITY, ...ORDER];
const SOUGHT = [...TEXT, ...EMPTY];

/** One line per system field that JQL knows [doc]; `issue.more` has what REST does not tell of an issue. */
export const SYSTEM_LINES: readonly Line[] = [
  { field: 'project', operators: EQUALITY, of: (issue) => [issue.fields.project.key] },
  { field: 'issuetype', operators: EQUALITY, of: (issue) => named(issue.fields.issuetype) },
  { field: 'type', operators: EQUALITY, of: (issue) => named(issue.fields.issuetype) },
  { field: 'status', operators: EQUALITY, of: (issue) => named(issue.fields.status) },
  {
    field: 'statusCategory',
    operators: EQUALITY,
    of: (issue) => [issue.fields.status.statusCategory.name],
  },
  {
    field: 'level',
    operators: EQUALITY,
    of: (issue) => named(issue.fields.security),
  },
  { field: 'component', operators: EQUALITY, of: (issue) => list(issue.fields.components) },
  { field: 'assignee', operators: EQUALITY, of: (issue) => person(issue.fields.assignee) },
  { field: 'reporter', operators: EQUALITY, of: (issue) => person(issue.fields.reporter) },
  { field: 'creator', operators: EQUALITY, of: (issue) => person(issue.fields.creator) },
  { field: 'watcher', operators: EQUALITY, of: (issue) => issue.more.watchers },
  { field: 'voter', operators: EQUALITY, of: (issue) => issue.more.voters },
  {
    field: 'worklogAuthor',
    operators: EQUALITY,
    of: (issue) => list(issue.fields.worklog.worklogs, 'author').map((author: Json) => author.accountId),
  },
  { field: 'labels', operators: EQUALITY, of: (issue) => list(issue.fields.labels) },
  {
    field: 'parent',
    operators: EQUALITY,
    of: (issue) => (issue.fields.parent ? [issue.fields.parent.key] : []),
  },
  {
    field: 'issueLink',
    operators: EQUAL,
    of: (issue) => issue.fields.issuelinks.map((link: Json) => (link.inwardIssue ?? link.outwardIssue).key),
  },
  {
    field: 'issueLinkType',
    operators: EQUAL,
    of: (issue) =>
      issue.fields.issuelinks.flatMap((link: Json) => [
        link.type.name,
        link.outwardIssue ? link.type.outward : link.type.inward,
      ]),
  },
  { field: 'projectType', operators: EQUAL, of: (issue) => [issue.fields.project.projectTypeKey] },
  {
    field: 'priority',
    operators: COMPARED,
    of: (issue) => [-Number(issue.fields.priority.id)],
    text: (value) => String(-Number(value)),
  },
  {
    field: 'resolution',
    operators: COMPARED,
    of: (issue) => (issue.fields.resolution ? [Number(issue.fields.resolution.id)] : []),
    text: bare,
  },
  {
    field: 'fixVersion',
    operators: COMPARED,
    of: (issue) => list(issue.fields.fixVersions, 'id').map(Number),
    text: bare,
  },
  {
    field: 'affectedVersion',
    operators: COMPARED,
    of: (issue) => list(issue.fields.versions, 'id').map(Number),
    text: bare,
  },
  { field: 'created', operators: COMPARED, of: (issue) => moment(issue.fields.created), text: asMinute },
  { field: 'updated', operators: COMPARED, of: (issue) => moment(issue.fields.updated), text: asMinute },
  {
    field: 'resolved',
    operators: COMPARED,
    of: (issue) => moment(issue.fields.resolutiondate),
    text: asMinute,
  },
  {
    field: 'statusCategoryChangedDate',
    operators: COMPARED,
    of: (issue) => moment(issue.fields.statuscategorychangedate),
    text: asMinute,
  },
  {
    field: 'lastViewed',
    operators: COMPARED,
    of: (issue) => moment(issue.fields.lastViewed),
    text: asMinute,
  },
  {
    field: 'duedate',
    operators: COMPARED,
    of: (issue) => (issue.fields.duedate ? [issue.fields.duedate] : []),
  },
  { field: 'timespent', operators: COMPARED, of: (issue) => number(issue.fields.timespent), text: minutes },
  {
    field: 'remainingEstimate',
    operators: COMPARED,
    of: (issue) => number(issue.fields.timeestimate),
    text: minutes,
  },
  {
    field: 'originalEstimate',
    operators: COMPARED,
    of: (issue) => number(issue.fields.timeoriginalestimate),
    text: minutes,
  },
  {
    field: 'workRatio',
    operators: COMPARED,
    of: (issue) => (issue.fields.workratio < 0 ? [] : [issue.fields.workratio]),
    text: bare,
  },
  {
    field: 'worklogDate',
    operators: [...EQUAL, ...ORDER],
    of: (issue) => issue.fields.worklog.worklogs.map((row: Json) => row.started.slice(0, 10)),
  },
  { field: 'votes', operators: [...EQUAL, ...ORDER], of: (issue) => [issue.fields.votes.votes], text: bare },
  {
    field: 'watchers',
    operators: [...EQUAL, ...ORDER],
    of: (issue) => [issue.fields.watches.watchCount],
    text: bare,
  },
  { field: 'summary', operators: SOUGHT, of: (issue) => wordsIn(issue.fields.summary) },
  { field: 'description', operators: SOUGHT, of: (issue) => wordsIn(issue.fields.description) },
  { field: 'environment', operators: SOUGHT, of: (issue) => wordsIn(issue.fields.environment) },
  {
    field: 'comment',
    operators: TEXT,
    of: (issue) => issue.fields.comment.comments.flatMap((row: Json) => wordsIn(row.body)),
  },
  {
    field: 'worklogComment',
    operators: TEXT,
    of: (issue) => issue.fields.worklog.worklogs.flatMap((row: Json) => wordsIn(row.comment)),
  },
  { field: 'attachments', operators: EMPTY, of: (issue) => list(issue.fields.attachment, 'id') },
];

/** The line of a custom field, by the suffix of its `schema.custom` [rec createmeta]. */
export function customLine(field: Json): Line | undefined {
  const suffix = String(field.schema.custom).split(':')[1] ?? '';
  const value = (issue: Json) => issue.fields[field.id] ?? null;
  const clause = field.clauseNames.find((name: string) => name.startsWith('cf['));
  const line = (operators: readonly string[], of: Line['of'], text?: Line['text']): Line => ({
    field: clause,
    operators,
    of,
    ...(text === undefined ? {} : { text }),
  });
  switch (suffix) {
    case 'textfield':
    case 'textarea':
      return line(SOUGHT, (issue) => wordsIn(value(issue)));
    case 'float':
      return line(COMPARED, (issue) => number(value(issue)), bare);
    case 'datepicker':
      return line(COMPARED, (issue) => (value(issue) ? [value(issue)] : []));
    case 'datetime':
      return line(COMPARED, (issue) => moment(value(issue)), asMinute);
    case 'select':
    case 'radiobuttons':
      return line(EQUALITY, (issue) => (value(issue) ? [value(issue).value] : []));
    case 'multiselect':
    case 'multicheckboxes':
      return line(EQUALITY, (issue) => list(value(issue), 'value'));
    case 'cascadingselect':
      return line(EQUALITY, (issue) =>
        value(issue) ? [value(issue).value, ...(value(issue).child ? [value(issue).child.value] : [])] : [],
      );
    case 'userpicker':
      return line(EQUALITY, (issue) => person(value(issue)));
    case 'multiuserpicker':
      return line(EQUALITY, (issue) => list(value(issue), 'accountId'));
    case 'grouppicker':
      return line(EQUALITY, (issue) => named(value(issue)));
    case 'multigrouppicker':
      return line(EQUALITY, (issue) => list(value(issue)));
    case 'multiversion':
    case 'version':
      return line(COMPARED, (issue) => list(value(issue), 'id').map(Number), bare);
    case 'url':
      return line(EQUALITY, (issue) => (value(issue) ? [value(issue)] : []));
    case 'labels':
      return line(EQUALITY, (issue) => list(value(issue)));
    case 'gh-sprint':
      return line(EQUALITY, (issue) => list(value(issue)));
    case 'gh-lexo-rank':
      return line([], (issue) => (value(issue) ? [value(issue)] : []));
    default:
      return undefined;
  }
}

/** Whether an issue with these values is found. A word search is exact here, because samples are whole words. */
export function holds(operator: string, values: readonly Plain[], sample: readonly Plain[]): boolean {
  const hit = values.some((value) => sample.some((one) => alike(value, one)));
  const [first] = sample;
  switch (operator) {
    case '=':
    case 'in':
    case '~':
      return hit;
    case '!=':
    case 'not in':
    case '!~':
      return values.length > 0 && !hit;
    case 'is':
      return values.length === 0;
    case 'is not':
      return values.length > 0;
    default:
      return values.some((value) => first !== undefined && ordered(operator, value, first));
  }
}

function alike(left: Plain, right: Plain): boolean {
  return String(left).toLowerCase() === String(right).toLowerCase();
}

function ordered(operator: string, value: Plain, bound: Plain): boolean {
  if (operator === '>') return value > bound;
  if (operator === '>=') return value >= bound;
  return operator === '<' ? value < bound : value <= bound;
}
