/** For every kind of field what two unlike sites hold and agreed on; the conformance test plays its cases with them. */
import type { Here } from '#core/mapping/here';
import type { FieldUse } from '#core/model/binding';
import type { ContractField } from '#core/model/contract';
import type { FieldKind, FieldValue, ValueType } from '#core/model/value';
import { date, docOf, option, paragraphs, set, text } from './values';

type Table = { value: string; locals: string[] }[];

/** One site's part of a field. */
export interface SampleSide {
  values?: Table;
  use?: FieldUse;
}

export interface KindSample {
  kind: FieldKind;
  mine: SampleSide;
  theirs: SampleSide;
  /** The agreement lets values travel by name. */
  byName?: true;
  /** As Jira gives it here; `raw` as it is over there once it has been written; `again` the same in another form. */
  here: unknown;
  there: unknown;
  again?: unknown;
  /** An empty field as Jira gives it. */
  empty: unknown;
  /** Something here without a counterpart, and its name; absent where every value has one. */
  unmapped?: { raw: unknown; name: string };
  /** A value of the partner that nothing here stands for. */
  unknown?: FieldValue;
  /** Base and edits of both sites. */
  base: FieldValue;
  edits: [FieldValue, FieldValue];
  /** What both come to with the policy `primary`. */
  merged: FieldValue;
  /** Of the right type, but more than the field or the protocol takes. */
  tooLong: FieldValue;
}

/** What Jira makes of a written value, as it gives it back. */

const listed = [
  { id: 'v-high', label: 'High' },
  { id: 'v-low', label: 'Low' },
  { id: 'v-odd', label: 'Odd' },
];
const mine: SampleSide = {
  values: [
    { value: 'v-high', locals: ['1', '2'] },
    { value: 'v-low', locals: ['3'] },
  ],
};
const theirs: SampleSide = {
  values: [
    { value: 'v-high', locals: ['901'] },
    { value: 'v-low', locals: ['902'] },
  ],
};

const long = 'x'.repeat(300);
const longKey = 'x'.repeat(600);
const many = Array.from({ length: 1_001 }, (_, index) => `v-${index}`);
const number = (v: number | null): FieldValue => ({ t: 'number', v });
const moment = (v: string | null): FieldValue => ({ t: 'moment', v });
const issue = (v: string | null): FieldValue => ({ t: 'issue', v });
const time = (original: number | null, remaining: number | null): FieldValue => ({
  t: 'time',
  v: { original, remaining },
});
const user = (id: string, more: { mail?: string; name?: string } = {}): FieldValue => ({
  t: 'user',
  v: { id, ...more },
});
const users = (...ids: string[]): FieldValue => ({ t: 'users', v: ids.map((id) => ({ id })) });

/** Choices by table: what differs from kind to kind is how Jira writes them. */
function choice(kind: FieldKind, local: (id: string, name: string) => unknown): KindSample {
  return {
    kind,
    mine,
    theirs,
    here: local('1', 'Hoch'),
    there: local('901', 'Urgent'),
    again: local('2', 'Höher'),
    empty: null,
    unmapped: { raw: local('77', 'Whatever'), name: 'Whatever' },
    unknown: option('v-odd'),
    base: option(null),
    edits: [option('v-high'), option('v-low')],
    merged: option('v-high'),
    tooLong: option(longKey),
  };
}

function choices(kind: FieldKind, local: (id: string, name: string) => unknown): KindSample {
  return {
    ...choice(kind, local),
    here: [local('3', 'Tief'), local('1', 'Hoch')],
    there: [local('901', 'Urgent'), local('902', 'Minor')],
    again: [local('1', 'Hoch'), local('2', 'Höher'), local('3', 'Tief')],
    empty: [],
    unmapped: { raw: [local('77', 'Whatever')], name: 'Whatever' },
    unknown: set('v-odd'),
    base: set('v-odd'),
    edits: [set('v-high', 'v-odd'), set('v-low')],
    merged: set('v-high', 'v-low'),
    tooLong: { t: 'set', v: many },
  };
}

