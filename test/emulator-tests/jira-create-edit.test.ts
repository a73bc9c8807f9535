/** Creating and editing issues: refusals in Jira's words, operations, changelog items (evidence: jira.md section 5). */
import { type Bench, benchOf, bug, says } from './jira-bench';

let bench: Bench;

beforeEach(() => {
  bench = benchOf('acme');
});

const refusals: [name: string, fields: Record<string, unknown>, field: string, text: string][] = [
  ['a missing summary', { summary: '' }, 'summary', 'You must specify a summary of the issue.'],
  [
    'a summary of 256 characters',
    { summary: 'x'.repeat(256) },
    'summary',
    'Summary must be less than 255 characters.',
  ],
  [
    'a summary of two lines',
    { summary: 'a\nb' },
    'summary',
    'The summary is invalid because it contains newline characters.',
  ],
  [
    'a label with a space',
    { labels: ['a b'] },
    'labels',
    "The label 'a b' contains spaces which is invalid.",
  ],
  [
    'a string where a document is due',
    { description: 'plain' },
    'description',
    'Operation value must be an Atlassian Document (see the Atlassian Document Format)',
  ],
  [
    'a long text',
    { description: says('x'.repeat(32_768)) },
    'description',
    'The entered text is too long. It exceeds the allowed limit of 32,767 characters.',
  ],
  ['an unknown priority', { priority: { name: 'BLARG' } }, 'priority', "Priority name 'BLARG' is not valid"],
  ['an option without id', { customfield_10031: {} }, 'customfield_10031', "Option id 'null' is not valid"],
  [
    'a field of another site',
    { customfield_10231: 'x' },
    'customfield_10231',
    "Field 'customfield_10231' cannot be set. It is not on the appropriate screen, or unknown.",
  ],
  [
    'the resolution',
    { resolution: { name: 'Done' } },
    'resolution',
    "Field 'resolution' cannot be set. It is not on the appropriate screen, or unknown.",
  ],
  ['a project that is not there', { project: { key: 'NOPE' } }, 'project', 'valid project is required'],
  ['a type of another project', { issuetype: { name: 'Story' } }, 'issuetype', 'Specify a valid issue type'],
  ['a date that is none', { duedate: '2026-02-30' }, 'duedate', 'Error parsing date string: 2026-02-30'],
];

test.each(refusals)('create refuses %s', async (_name, fields, field, text) => {
  const before = JSON.stringify(bench.site.snapshot());
  const answer = await bench.post('issue', bug('A summary', fields));
  expect(answer.status).toBe(400);
  expect(answer.body).toEqual({ errorMessages: [], errors: { [field]: text } });
  expect(JSON.stringify(bench.site.snapshot())).toBe(before);
  expect(bench.events).toEqual([]);
});

test('create refuses an assignee who may not work on the project', async () => {
  const tomas = bench.site.users().find((user) => user.name.startsWith('Tomas'))?.accountId ?? '';
  const answer = await bench.post('issue', bug('A summary', { assignee: { accountId: tomas } }));
  expect(answer.body.errors.assignee).toBe(`User '${tomas}' cannot be assigned issues.`);
});

test('required custom fields are asked for by name', async () => {
  const answer = await bench.post('issue', {
    fields: { project: { key: 'DEV' }, issuetype: { name: 'Bug' }, summary: 'No severity' },
  });
  expect(answer.body.errors).toEqual({ customfield_10031: 'Severity is required.' });
});

test('invalid documents and unknown media are refused', async () => {
  const odd = { type: 'doc', version: 1, content: [{ type: 'sparkle' }] };
  expect((await bench.post('issue', bug('x', { description: odd }))).body.errorMessages).toEqual([
    'INVALID_INPUT',
  ]);
  const empty = {
    type: 'doc',
    version: 1,
    content: [{ type: 'paragraph', content: [{ type: 'text', text: '' }] }],
  };
  expect((await bench.post('issue', bug('x', { description: empty }))).status).toBe(400);
  const media = { type: 'media', attrs: { type: 'file', id: 'abc', collection: '' } };
  const shows = {
    type: 'doc',
    version: 1,
    content: [{ type: 'mediaSingle', attrs: { layout: 'center' }, content: [media] }],
  };
  const answer = await bench.post('issue', bug('x', { description: shows }));
  expect(answer.body.errorMessages).toEqual(['ATTACHMENT_VALIDATION_ERROR']);
});

