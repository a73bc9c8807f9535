/** JQL on a small world: what each query finds, in which order, and what Jira says about wrong ones. */
import { compileJql } from '../emulator/jql/compile-jql';
import type { IssueView, JqlEnv, JqlField, Scalar } from '../emulator/jql/jql-env';

const field = (id: string, kind: JqlField['kind'], ...names: string[]): JqlField => ({
  id,
  kind,
  names: [id, ...names],
});
const FIELDS: JqlField[] = [
  field('project', 'choice'),
  field('issuekey', 'issue', 'key', 'id', 'issue'),
  field('issuetype', 'choice', 'type'),
  field('status', 'choice'),
  field('statusCategory', 'choice'),
  field('priority', 'ranked'),
  field('assignee', 'user'),
  field('labels', 'label'),
  field('summary', 'text'),
  field('text', 'text'),
  field('comment', 'text'),
  field('created', 'datetime', 'createdDate'),
  field('duedate', 'date', 'due'),
  field('parent', 'issue'),
  field('fixVersions', 'ranked', 'fixVersion'),
  field('attachments', 'presence'),
  field('customfield_10010', 'number', 'cf[10010]', 'Story Points'),
  field('customfield_10011', 'choice', 'cf[10011]', 'Severity'),
  field('customfield_10012', 'choice', 'cf[10012]', 'Severity'),
];
const VALUES: Record<string, Record<string, string>> = {
  project: { acme: '1', 'acme rockets': '1', ops: '2' },
  issuetype: { bug: '10', task: '11' },
  status: { 'to do': '20', done: '21', 'in progress': '22' },
  statusCategory: { new: 'c2', 'to do': 'c2', done: 'c3' },
  priority: { lowest: 'p1', medium: 'p3', highest: 'p5' },
  assignee: { ada: 'acc-ada', 'ada@acme.test': 'acc-ada', bob: 'acc-bob' },
  fixVersions: { '1.0': 'v1', '1.1': 'v2', '2.0': 'v3' },
  customfield_10011: { high: 's1', low: 's2' },
  customfield_10012: { high: 't1' },
};
const KEYS = ['ACME-1', 'ACME-2', 'ACME-10', 'OPS-1'];
const at = (text: string) => Date.parse(text);

const ISSUES: Record<string, Record<string, Scalar | Scalar[]> & { properties?: never }> = {
  'ACME-1': {
    project: '1',
    issuetype: '10',
    status: '20',
    statusCategory: 'c2',
    priority: 'p5',
    assignee: 'acc-ada',
    labels: ['red', 'blue'],
    summary: 'Rocket engine stalls',
    text: ['Rocket engine stalls', 'Cold start on pad 39A', 'no ignition'],
    comment: ['no ignition'],
    created: at('2026-03-01T12:00:00Z'),
    duedate: '2026-03-10',
    fixVersions: ['v1', 'v3'],
    customfield_10010: 3,
    customfield_10011: 's1',
    attachments: ['a'],
  },
  'ACME-2': {
    project: '1',
    issuetype: '11',
    status: '22',
    statusCategory: 'c4',
    priority: 'p3',
    labels: ['blue'],
    summary: 'Paint the rocket',
    text: ['Paint the rocket'],
    created: at('2026-03-04T08:00:00Z'),
    duedate: '2026-03-04',
    parent: 'ACME-1',
    customfield_10010: 8,
    customfield_10012: 't1',
  },
  'ACME-10': {
    project: '1',
    issuetype: '10',
    status: '21',
    statusCategory: 'c3',
    priority: 'p1',
    assignee: 'acc-bob',
    summary: 'Rocketry manual',
    text: ['Rocketry manual'],
    created: at('2026-02-20T08:00:00Z'),
    fixVersions: ['v2'],
  },
  'OPS-1': {
    project: '2',
    issuetype: '11',
    status: '20',
    statusCategory: 'c2',
    priority: 'p3',
    assignee: 'acc-ada',
    summary: 'Order fuel',
    text: ['Order fuel', 'see ACME-1'],
    created: at('2026-03-03T23:30:00Z'),
    customfield_10010: 5,
  },
};
const PROPERTIES: Record<string, unknown> = {
  'ACME-1': { state: { name: 'Held', since: 5, tags: ['x', 'y'] } },
};

