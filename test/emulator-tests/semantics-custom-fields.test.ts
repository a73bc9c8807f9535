/** Custom fields by the suffix of `schema.custom`: type, written form, read form, emptying, wrong value (jira.md section 5) [rec createmeta]. */
import { type Bench, benchOf, bug, says } from './jira-bench';

// biome-ignore lint/suspicious/noExplicitAny: bodies of every shape
type Json = any;

const DEV = '712020:c4a8f2b6-7d31-4e95-b06a-9f1e5d8c4d04';
const HANA = '712020:7a1c5e9d-3b82-4640-9d6f-5e2b8c4a7a07';
const option = (value: string) => ({
  self: expect.stringMatching(/\/rest\/api\/3\/customFieldOption\/\d+$/),
  value,
  id: expect.stringMatching(/^\d+$/),
});
const person = (accountId: string) => expect.objectContaining({ accountId, displayName: expect.any(String) });

interface Kind {
  id: string;
  project: string;
  schema: { type: string; items?: string };
  write: unknown;
  read: unknown;
  /** What empties it, and how empty reads. */
  clear: unknown;
  wrong: [value: unknown, text: RegExp][];
  /** How the empty field reads; null when absent. */
  empty?: unknown;
}

const NO_STRING: [unknown, RegExp] = [7, /must be a string/];
const NO_OPTION: [unknown, RegExp][] = [
  [{ value: 'Nowhere' }, /Option value 'Nowhere' is not valid/],
  [{ id: '1' }, /Option id '1' is not valid/],
  ['Cloud', /Specify a valid 'id'/],
];

const KINDS: Record<string, Kind> = {
  textfield: {
    id: 'customfield_10032',
    project: 'SUP',
    schema: { type: 'string' },
    write: 'Nord',
    read: 'Nord',
    clear: '',
    wrong: [NO_STRING],
  },
  textarea: {
    id: 'customfield_10036',
    project: 'DEV',
    schema: { type: 'string' },
    write: says('Notes'),
    read: says('Notes'),
    clear: { type: 'doc', version: 1, content: [] },
    wrong: [['plain', /must be an Atlassian Document/]],
  },
  float: {
    id: 'customfield_10016',
    project: 'DEV',
    schema: { type: 'number' },
    write: 2.5,
    read: 2.5,
    clear: null,
    wrong: [['2.5', /must be a number/]],
  },
  datepicker: {
    id: 'customfield_10040',
    project: 'SUP',
    schema: { type: 'date' },
    write: '2027-02-28',
    read: '2027-02-28',
    clear: '',
    wrong: [
      ['2027-02-29', /Error parsing date string/],
      [7, /must be a string/],
    ],
  },
  datetime: {
    id: 'customfield_10039',
    project: 'SUP',
    schema: { type: 'datetime' },
    write: '2019-08-29T12:40:00.000-0700',
    read: '2019-08-29T14:40:00.000-0500',
    clear: null,
    wrong: [['yesterday', /Error parsing time/]],
  },
  select: {
    id: 'customfield_10031',
    project: 'SUP',
    schema: { type: 'option' },
    write: { value: 'S6 Slow' },
    read: option('S6 Slow'),
    clear: null,
    wrong: NO_OPTION,
  },
  radiobuttons: {
    id: 'customfield_10034',
    project: 'SUP',
    schema: { type: 'option' },
    write: { value: 'Cloud' },
    read: option('Cloud'),
    clear: null,
    wrong: NO_OPTION,
  },
  multiselect: {
    id: 'customfield_10043',
    project: 'SUP',
    schema: { type: 'array', items: 'option' },
    write: [{ value: 'Europe' }, { value: 'Asia' }],
    read: [option('Europe'), option('Asia')],
    clear: [],
    wrong: [
      [{ value: 'Europe' }, /data was not an array/],
      [[{ value: 'Moon' }], /Option value 'Moon'/],
    ],
  },
  multicheckboxes: {
    id: 'customfield_10033',
    project: 'SUP',
    schema: { type: 'array', items: 'option' },
    write: [{ value: 'API' }],
    read: [option('API')],
    clear: null,
    wrong: [[['API'], /Specify a valid 'id'/]],
  },
  cascadingselect: {
    id: 'customfield_10035',
    project: 'SUP',
    schema: { type: 'option-with-child' },
    write: { value: 'Planning', child: { value: 'Crews' } },
    read: { ...option('Planning'), child: option('Crews') },
    clear: null,
    wrong: [
      [{ value: 'Planning', child: { value: 'Picking' } }, /Option value 'Picking' is not valid/],
      [{ value: 'Crews' }, /Option value 'Crews' is not valid/],
    ],
  },
  userpicker: {
    id: 'customfield_10037',
    project: 'SUP',
    schema: { type: 'user' },
    write: { accountId: DEV },
    read: person(DEV),
    clear: null,
    wrong: [[{ accountId: 'ghost' }, /'ghost'/]],
  },
  multiuserpicker: {
    id: 'customfield_10038',
    project: 'DEV',
    schema: { type: 'array', items: 'user' },
    write: [{ accountId: DEV }, { accountId: HANA }],
    read: [person(DEV), person(HANA)],
    clear: [],
    wrong: [
      [{ accountId: DEV }, /data was not an array/],
      [[{ accountId: 'ghost' }], /'ghost'/],
    ],
  },
  grouppicker: {
    id: 'customfield_10044',
    project: 'SUP',
    schema: { type: 'group' },
    write: { name: 'support-leads' },
    read: expect.objectContaining({ name: 'support-leads', groupId: expect.any(String) }),
    clear: null,
    wrong: [[{ name: 'ghosts' }, /Group 'ghosts' does not exist/]],
  },
  labels: {
    id: 'customfield_10042',
    project: 'SUP',
    schema: { type: 'array', items: 'string' },
    write: ['b', 'a'],
    read: ['a', 'b'],
    clear: [],
    empty: [],
    wrong: [
      [['a b'], /contains spaces/],
      ['a', /data was not an array/],
    ],
  },
  url: {
    id: 'customfield_10041',
    project: 'SUP',
    schema: { type: 'string' },
    write: 'https://a.example/x',
    read: 'https://a.example/x',
    clear: null,
    wrong: [['nope', /URL/]],
  },
  'gh-sprint': {
    id: 'customfield_10020',
    project: 'DEV',
    schema: { type: 'array', items: 'json' },
    write: 42,
    read: [
      expect.objectContaining({
        id: 42,
        name: 'DEV Sprint 18',
        state: 'active',
        boardId: expect.any(Number),
      }),
    ],
    clear: null,
    wrong: [
      [[42], /Number value expected/],
      [99, /could not be found/],
    ],
  },
};