test('create answers id, key and self, sets properties at once and never gives a key twice', async () => {
  const first = await bench.post('issue', {
    ...bug('One'),
    properties: [{ key: 'marker', value: { run: 7 } }],
  });
  expect(first.status).toBe(201);
  expect(first.body).toEqual({
    id: expect.stringMatching(/^\d+$/),
    key: 'SUP-23',
    self: `https://acme.atlassian.net/rest/api/3/issue/${first.body.id}`,
  });
  expect((await bench.get('issue/SUP-23/properties/marker')).body).toEqual({
    key: 'marker',
    value: { run: 7 },
  });
  expect((await bench.call('DELETE', 'issue/SUP-23')).status).toBe(204);
  expect((await bench.get('issue/SUP-23')).body.errorMessages).toEqual([
    'Issue does not exist or you do not have permission to see it.',
  ]);
  expect((await bench.post('issue', bug('Two'))).body.key).toBe('SUP-24');
});

test('bulk create keeps the good ones and reports the others by position', async () => {
  const answer = await bench.post('issue/bulk', {
    issueUpdates: [bug('Good'), bug('a\nb'), bug('Good too')],
  });
  expect(answer.status).toBe(201);
  expect(answer.body.issues.map((issue: { key: string }) => issue.key)).toEqual(['SUP-23', 'SUP-24']);
  expect(answer.body.errors).toEqual([expect.objectContaining({ status: 400, failedElementNumber: 1 })]);
  expect(answer.headers.get('x-emulator-points')).toBe('3');
  const many = await bench.post('issue/bulk', { issueUpdates: Array.from({ length: 51 }, () => bug('x')) });
  expect([many.status, many.body.issues, many.body.errors.length]).toEqual([400, [], 1]);
});

test('edit needs fields or update, and no field in both', async () => {
  expect((await bench.put('issue/SUP-5', {})).body.errorMessages).toEqual([
    "one of 'fields' or 'update' required",
  ]);
  const both = await bench.put('issue/SUP-5', { fields: { labels: [] }, update: { labels: [{ add: 'x' }] } });
  expect(both.status).toBe(400);
  expect(Object.keys(both.body.errors)).toEqual(['labels']);
});

test('update operations add and remove elements', async () => {
  await bench.put('issue/SUP-3', {
    update: {
      labels: [{ add: 'new' }, { remove: 'vip' }],
      components: [{ add: { name: 'Reports' } }],
      customfield_10033: [{ remove: { value: 'API' } }],
    },
  });
  const { fields } = (await bench.get('issue/SUP-3')).body;
  expect(fields.labels).toEqual(['new', 'performance']);
  expect(fields.components.map((row: { name: string }) => row.name)).toEqual(['Web client', 'Reports']);
  expect(fields.customfield_10033.map((row: { value: string }) => row.value)).toEqual(['Web']);
});

test('PUT answers 204, or 200 with the issue when returnIssue is true', async () => {
  expect((await bench.put('issue/SUP-5', { fields: { summary: 'Changed' } })).status).toBe(204);
  const answer = await bench.put('issue/SUP-5?returnIssue=true', { fields: { duedate: '2027-03-01' } });
  expect(answer.status).toBe(200);
  expect(answer.body.fields).toMatchObject({ summary: 'Changed', duedate: '2027-03-01', resolution: null });
});

test('a write that changes nothing bumps updated but leaves no changelog', async () => {
  const before = (await bench.get('issue/SUP-5')).body.fields;
  await bench.put('issue/SUP-5', { fields: { summary: before.summary } });
  const after = (await bench.get('issue/SUP-5?expand=changelog')).body;
  expect(after.changelog.histories).toEqual([]);
  expect(after.fields.updated > before.updated).toBe(true);
});

test('the switch lets PUT set fields which are not on the screen', async () => {
  const open = benchOf('acme', { editChecksScreen: false });
  expect((await open.put('issue/SUP-5', { fields: { customfield_10016: 3 } })).status).toBe(204);
  expect((await bench.put('issue/SUP-5', { fields: { customfield_10016: 3 } })).status).toBe(400);
});