const env: JqlEnv = {
  fields: FIELDS,
  resolve(target, written) {
    const text = written.toLowerCase();
    if (target.kind === 'issue') return KEYS.filter((key) => key.toLowerCase() === text);
    const values = VALUES[target.id] ?? {};
    const ids = Object.entries(values).filter(([name, id]) => name === text || id === text);
    return [...new Set(ids.map(([, id]) => id))];
  },
  rank: (_field, id) => (/^[pv]\d$/.test(id) ? Number(id.slice(1)) : id),
  propertyKind: (key, path) =>
    key === 'sync'
      ? ({ 'state.name': 'label', 'state.since': 'number', 'state.tags': 'label' } as const)[path.join('.')]
      : undefined,
  currentUser: 'acc-ada',
  now: at('2026-03-04T09:30:00Z'),
  timeZone: 'Europe/Berlin',
};
const views = new Map<string, IssueView>(
  KEYS.map((key) => [
    key,
    {
      get: (id) => (id === 'issuekey' ? key : ISSUES[key]?.[id]),
      property: (name) => (name === 'sync' ? PROPERTIES[key] : undefined),
    },
  ]),
);

function search(jql: string, world = env): string {
  const compiled = compileJql(jql, world);
  if (!compiled.ok) throw new Error(compiled.errorMessages.join(' | '));
  return [...views]
    .filter(([, view]) => compiled.matches(view))
    .sort(([, a], [, b]) => compiled.compare(a, b))
    .map(([key]) => key)
    .join(' ');
}