async function freshIn(bench: Bench, project: string, fields: Record<string, unknown> = {}): Promise<string> {
  const made = await bench.post(
    'issue',
    bug('Fresh', { project: { key: project }, issuetype: { name: 'Task' }, ...fields }),
  );
  expect([made.status, made.body.errors]).toEqual([201, undefined]);
  return made.body.key;
}

describe.each(Object.entries(KINDS))('%s', (suffix, kind) => {
  const read = async (bench: Bench, key: string) => (await bench.get(`issue/${key}`)).body.fields[kind.id];

  test('is declared as recorded', async () => {
    const fields: Json[] = (await benchOf('acme').get('field')).body;
    const schema = fields.find((field) => field.id === kind.id)?.schema;
    expect(schema).toMatchObject({ ...kind.schema, customId: Number(kind.id.slice('customfield_'.length)) });
    expect(schema.custom).toMatch(new RegExp(`:${suffix}$`));
  });

  test('is written on create and on edit and reads the same in issue, search and bulkfetch', async () => {
    const bench = benchOf('acme');
    const key = await freshIn(bench, kind.project, { [kind.id]: kind.write });
    expect(await read(bench, key)).toEqual(kind.read);
    const other = await freshIn(bench, kind.project);
    expect((await bench.put(`issue/${other}`, { fields: { [kind.id]: kind.write } })).status).toBe(204);
    expect(await read(bench, other)).toEqual(kind.read);
    const ask = { fields: [kind.id] };
    const found = await bench.post('search/jql', { jql: `key = ${other}`, ...ask });
    const fetched = await bench.post('issue/bulkfetch', { issueIdsOrKeys: [other], ...ask });
    expect([found.body.issues[0].fields[kind.id], fetched.body.issues[0].fields[kind.id]]).toEqual([
      kind.read,
      kind.read,
    ]);
  });

  test('is emptied and reads empty then', async () => {
    const bench = benchOf('acme');
    const key = await freshIn(bench, kind.project, { [kind.id]: kind.write });
    for (const nothing of [kind.clear, null]) {
      await bench.put(`issue/${key}`, { fields: { [kind.id]: kind.write } });
      expect((await bench.put(`issue/${key}`, { fields: { [kind.id]: nothing } })).status).toBe(204);
      expect(await read(bench, key)).toEqual(kind.empty ?? null);
    }
  });

  test.each(kind.wrong)('refuses %j', async (value, text) => {
    const bench = benchOf('acme');
    const key = await freshIn(bench, kind.project);
    const answer = await bench.put(`issue/${key}`, { fields: { [kind.id]: value } });
    expect([answer.status, answer.body.errors]).toEqual([400, { [kind.id]: expect.stringMatching(text) }]);
  });
});

test('a datetime reads in the zone of the reader', async () => {
  const bench = benchOf('acme');
  const key = await freshIn(bench, 'SUP', { customfield_10039: '2019-08-29T12:40:00.000-0700' });
  bench.as('Dev');
  expect((await bench.get(`issue/${key}`)).body.fields.customfield_10039).toBe(
    '2019-08-30T01:10:00.000+0530',
  );
});

test('a closed sprint stays with the issue when it goes on to the next one [rec: comma-joined ids]', async () => {
  const bench = benchOf('acme');
  const key = await freshIn(bench, 'DEV', { customfield_10020: 41 });
  for (const sprint of [42, 43]) await bench.put(`issue/${key}`, { fields: { customfield_10020: sprint } });
  const sprints = (await bench.get(`issue/${key}`)).body.fields.customfield_10020;
  expect(sprints.map((row: Json) => [row.id, row.state])).toEqual([
    [41, 'closed'],
    [43, 'future'],
  ]);
  const entries = (await bench.get(`issue/${key}/changelog`)).body.values;
  expect(entries[0].items[0]).toMatchObject({ from: '41', to: '41, 42' });
});

test('the rank cannot be written as a field', async () => {
  const bench = benchOf('acme');
  expect((await bench.put('issue/DEV-3', { fields: { customfield_10019: '0|a:' } })).status).toBe(400);
});

test('a field outside its context is absent from the issue and refused', async () => {
  const bench = benchOf('acme');
  expect((await bench.get('issue/DEV-3')).body.fields).not.toHaveProperty('customfield_10033');
  expect((await bench.put('issue/DEV-3', { fields: { customfield_10033: [{ value: 'API' }] } })).status).toBe(
    400,
  );
});