const named = (id: string, name: string): unknown => ({ self: 'https://x/1', id, name });
const withValue = (id: string, value: string): unknown => ({ self: 'https://x/1', id, value });
const group = (groupId: string, name: string): unknown => ({ self: 'https://x/1', groupId, name });
const account = (accountId: string, displayName: string, emailAddress?: string): unknown => ({
  accountId,
  displayName,
  active: true,
  ...(emailAddress === undefined ? {} : { emailAddress }),
});

function line(kind: FieldKind, a: string, b: string): KindSample {
  return {
    kind,
    mine: {},
    theirs: {},
    here: a,
    there: a,
    empty: null,
    base: text(''),
    edits: [text(a), text(b)],
    merged: text(a),
    tooLong: text(kind === 'url' ? 'x'.repeat(40_000) : long),
  };
}

const counted: Omit<KindSample, 'kind' | 'here' | 'empty'> = {
  mine: {},
  theirs: { use: { as: 'text' } },
  byName: true,
  there: 'Ada, Ben',
  base: text(''),
  edits: [text('Ada'), text('Ben')],
  merged: text('Ada'),
  tooLong: text('x'.repeat(40_000)),
};

const people = [
  { id: 'v-high', label: 'The duty officer' },
  { id: 'v-odd', label: 'Odd' },
];
const ada = account('acc-ada', 'Ada Winter', 'Ada@acme.example');
const adaThere = account('acc-900', 'A. Winter', 'ada@acme.example');

export const kindSamples: { readonly [K in FieldKind]: KindSample } = {
  summary: { ...line('summary', 'Hello', 'Hi'), empty: '' },
  richText: {
    ...line('richText', '', ''),
    here: paragraphs('one', 'two'),
    there: paragraphs('one', 'two'),
    base: docOf('a', 'b', 'c'),
    edits: [docOf('A', 'b', 'c'), docOf('a', 'b', 'C')],
    merged: docOf('A', 'b', 'C'),
    tooLong: docOf('x'.repeat(40_000)),
  },
  text: line('text', 'Acme Ltd', 'Acme Inc'),
  url: line('url', 'https://acme.example/a?b=1', 'https://acme.example/c'),
  number: {
    ...line('number', '', ''),
    here: 2.5,
    there: 2.5,
    base: number(null),
    edits: [number(1), number(2)],
    merged: number(1),
    tooLong: number(1e15),
  },
  date: {
    ...line('date', '', ''),
    here: '2026-02-28',
    there: '2026-02-28',
    again: '2026-02-28',
    base: date(null),
    edits: [date('2026-02-28'), date('2026-03-01')],
    merged: date('2026-02-28'),
    tooLong: date('2026-02-31'),
  },
  dateTime: {
    ...line('dateTime', '', ''),
    here: '2026-02-28T12:40:00.000-0700',
    there: '2026-02-28T19:40:00.000+0000',
    again: '2026-02-28T20:40:00.000+0100',
    base: moment(null),
    edits: [moment('2026-02-28T19:40:00.000Z'), moment('2026-03-01T00:00:00.000Z')],
    merged: moment('2026-02-28T19:40:00.000Z'),
    tooLong: moment('the day after tomorrow'),
  },
  labels: {
    ...line('labels', '', ''),
    here: ['b', 'a', 'b'],
    there: ['a', 'b'],
    empty: [],
    base: set('a'),
    edits: [set('a', 'b'), set('c')],
    merged: set('b', 'c'),
    tooLong: set(long),
  },
  priority: choice('priority', named),
  select: choice('select', withValue),
  status: choice('status', named),
  resolution: choice('resolution', named),
  issueType: choice('issueType', named),
  group: choice('group', group),
  cascading: {
    ...choice('cascading', (id, value) => ({ id, value, child: { id: '5', value: 'Child' } })),
    mine: { values: [{ value: 'v-high', locals: ['1/5', '2/5'] }] },
    theirs: { values: [{ value: 'v-high', locals: ['901/5'] }] },
    unmapped: { raw: { id: '1', value: 'Hoch' }, name: 'Hoch' },
  },
  multiSelect: choices('multiSelect', withValue),
  groups: choices('groups', group),
  versions: choices('versions', named),
  components: choices('components', named),
  sprint: {
    ...choice('sprint', (id, name) => [
      { id: 8, name: 'Over', state: 'closed' },
      { id: Number(id), name, state: 'active' },
    ]),
  },
  user: {
    kind: 'user',
    mine: { values: [{ value: 'v-high', locals: ['acc-duty'] }] },
    theirs: { values: [{ value: 'v-high', locals: ['acc-officer'] }] },
    byName: true,
    here: ada,
    there: adaThere,
    empty: null,
    unknown: user('acc-nobody', { name: 'Nobody' }),
    base: user('v-high'),
    edits: [user('acc-ada'), user('acc-ben')],
    merged: user('acc-ada'),
    tooLong: user(longKey),
  },
  users: {
    kind: 'users',
    mine: { values: [{ value: 'v-high', locals: ['acc-duty'] }] },
    theirs: { values: [{ value: 'v-high', locals: ['acc-officer'] }] },
    byName: true,
    here: [ada, account('acc-duty', 'Duty')],
    there: [account('acc-officer', 'Officer'), adaThere],
    empty: [],
    unknown: users('acc-nobody'),
    base: users('v-high'),
    edits: [users('v-high', 'acc-ada'), users('acc-ben')],
    merged: users('acc-ada', 'acc-ben'),
    tooLong: users(longKey),
  },
  parent: {
    kind: 'parent',
    mine: {},
    theirs: {},
    here: { id: '10', key: 'ACME-1' },
    there: { id: '20', key: 'GLX-1' },
    empty: null,
    unmapped: { raw: { id: '999', key: 'ACME-9' }, name: 'ACME-9' },
    unknown: issue('pair-not-here'),
    base: issue(null),
    edits: [issue('pair-0001'), issue('pair-0002')],
    merged: issue('pair-0001'),
    tooLong: issue(longKey),
  },
  timeTracking: {
    ...line('timeTracking', '', ''),
    here: { originalEstimate: '2h', originalEstimateSeconds: 7200, remainingEstimateSeconds: 3600 },
    there: { originalEstimateSeconds: 7200, remainingEstimateSeconds: 3600, timeSpentSeconds: 60 },
    empty: {},
    base: time(null, null),
    edits: [time(60, 60), time(120, 60)],
    merged: time(60, 60),
    tooLong: time(1e12, 0),
  },
  watchers: {
    kind: 'watchers',
    ...counted,
    here: { watchCount: 2, watchers: [{ displayName: 'Ben' }, { displayName: 'Ada' }] },
    empty: { watchCount: 0 },
  },
  votes: {
    kind: 'votes',
    ...counted,
    here: { votes: 2, voters: [{ displayName: 'Ben' }, { displayName: 'Ada' }] },
    empty: { votes: 0 },
  },
};