test.each([
  ['project = ACME', 'ACME-1 ACME-2 ACME-10'],
  ['project = "acme rockets" and status = "To Do"', 'ACME-1'],
  ['project != ACME', 'OPS-1'],
  ['project in (ACME, OPS) and type not in (Bug)', 'ACME-2 OPS-1'],
  ['status = Done OR status = "In Progress"', 'ACME-2 ACME-10'],
  ['status = 20 && assignee = ada', 'ACME-1 OPS-1'],
  ['statusCategory = new', 'ACME-1 OPS-1'],
  ['assignee = currentUser()', 'ACME-1 OPS-1'],
  ['assignee in (currentUser(), bob)', 'ACME-1 ACME-10 OPS-1'],
  ['assignee != currentUser()', 'ACME-10'],
  ['not assignee = ada', 'ACME-10'],
  ['assignee is EMPTY', 'ACME-2'],
  ['assignee = null', 'ACME-2'],
  ['assignee is not EMPTY', 'ACME-1 ACME-10 OPS-1'],
  ['not assignee is empty', 'ACME-1 ACME-10 OPS-1'],
  ['assignee in (EMPTY, bob)', 'ACME-2 ACME-10'],
  ['assignee not in (EMPTY, bob)', 'ACME-1 OPS-1'],
  ['not (project = ACME and (type = Bug or labels = BLUE))', 'OPS-1'],
  ['labels = blue', 'ACME-1 ACME-2'],
  ['labels != red', 'ACME-2'],
  ['labels in (red, green)', 'ACME-1'],
  ['priority > Lowest', 'ACME-1 ACME-2 OPS-1'],
  ['priority <= Medium', 'ACME-2 ACME-10 OPS-1'],
  ['not priority <= Medium', 'ACME-1'],
  ['fixVersion >= 1.1', 'ACME-1 ACME-10'],
  ['fixVersion is empty', 'ACME-2 OPS-1'],
  ['key = acme-1', 'ACME-1'],
  ['key in (ACME-1, OPS-1)', 'ACME-1 OPS-1'],
  ['key >= ACME-2', 'ACME-2 ACME-10'],
  ['parent = ACME-1', 'ACME-2'],
  ['"Story Points" >= 5', 'ACME-2 OPS-1'],
  ['cf[10010] = 3', 'ACME-1'],
  ['cf[10010] < 8.5 and cf[10010] > -1', 'ACME-1 ACME-2 OPS-1'],
  ['cf[10011] = High', 'ACME-1'],
  ['attachments is not empty', 'ACME-1'],
  ['summary ~ rocket', 'ACME-1 ACME-2'],
  ['summary ~ "rocket*"', 'ACME-1 ACME-2 ACME-10'],
  ['summary ~ "ROCKET paint"', 'ACME-2'],
  ['summary !~ rocket', 'ACME-10 OPS-1'],
  ['summary ~ "\\"the rocket\\""', 'ACME-2'],
  ['summary ~ "\\"rocket the\\""', ''],
  ['text ~ "engine ignition"', 'ACME-1'],
  ['text ~ "ACME-1"', 'OPS-1'],
  ['text ~ "39?"', 'ACME-1'],
  ['comment ~ ignition', 'ACME-1'],
  ['comment is empty', 'ACME-2 ACME-10 OPS-1'],
  ['rocket', 'ACME-1 ACME-2'],
  ['engine rocket', 'ACME-1'],
  ['created >= 2026-03-04', 'ACME-2 OPS-1'],
  ['created >= "2026/03/04 09:00"', 'ACME-2'],
  ['created > -1d', 'ACME-2 OPS-1'],
  ['created < "-2d 4h"', 'ACME-1 ACME-10'],
  ['created >= startOfDay()', 'ACME-2 OPS-1'],
  ['created >= startOfDay(1)', ''],
  ['created < startOfDay(-1) and created >= startOfMonth()', 'ACME-1'],
  ['created >= startOfWeek(-1) and created <= endOfWeek("-1w")', ''],
  ['created < startOfYear("+2M")', 'ACME-10'],
  ['duedate = 2026-03-04', 'ACME-2'],
  ['due <= now()', 'ACME-2'],
  ['due > endOfDay("5d")', 'ACME-1'],
  ['issue.property[sync].state.name = held', 'ACME-1'],
  ['issue.property[sync].state.since > 4', 'ACME-1'],
  ['issue.property[sync].state.tags in (y)', 'ACME-1'],
  ['issue.property[sync].state.name is empty', 'ACME-2 ACME-10 OPS-1'],
  ['Severity = High', 'ACME-1 ACME-2'],
])('%s', (jql, found) => {
  expect(search(jql)).toBe(found);
});

test.each([
  ['project = ACME order by priority desc', 'ACME-1 ACME-2 ACME-10'],
  ['order by key', 'ACME-1 ACME-2 ACME-10 OPS-1'],
  ['order by key desc', 'OPS-1 ACME-10 ACME-2 ACME-1'],
  ['order by assignee, created desc', 'OPS-1 ACME-1 ACME-10 ACME-2'],
  ['order by duedate asc, key desc', 'ACME-2 ACME-1 OPS-1 ACME-10'],
  ['order by cf[10010] desc, key', 'ACME-10 ACME-2 OPS-1 ACME-1'],
  ['order by summary', 'OPS-1 ACME-2 ACME-1 ACME-10'],
])('%s', (jql, found) => {
  expect(search(jql)).toBe(found);
});

