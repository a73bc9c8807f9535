/** One test per kind of field: the changelog item as it was recorded from real sites (jira.md section 5, Changelog) [rec]. */

import { type Bench, benchOf, bug, says } from './jira-bench';
import { moveTestIssue } from './move-bench';

// biome-ignore lint/suspicious/noExplicitAny: bodies of every shape
type Json = any;

async function lastItems(bench: Bench, key: string): Promise<Json[]> {
  return (await bench.get(`issue/${key}/changelog`)).body.values.at(-1).items;
}

/** A new issue in DEV, where most custom fields are on the screen, or in SUP. */
async function fresh(bench: Bench, project = 'SUP'): Promise<string> {
  const fields = { project: { key: project }, issuetype: { name: 'Task' } };
  return (await bench.post('issue', bug('Fresh', fields))).body.key;
}

const idOf = (bench: Bench, name: string) =>
  bench.site.users().find((user) => user.name.startsWith(name))?.accountId ?? '';

const TEXT = (from: string | null, to: string | null) => ({
  from: null,
  fromString: from,
  to: null,
  toString: to,
});
const DIGITS = expect.stringMatching(/^\d+$/);
const DEV_ID = '712020:c4a8f2b6-7d31-4e95-b06a-9f1e5d8c4d04';
const HANA_ID = '712020:7a1c5e9d-3b82-4640-9d6f-5e2b8c4a7a07';

