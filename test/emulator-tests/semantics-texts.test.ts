/** Wrong input and Jira's words for it, on create, on edit and on both (jira.md section 5, Texts) [obs, rec]. */
import { type Bench, benchOf, bug, says } from './jira-bench';

const SEVERITY = 'customfield_10031';
const OFF_SCREEN = (id: string) =>
  `Field '${id}' cannot be set. It is not on the appropriate screen, or unknown.`;
const GRETA = '712020:b5f7d3a9-4e16-4c82-90bd-6c2d8e1fad10';
const TOMAS = '712020:4c9e1a6d-82f5-4b07-a3d9-1f6e5b8c9c09';

/** Refused by create and by edit alike. */
const WRONG: [name: string, fields: Record<string, unknown>, field: string, text: string | RegExp][] = [
  ['an empty summary', { summary: '  ' }, 'summary', 'You must specify a summary of the issue.'],
  ['no summary', { summary: null }, 'summary', 'You must specify a summary of the issue.'],
  ['a summary of 256', { summary: 'x'.repeat(256) }, 'summary', 'Summary must be less than 255 characters.'],
  [
    'a summary with a newline',
    { summary: 'one\ntwo' },
    'summary',
    'The summary is invalid because it contains newline characters.',
  ],
  ['a number as summary', { summary: 5 }, 'summary', 'Operation value must be a string'],
  [
    'a label with a space',
    { labels: ['a b'] },
    'labels',
    "The label 'a b' contains spaces which is invalid.",
  ],
  ['labels in one string', { labels: 'a' }, 'labels', 'data was not an array'],
  [
    'a string as description',
    { description: 'plain' },
    'description',
    'Operation value must be an Atlassian Document (see the Atlassian Document Format)',
  ],
  [
    'a string as environment',
    { environment: 'plain' },
    'environment',
    'Operation value must be an Atlassian Document (see the Atlassian Document Format)',
  ],
  [
    'a long description',
    { description: says('x'.repeat(32_768)) },
    'description',
    'The entered text is too long. It exceeds the allowed limit of 32,767 characters.',
  ],
  [
    'a long short text',
    { customfield_10032: 'x'.repeat(256) },
    'customfield_10032',
    'The entered text is too long. It exceeds the allowed limit of 255 characters.',
  ],
  ['an unknown option id', { [SEVERITY]: { id: '999999' } }, SEVERITY, "Option id '999999' is not valid"],
  ['an option without id', { [SEVERITY]: {} }, SEVERITY, "Option id 'null' is not valid"],
  ['an unknown option value', { [SEVERITY]: { value: 'S99' } }, SEVERITY, "Option value 'S99' is not valid"],
  ['a bare string as option', { [SEVERITY]: 'S1 Outage' }, SEVERITY, /Specify a valid 'id'/],
  ['an unknown priority', { priority: { name: 'BLARG' } }, 'priority', "Priority name 'BLARG' is not valid"],
  ['an unknown version', { fixVersions: [{ name: '99' }] }, 'fixVersions', "Version name '99' is not valid"],
  ['an unknown component', { components: [{ id: '1' }] }, 'components', "Component id '1' is not valid"],
  [
    'a version of another project',
    { versions: [{ name: '5.8.1' }] },
    'versions',
    "Version name '5.8.1' is not valid",
  ],
  [
    'an assignee without the permission',
    { assignee: { accountId: TOMAS } },
    'assignee',
    `User '${TOMAS}' cannot be assigned issues.`,
  ],
  ['an inactive assignee', { assignee: { accountId: GRETA } }, 'assignee', `User '${GRETA}' does not exist.`],
  [
    'an inactive reporter',
    { reporter: { accountId: GRETA } },
    'reporter',
    'The reporter specified is not a user.',
  ],
  ['an unknown person', { customfield_10037: { accountId: 'nobody' } }, 'customfield_10037', /nobody/],
  ['no reporter', { reporter: null }, 'reporter', 'Reporter is required.'],
  ['a day that is none', { duedate: '2026-02-30' }, 'duedate', 'Error parsing date string: 2026-02-30'],
  ['a moment as day', { duedate: '2026-02-03T10:00:00.000+0000' }, 'duedate', /Error parsing date string/],
  ['a day as moment', { customfield_10039: '2026-02-03' }, 'customfield_10039', /Error parsing time/],
  ['no address', { customfield_10041: 'not a url' }, 'customfield_10041', 'The URL specified is not valid.'],
  [
    'an unknown group',
    { customfield_10044: { name: 'ghosts' } },
    'customfield_10044',
    "Group 'ghosts' does not exist.",
  ],
  ['an unknown security level', { security: { id: '1' } }, 'security', "Security level id '1' is not valid"],
  ['a bad estimate', { timetracking: { originalEstimate: 'soon' } }, 'timetracking', /Invalid time duration/],
  ['an unknown field', { customfield_99999: 1 }, 'customfield_99999', OFF_SCREEN('customfield_99999')],
  [
    'a field of another screen',
    { customfield_10016: 5 },
    'customfield_10016',
    OFF_SCREEN('customfield_10016'),
  ],
  ['the resolution', { resolution: { name: 'Done' } }, 'resolution', OFF_SCREEN('resolution')],
  ['the status', { status: { name: 'Done' } }, 'status', OFF_SCREEN('status')],
  ['the creation date', { created: '2026-01-01' }, 'created', OFF_SCREEN('created')],
];