test.each([
  ['foo = 1', "Field 'foo' does not exist or you do not have permission to view it."],
  ['status = Nowhere', "The value 'Nowhere' does not exist for the field 'status'."],
  ['key = ACME-999', "An issue with key 'ACME-999' does not exist for field 'key'."],
  [
    'status in (Done, Nowhere) and foo = 1',
    "The value 'Nowhere' does not exist for the field 'status'. | Field 'foo' does not exist or you do not have permission to view it.",
  ],
  ['summary = rocket', "The operator '=' is not supported by the 'summary' field."],
  ['status > Done', "The operator '>' is not supported by the 'status' field."],
  ['status ~ Done', "The operator '~' is not supported by the 'status' field."],
  ['status = (Done)', /Expecting either a value, list or function but got '\('/],
  ['status in Done', 'Error in the JQL Query: The query must not end here. (line 1, character 15)'],
  ['assignee is ada', /Expecting either a value/],
  ['summary ~ EMPTY', "The field 'summary' does not support searching for EMPTY values."],
  ['priority > EMPTY', /'EMPTY' cannot stand here/],
  [
    'created > soon',
    "Date value 'soon' for field 'created' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'.",
  ],
  ['due = 2026-02-30', /Date value '2026-02-30'/],
  ['cf[10010] = many', "The value 'many' is not a valid number for the field 'cf[10010]'."],
  ['assignee = nobody()', "Unable to find JQL function 'nobody()'."],
  ['assignee in lastLogin()', "JQL function 'lastLogin()' is not supported by this emulated site."],
  [
    'project = currentUser()',
    "A value provided by the function 'currentUser' is invalid for the field 'project'.",
  ],
  ['created > startOfDay(tomorrow)', /function 'startOfDay' is invalid/],
  ['labels was red', "History searches do not support the 'labels' field."],
  ['labels changed', "History searches do not support the 'labels' field."],
  [
    'issue.property[other].x = 1',
    "Field 'issue.property[other].x' does not exist or you do not have permission to view it.",
  ],
  ['project.property[a].b = 1', /does not exist/],
  ['summary ~ "*ocket"', /not allowed as first character/],
  ['summary ~ "rocket AND engine"', /not emulated/],
  ['summary ~ ""', /no word/],
  ['order by foo', "Not able to sort using field 'foo'."],
  ['order by attachments', "Not able to sort using field 'attachments'."],
  ['order by key, key, key, key, key, key, key, key', /at most 7 fields/],
  [
    'summary ~ "rocket',
    "Error in the JQL Query: The quoted string 'rocket' has not been completed. (line 1, character 11)",
  ],
  [
    'project =',
    /^Error in the JQL Query: Expecting either a value, list or function but the end of the query was reached. \(line 1, character 10\)$/,
  ],
  [
    'project = ACME status = Done',
    /Expecting either 'OR' or 'AND' but got 'status'. \(line 1, character 16\)/,
  ],
  ['project ACME = 1', /Expecting operator but got 'ACME'. The valid operators are/],
  ['project = ACME and', /Expecting a field name/],
  ['project = and', /You must surround 'and' in quotation marks/],
  ['project = ACME\nand (', /line 2/],
])('%s is refused', (jql, message) => {
  expect(() => search(jql)).toThrow(message);
});

test('a query tells whether it is bounded, ordered, and which fields it uses', () => {
  const facts = (jql: string) => {
    const compiled = compileJql(jql, env);
    return compiled.ok && [compiled.bounded, compiled.ordered, compiled.fields];
  };
  expect(facts('')).toEqual([false, false, []]);
  expect(facts('order by created')).toEqual([false, true, ['created']]);
  expect(facts('project = ACME and Severity = High')).toEqual([
    true,
    false,
    ['project', 'customfield_10011', 'customfield_10012'],
  ]);
});

test('an anonymous caller is nobody', () => {
  expect(search('assignee = currentUser()', { ...env, currentUser: undefined })).toBe('');
});

test('days begin where the caller is', () => {
  const tokyo = { ...env, timeZone: 'Asia/Tokyo' };
  expect(search('created >= 2026-03-04', { ...env, timeZone: 'UTC' })).toBe('ACME-2');
  expect(search('created < 2026-03-04 and created > 2026-03-02', tokyo)).toBe('');
  expect(search('created > "2026-03-29 01:30" or due = startOfDay()', env)).toBe('ACME-2');
});