/** Field, project, first value, item of setting it, second value, item of the change (null = emptied). */
const KINDS: [
  kind: string,
  id: string,
  project: string,
  first: unknown,
  set: Json,
  second: unknown,
  changed: Json,
][] = [
  ['short text', 'customfield_10032', 'SUP', 'Nord', TEXT(null, 'Nord'), null, TEXT('Nord', '')],
  ['document', 'customfield_10036', 'DEV', says('One'), TEXT(null, 'One'), says('Two'), TEXT('One', 'Two')],
  ['number', 'customfield_10016', 'DEV', 3, TEXT(null, '3'), 5.5, TEXT('3', '5.5')],
  [
    'date',
    'customfield_10040',
    'SUP',
    '2027-01-02',
    { from: null, fromString: null, to: '2027-01-02', toString: '02/Jan/27' },
    null,
    { from: '2027-01-02', fromString: '02/Jan/27', to: '', toString: '' },
  ],
  [
    'due date',
    'duedate',
    'SUP',
    '2027-01-02',
    { from: null, fromString: null, to: '2027-01-02', toString: '2027-01-02 00:00:00.0' },
    null,
    { from: '2027-01-02', fromString: '2027-01-02 00:00:00.0', to: null, toString: null },
  ],
  [
    'moment',
    'customfield_10039',
    'SUP',
    '2026-11-20T10:00:00.000+0000',
    {
      from: null,
      fromString: null,
      to: '2026-11-20T04:00:00.000-0600',
      toString: '2026-11-20T04:00:00.000-0600',
    },
    null,
    {
      from: '2026-11-20T04:00:00.000-0600',
      fromString: '2026-11-20T04:00:00.000-0600',
      to: '',
      toString: '',
    },
  ],
  [
    'address',
    'customfield_10041',
    'SUP',
    'https://a.example/',
    TEXT(null, 'https://a.example/'),
    null,
    TEXT('https://a.example/', ''),
  ],
  [
    'select',
    'customfield_10031',
    'SUP',
    { value: 'S6 Slow' },
    { from: null, fromString: null, to: DIGITS, toString: 'S6 Slow' },
    { value: 'S8 Typo' },
    { from: DIGITS, fromString: 'S6 Slow', to: DIGITS, toString: 'S8 Typo' },
  ],
  [
    'radio buttons',
    'customfield_10034',
    'SUP',
    { value: 'Cloud' },
    { from: null, fromString: null, to: DIGITS, toString: 'Cloud' },
    null,
    { from: DIGITS, fromString: 'Cloud', to: '', toString: '' },
  ],
  [
    'multiselect',
    'customfield_10043',
    'SUP',
    [{ value: 'Europe' }, { value: 'Asia' }],
    { from: null, fromString: null, to: expect.stringMatching(/^\[\d+, \d+\]$/), toString: 'Europe,Asia' },
    [],
    { from: expect.stringMatching(/^\[\d+, \d+\]$/), fromString: 'Europe,Asia', to: '', toString: '' },
  ],
  [
    'cascade',
    'customfield_10035',
    'SUP',
    { value: 'Planning', child: { value: 'Loads' } },
    TEXT(
      null,
      expect.stringMatching(/^Parent values: Planning\(\d+\)Level 1 values: Loads\(\d+\)$/) as never,
    ),
    null,
    TEXT(expect.stringMatching(/^Parent values: Planning/) as never, ''),
  ],
  [
    'person',
    'customfield_10037',
    'SUP',
    { accountId: DEV_ID },
    { from: null, fromString: null, to: DEV_ID, toString: 'Dev Raman' },
    { accountId: HANA_ID },
    { from: DEV_ID, fromString: 'Dev Raman', to: HANA_ID, toString: 'Hana Sato' },
  ],
  [
    'people',
    'customfield_10038',
    'DEV',
    [{ accountId: DEV_ID }, { accountId: HANA_ID }],
    { from: null, fromString: null, to: `[${DEV_ID}, ${HANA_ID}]`, toString: '[Dev Raman, Hana Sato]' },
    null,
    { from: `[${DEV_ID}, ${HANA_ID}]`, fromString: '[Dev Raman, Hana Sato]', to: '[]', toString: '[]' },
  ],
  ['custom labels', 'customfield_10042', 'SUP', ['b', 'a'], TEXT('', 'a b'), [], TEXT('a b', '')],
  ['labels', 'labels', 'SUP', ['b', 'a'], TEXT('', 'a b'), [], TEXT('a b', '')],
  ['summary', 'summary', 'SUP', 'First', TEXT('Fresh', 'First'), 'Second', TEXT('First', 'Second')],
  ['description', 'description', 'SUP', says('One'), TEXT(null, 'One'), null, TEXT('One', null)],
  ['environment', 'environment', 'SUP', says('Prod'), TEXT(null, 'Prod'), says('Test'), TEXT('Prod', 'Test')],
  [
    'priority',
    'priority',
    'SUP',
    { name: 'High' },
    { from: '3', fromString: 'Medium', to: '2', toString: 'High' },
    { id: '5' },
    { from: '2', fromString: 'High', to: '5', toString: 'Lowest' },
  ],
  [
    'sprint',
    'customfield_10020',
    'DEV',
    42,
    { from: '', fromString: '', to: '42', toString: 'DEV Sprint 18' },
    43,
    expect.objectContaining({
      fromString: expect.stringContaining('DEV Sprint 18'),
      toString: expect.stringContaining('DEV Sprint 19'),
    }),
  ],
];

test.each(KINDS)('%s', async (_kind, id, project, first, set, second, changed) => {
  const bench = benchOf('acme');
  const key = await fresh(bench, project);
  for (const [value, expected] of [
    [first, set],
    [second, changed],
  ]) {
    expect((await bench.put(`issue/${key}`, { fields: { [id]: value } })).status).toBe(204);
    const items = await lastItems(bench, key);
    const isCustom = id.startsWith('customfield');
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ fieldtype: isCustom ? 'custom' : 'jira', fieldId: id });
    const { field: _field, fieldtype: _type, fieldId: _id, ...rest } = items[0];
    expect(rest).toEqual(expected);
  }
});