const items: [name: string, fields: Record<string, unknown>, item: Record<string, unknown>][] = [
  [
    'summary',
    { summary: 'New' },
    {
      field: 'summary',
      fieldtype: 'jira',
      fieldId: 'summary',
      from: null,
      fromString: 'Filter "my depots" forgets its setting',
      to: null,
      toString: 'New',
    },
  ],
  [
    'labels',
    { labels: ['b', 'a'] },
    {
      field: 'labels',
      fieldtype: 'jira',
      fieldId: 'labels',
      from: null,
      fromString: 'usability',
      to: null,
      toString: 'a b',
    },
  ],
  [
    'labels, emptied',
    { labels: [] },
    {
      field: 'labels',
      fieldtype: 'jira',
      fieldId: 'labels',
      from: null,
      fromString: 'usability',
      to: null,
      toString: '',
    },
  ],
  [
    'priority',
    { priority: { name: 'High' } },
    {
      field: 'priority',
      fieldtype: 'jira',
      fieldId: 'priority',
      from: '4',
      fromString: 'Low',
      to: '2',
      toString: 'High',
    },
  ],
  [
    'due date',
    { duedate: '2027-01-02' },
    {
      field: 'duedate',
      fieldtype: 'jira',
      fieldId: 'duedate',
      from: null,
      fromString: null,
      to: '2027-01-02',
      toString: '2027-01-02 00:00:00.0',
    },
  ],
  [
    'a custom date',
    { customfield_10040: '2027-01-02' },
    {
      field: 'Target date',
      fieldtype: 'custom',
      fieldId: 'customfield_10040',
      from: null,
      fromString: null,
      to: '2027-01-02',
      toString: '02/Jan/27',
    },
  ],
  [
    'a select',
    { customfield_10031: { value: 'S9 Question' } },
    {
      field: 'Severity',
      fieldtype: 'custom',
      fieldId: 'customfield_10031',
      from: null,
      fromString: null,
      to: expect.stringMatching(/^\d+$/),
      toString: 'S9 Question',
    },
  ],
  [
    'a version',
    { fixVersions: [{ name: '6.0' }] },
    {
      field: 'Fix Version',
      fieldtype: 'jira',
      fieldId: 'fixVersions',
      from: null,
      fromString: null,
      to: expect.any(String),
      toString: '6.0',
    },
  ],
  [
    'a parent',
    { parent: { key: 'SUP-1' } },
    {
      field: 'IssueParentAssociation',
      fieldtype: 'jira',
      from: null,
      fromString: null,
      to: expect.any(String),
      toString: 'SUP-1',
    },
  ],
];

test.each(items)('the changelog item of %s is as recorded', async (_name, fields, item) => {
  await bench.put('issue/SUP-22', { fields });
  const { body } = await bench.get('issue/SUP-22/changelog');
  expect(body.values.at(-1).items).toEqual([item]);
});

test('assignee items carry the temporary account ids too', async () => {
  const dev = bench.site.users().find((user) => user.name === 'Dev Raman')?.accountId;
  await bench.put('issue/SUP-22/assignee', { accountId: dev });
  const { body } = await bench.get('issue/SUP-22/changelog');
  expect(body.values[0].items).toEqual([
    {
      field: 'assignee',
      fieldtype: 'jira',
      fieldId: 'assignee',
      from: null,
      fromString: null,
      to: dev,
      toString: 'Dev Raman',
      tmpFromAccountId: null,
      tmpToAccountId: dev,
    },
  ]);
});

test('a custom date which is emptied reads "", a due date null', async () => {
  await bench.put('issue/SUP-3', { fields: { duedate: null, customfield_10040: null } });
  const [entry] = (await bench.get('issue/SUP-3/changelog')).body.values.slice(-1);
  const of = (field: string) => entry.items.find((item: { field: string }) => item.field === field);
  expect(of('duedate')).toMatchObject({ from: '2026-11-24', to: null, toString: null });
  expect(of('Target date')).toMatchObject({ from: '2026-11-24', to: '', toString: '' });
});

test('empty values are null, empty lists are []', async () => {
  const { fields } = (await bench.get('issue/SUP-8')).body;
  expect(fields).toMatchObject({
    assignee: null,
    duedate: null,
    resolution: null,
    fixVersions: [],
    customfield_10038: null,
  });
  expect('parent' in fields).toBe(false);
});

test('times are written in the zone of the reader', async () => {
  const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}/;
  bench.as('Dev');
  const india = (await bench.get('issue/SUP-3')).body.fields.created;
  bench.as('Ben');
  const chicago = (await bench.get('issue/SUP-3')).body.fields.created;
  expect(india).toMatch(form);
  expect(india.slice(-5)).toBe('+0530');
  expect(chicago.slice(-5)).toBe('-0600');
});