/** The field of the agreement behind a sample. */
export function sampleField({ kind, byName }: KindSample): ContractField {
  const isPerson = kind === 'user' || kind === 'users';
  return {
    id: 'slot',
    kind,
    label: kind,
    direction: 'both',
    policy: 'primary',
    values: isPerson ? people : listed,
    ...(byName === undefined ? {} : { byName }),
  };
}

/** What was looked up on the two sites. */
export const hereOf: { mine: Here; theirs: Here } = {
  mine: around({ 'acc-ada': 'acc-ada' }, { 'pair-0001': { id: '10', key: 'ACME-1' } }),
  theirs: around({ 'acc-ada': 'acc-900' }, { 'pair-0001': { id: '20', key: 'GLX-1' } }),
};

function around(accounts: Record<string, string>, issues: Record<string, { id: string; key: string }>): Here {
  return {
    account: ({ id }) => accounts[id],
    whyNot: () => undefined,
    issueOf: (pair) => issues[pair],
    pairOf: (id) => Object.entries(issues).find(([, local]) => local.id === id)?.[0],
  };
}

/** A value of every type, to be sent where it does not belong. */
export const oneOfEach: { readonly [T in ValueType]: FieldValue } = {
  text: text('a'),
  adf: docOf('a'),
  set: set('a'),
  date: date('2026-01-01'),
  option: option('v-high'),
  number: number(1),
  moment: moment('2026-01-01T00:00:00.000Z'),
  user: user('acc-ada'),
  users: users('acc-ada'),
  issue: issue('pair-0001'),
  time: time(60, 60),
};