test('status: ids and names', async () => {
  const bench = benchOf('acme');
  const key = await fresh(bench);
  await bench.post(`issue/${key}/transitions`, { transition: { id: '121' } });
  expect(await lastItems(bench, key)).toEqual([
    {
      field: 'status',
      fieldtype: 'jira',
      fieldId: 'status',
      from: '10200',
      fromString: 'To Do',
      to: '10201',
      toString: 'In Progress',
    },
  ]);
});

test('assignee: account ids twice, reporter once', async () => {
  const bench = benchOf('acme');
  const key = await fresh(bench);
  const [ben, carla] = [idOf(bench, 'Ben'), idOf(bench, 'Carla')];
  await bench.put(`issue/${key}`, { fields: { assignee: { accountId: ben } } });
  expect(await lastItems(bench, key)).toEqual([
    expect.objectContaining({
      field: 'assignee',
      from: null,
      to: ben,
      toString: 'Ben Okafor',
      tmpFromAccountId: null,
      tmpToAccountId: ben,
    }),
  ]);
  await bench.put(`issue/${key}`, { fields: { reporter: { accountId: carla } } });
  const [item] = await lastItems(bench, key);
  expect(item).toMatchObject({ field: 'reporter', to: carla, toString: 'Carla Mendes' });
  expect(item).not.toHaveProperty('tmpToAccountId');
});

test('versions and components: one item per element that came or went', async () => {
  const bench = benchOf('acme');
  const key = await fresh(bench);
  const names = async (id: string, values: string[]) => {
    await bench.put(`issue/${key}`, { fields: { [id]: values.map((name) => ({ name })) } });
    return (await lastItems(bench, key)).map((item) => [item.field, item.fromString, item.toString]);
  };
  expect(await names('fixVersions', ['5.7', '5.8'])).toEqual([
    ['Fix Version', null, '5.7'],
    ['Fix Version', null, '5.8'],
  ]);
  expect(await names('fixVersions', ['6.0', '5.8'])).toEqual([
    ['Fix Version', '5.7', null],
    ['Fix Version', null, '6.0'],
  ]);
  expect(await names('versions', ['5.7'])).toEqual([['Version', null, '5.7']]);
  expect(await names('components', ['Reports'])).toEqual([['Component', null, 'Reports']]);
});

/** Recorded without `fieldId`. */
test('Link, RemoteIssueLink and IssueParentAssociation have no fieldId', async () => {
  const bench = benchOf('acme');
  const key = await fresh(bench);
  const link = { type: { name: 'Blocks' }, inwardIssue: { key }, outwardIssue: { key: 'SUP-5' } };
  await bench.post('issueLink', link);
  expect(await lastItems(bench, key)).toEqual([
    {
      field: 'Link',
      fieldtype: 'jira',
      from: null,
      fromString: null,
      to: 'SUP-5',
      toString: 'This issue blocks SUP-5',
    },
  ]);
  expect((await lastItems(bench, 'SUP-5'))[0].toString).toBe(`This issue is blocked by ${key}`);
  await bench.post(`issue/${key}/remotelink`, { object: { url: 'https://a.example', title: 'A' } });
  expect((await lastItems(bench, key))[0]).not.toHaveProperty('fieldId');
  expect((await lastItems(bench, key))[0].field).toBe('RemoteIssueLink');
  await bench.put(`issue/${key}`, { fields: { parent: { key: 'SUP-1' } } });
  const [parent] = await lastItems(bench, key);
  expect(parent).toMatchObject({
    field: 'IssueParentAssociation',
    from: null,
    to: DIGITS,
    toString: 'SUP-1',
  });
  expect(parent).not.toHaveProperty('fieldId');
});

test('a file: id and name', async () => {
  const bench = benchOf('acme');
  const key = await fresh(bench);
  const form = new FormData();
  form.append('file', new File(['x'], 'x.txt'));
  const [file] = (
    await bench.call('POST', `issue/${key}/attachments`, form, { 'x-atlassian-token': 'no-check' })
  ).body;
  expect(await lastItems(bench, key)).toEqual([
    {
      field: 'Attachment',
      fieldtype: 'jira',
      fieldId: 'attachment',
      from: null,
      fromString: null,
      to: file.id,
      toString: 'x.txt',
    },
  ]);
});