describe.each([
  [
    'create',
    (bench: Bench, fields: Record<string, unknown>) => bench.post('issue', bug('A summary', fields)),
  ],
  ['edit', (bench: Bench, fields: Record<string, unknown>) => bench.put('issue/SUP-5', { fields })],
] as const)('%s', (_name, write) => {
  test.each(WRONG)('refuses %s and leaves no trace', async (_what, fields, field, text) => {
    const bench = benchOf('acme');
    const before = JSON.stringify(bench.site.snapshot());
    const answer = await write(bench, fields);
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({
      errorMessages: [],
      errors: { [field]: typeof text === 'string' ? text : expect.stringMatching(text) },
    });
    expect(JSON.stringify(bench.site.snapshot())).toBe(before);
    expect(bench.events).toEqual([]);
  });

  test('names every wrong field at once', async () => {
    const answer = await write(benchOf('acme'), { labels: ['a b'], duedate: 'soon', nope: 1 });
    expect(Object.keys(answer.body.errors).sort()).toEqual(['duedate', 'labels', 'nope']);
  });
});

test('a summary of 255 characters and a text of 32,767 are taken', async () => {
  const bench = benchOf('acme');
  const fields = { summary: 'x'.repeat(255), description: says('y'.repeat(32_767)) };
  expect((await bench.post('issue', bug('', fields))).status).toBe(201);
});

test('an archived version cannot be chosen, a released one can', async () => {
  const bench = benchOf('acme');
  const versions: { id: string; name: string }[] = (await bench.get('project/SUP/versions')).body;
  const old = versions.find((row) => row.name === '5.7');
  const put = () => bench.put('issue/SUP-5', { fields: { fixVersions: [{ id: old?.id }] } });
  expect((await put()).status).toBe(204);
  await bench.put('issue/SUP-5', { fields: { fixVersions: [] } });
  await bench.put(`version/${old?.id}`, { archived: true });
  expect((await put()).body.errors).toEqual({ fixVersions: `Version id '${old?.id}' is not valid` });
});

test('a disabled option cannot be chosen any more, and stays where it was', async () => {
  const bench = benchOf('acme');
  const shown = (await bench.get('issue/SUP-3?fields=customfield_10031')).body.fields[SEVERITY];
  const contexts = (await bench.get(`field/${SEVERITY}/context`)).body.values;
  await bench.put(`field/${SEVERITY}/context/${contexts[0].id}/option`, {
    options: [{ id: shown.id, disabled: true }],
  });
  const answer = await bench.put('issue/SUP-5', { fields: { [SEVERITY]: { id: shown.id } } });
  expect(answer.body.errors).toEqual({ [SEVERITY]: `Option id '${shown.id}' is not valid` });
  expect((await bench.get('issue/SUP-3')).body.fields[SEVERITY].id).toBe(shown.id);
});

test('a required field is asked for by name on create, and cannot be emptied later', async () => {
  const bench = benchOf('acme');
  const fields = { project: { key: 'DEV' }, issuetype: { name: 'Bug' }, summary: 'No severity' };
  expect((await bench.post('issue', { fields })).body.errors).toEqual({
    [SEVERITY]: 'Severity is required.',
  });
  const made = await bench.post('issue', { fields: { ...fields, [SEVERITY]: { value: 'S6 Slow' } } });
  expect(made.status).toBe(201);
  const cleared = await bench.put(`issue/${made.body.key}`, { fields: { [SEVERITY]: null } });
  expect(cleared.body.errors).toEqual({ [SEVERITY]: 'Severity is required.' });
});

test('a security level that one is not in cannot be chosen, nor without the permission', async () => {
  const bench = benchOf('acme');
  bench.as('app');
  const set = (name: string) => bench.put('issue/SUP-5', { fields: { security: { name } } });
  expect((await set('Leads only')).body.errors).toEqual({
    security: "Security level name 'Leads only' is not valid",
  });
  bench.as('Carla');
  expect((await set('Team')).body.errors).toEqual({ security: OFF_SCREEN('security') });
  bench.as('app');
  expect((await set('Team')).status).toBe(204);
});

test.each<[name: string, path: string, body: Record<string, unknown>, errors: unknown]>([
  [
    'an empty comment',
    'issue/SUP-3/comment',
    { body: { type: 'doc', version: 1, content: [] } },
    { comment: 'Comment body can not be empty!' },
  ],
  [
    'a string as comment',
    'issue/SUP-3/comment',
    { body: 'hello' },
    { comment: 'Operation value must be an Atlassian Document (see the Atlassian Document Format)' },
  ],
  [
    'a comment for a role that is not there',
    'issue/SUP-3/comment',
    { body: says('x'), visibility: { type: 'role', value: 'Ghosts' } },
    { commentLevel: expect.stringContaining('Ghosts') },
  ],
  ['work without time', 'issue/SUP-3/worklog', {}, { timeLogged: expect.any(String) }],
  ['work of no time', 'issue/SUP-3/worklog', { timeSpentSeconds: 59 }, { timeLogged: expect.any(String) }],
  [
    'a link without address',
    'issue/SUP-3/remotelink',
    { object: { title: 'A' } },
    { url: expect.any(String) },
  ],
])('%s is refused by field', async (_name, path, body, errors) => {
  const answer = await benchOf('acme').post(path, body);
  expect([answer.status, answer.body.errors]).toEqual([400, errors]);
});