test('logged work: the estimates in seconds and the worklog', async () => {
  const bench = benchOf('acme');
  const key = await fresh(bench);
  await bench.put(`issue/${key}`, { fields: { timetracking: { originalEstimate: '4h' } } });
  expect((await lastItems(bench, key)).map((item) => [item.field, item.to])).toEqual([
    ['timeestimate', '14400'],
    ['timeoriginalestimate', '14400'],
  ]);
  await bench.post(`issue/${key}/worklog`, { timeSpent: '1h' });
  expect((await lastItems(bench, key)).map((item) => [item.field, item.from, item.to])).toEqual([
    ['timeestimate', '14400', '10800'],
    ['timespent', null, '3600'],
    ['WorklogId', null, DIGITS],
  ]);
});

test('a move is one entry that begins with project and Key; Key has texts alone and no fieldId', async () => {
  const { bench } = await moveTestIssue();
  const items = await lastItems(bench, 'DEV-29');
  expect(items.slice(0, 2)).toEqual([
    {
      field: 'project',
      fieldtype: 'jira',
      fieldId: 'project',
      from: '10001',
      fromString: 'Customer Support',
      to: '10002',
      toString: 'Platform Development',
    },
    { field: 'Key', fieldtype: 'jira', from: null, fromString: 'SUP-5', to: null, toString: 'DEV-29' },
  ]);
  const workflow = items.find((item) => item.field === 'Workflow');
  expect(workflow).toMatchObject({ fromString: 'Support workflow', toString: 'Development workflow' });
  expect(workflow).not.toHaveProperty('fieldId');
});

test('a type change stands in one entry with the status and the Workflow', async () => {
  const { bench } = await moveTestIssue('Story');
  const fields = (await lastItems(bench, 'DEV-29')).map((item) => item.field);
  expect(fields).toEqual(expect.arrayContaining(['project', 'Key', 'issuetype', 'Workflow']));
});

test('an entry has id, author, created and items, and a write of many fields is one entry', async () => {
  const bench = benchOf('acme');
  const key = await fresh(bench);
  await bench.put(`issue/${key}`, { fields: { summary: 'x', labels: ['y'], duedate: '2027-01-01' } });
  const { values } = (await bench.get(`issue/${key}/changelog`)).body;
  expect(values).toHaveLength(1);
  expect(Object.keys(values[0]).sort()).toEqual(['author', 'created', 'id', 'items']);
  expect(values[0].items.map((item: Json) => item.field).sort()).toEqual(['duedate', 'labels', 'summary']);
});

test('historyMetadata of an edit and of a transition stands in the entry as it came [spec]', async () => {
  const bench = benchOf('acme');
  const key = await fresh(bench);
  const historyMetadata = { type: 'sync', description: 'told by the partner', actor: { id: 'x' } };
  await bench.put(`issue/${key}`, { fields: { summary: 'x' }, historyMetadata });
  await bench.post(`issue/${key}/transitions`, { transition: { id: '121' }, historyMetadata });
  const { values } = (await bench.get(`issue/${key}/changelog`)).body;
  expect(values.map((entry: Json) => entry.historyMetadata)).toEqual([historyMetadata, historyMetadata]);
});

test('comments, watchers, votes and properties leave no entry', async () => {
  const bench = benchOf('acme');
  const key = await fresh(bench);
  await bench.post(`issue/${key}/comment`, { body: says('x') });
  await bench.post(`issue/${key}/watchers`, idOf(bench, 'Ben'));
  await bench.put(`issue/${key}/properties/p`, 1);
  bench.as('Ben');
  await bench.post(`issue/${key}/votes`);
  expect((await bench.get(`issue/${key}/changelog`)).body.values).toEqual([]);
});
