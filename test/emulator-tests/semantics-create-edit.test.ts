/** Creating and editing, keys, hierarchy and time stamps (jira.md section 5: Create/edit, Keys, Hierarchy, Timestamps). */
import { type Bench, benchOf, bug, says } from './jira-bench';
import { moveTestIssue } from './move-bench';

const OFF_SCREEN = (id: string) =>
  `Field '${id}' cannot be set. It is not on the appropriate screen, or unknown.`;
const fieldsOf = async (bench: Bench, key: string) => (await bench.get(`issue/${key}`)).body.fields;

test('create answers 201 with id as digits, key and self [spec, live]', async () => {
  const answer = await benchOf('acme').post('issue', bug('New'));
  expect(answer.status).toBe(201);
  expect(answer.body).toEqual({
    id: expect.stringMatching(/^\d+$/),
    key: 'SUP-23',
    self: expect.stringMatching(/\/rest\/api\/3\/issue\/\d+$/),
  });
});

test('create checks the screen [spec]; the words name field and reason [obs: tenable #108, #89, #216]', async () => {
  for (const editChecksScreen of [true, false]) {
    const bench = benchOf('acme', { editChecksScreen });
    const answer = await bench.post('issue', bug('x', { customfield_10016: 5 }));
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({
      errorMessages: [],
      errors: { customfield_10016: OFF_SCREEN('customfield_10016') },
    });
  }
});

// Two sources contradict each other about PUT: see World.editChecksScreen.
test('switch on: PUT refuses what is not on the edit screen, the resolution too [obs until 2026-06]', async () => {
  const bench = benchOf('acme', { editChecksScreen: true });
  for (const fields of [{ customfield_10016: 5 }, { resolution: { name: 'Done' } }]) {
    const [id = ''] = Object.keys(fields);
    const answer = await bench.put('issue/SUP-5', { fields });
    expect([answer.status, answer.body.errors]).toEqual([400, { [id]: OFF_SCREEN(id) }]);
  }
});

test('switch off: PUT sets what the screen lacks, with all that follows, but not what has no operation [spec 2026-07]', async () => {
  const bench = benchOf('acme', { editChecksScreen: false });
  const fields = { customfield_10016: 5, resolution: { name: 'Done' } };
  expect((await bench.put('issue/SUP-5', { fields })).status).toBe(204);
  const after = await fieldsOf(bench, 'SUP-5');
  expect(after).toMatchObject({ customfield_10016: 5, resolution: { name: 'Done' } });
  expect(after.resolutiondate).toMatch(/^2026-11-21T/);
  await bench.put('issue/SUP-5', { fields: { resolution: null } });
  expect((await fieldsOf(bench, 'SUP-5')).resolutiondate).toBeNull();
  for (const id of ['status', 'created', 'customfield_10019']) {
    expect((await bench.put('issue/SUP-5', { fields: { [id]: 'x' } })).status).toBe(400);
  }
  // A field whose context leaves out the project stays unknown.
  const elsewhere = await bench.put('issue/DEV-3', { fields: { customfield_10034: { value: 'Cloud' } } });
  expect(elsewhere.body.errors).toEqual({ customfield_10034: OFF_SCREEN('customfield_10034') });
});

test.each([
  ['Ada', 204],
  ['Ben', 403],
  ['app', 403],
])(
  'overrideScreenSecurity by %s is %i: apps only on behalf of administrators [spec]',
  async (who, status) => {
    const bench = benchOf('acme');
    bench.as(who);
    const path = 'issue/SUP-5?overrideScreenSecurity=true';
    expect((await bench.put(path, { fields: { customfield_10016: 5 } })).status).toBe(status);
  },
);

test('PUT is 204 without a body, 200 with the issue only for returnIssue=true [spec]', async () => {
  const bench = benchOf('acme');
  const plain = await bench.put('issue/SUP-5', { fields: { summary: 'a' } });
  expect([plain.status, plain.body]).toEqual([204, undefined]);
  const full = await bench.put('issue/SUP-5?returnIssue=true', { fields: { summary: 'b' } });
  expect([full.status, full.body.fields.summary]).toEqual([200, 'b']);
});

test('the same field in fields and update is an error [spec]; neither of them is another [rec]', async () => {
  const bench = benchOf('acme');
  const both = await bench.put('issue/SUP-5', {
    fields: { labels: ['a'] },
    update: { labels: [{ add: 'b' }] },
  });
  expect(both.status).toBe(400);
  expect(both.body.errors.labels).toMatch(/both/);
  for (const answer of [await bench.put('issue/SUP-5', {}), await bench.post('issue', {})]) {
    expect([answer.status, answer.body.errorMessages]).toEqual([
      400,
      ["one of 'fields' or 'update' required"],
    ]);
  }
});

test('the operations that the form offers are those that work [rec createmeta]', async () => {
  const bench = benchOf('acme');
  const { fields } = (await bench.get('issue/SUP-5/editmeta')).body as {
    fields: Record<string, { operations: string[] }>;
  };
  const lists = ['labels', 'components', 'fixVersions', 'versions', 'customfield_10033', 'customfield_10043'];
  for (const id of lists) expect([id, fields[id]?.operations]).toEqual([id, ['add', 'set', 'remove']]);
  for (const id of ['summary', 'description', 'priority', 'assignee', 'customfield_10031'])
    expect([id, fields[id]?.operations]).toEqual([id, ['set']]);
  expect(fields['issuetype']?.operations).toEqual([]);
  const wrong = await bench.put('issue/SUP-5', { update: { summary: [{ add: 'x' }] } });
  expect(wrong.body.errors.summary).toMatch(/does not support operation 'add'/);
});

test.each<[name: string, id: string, first: unknown, second: unknown, read: (value: never) => unknown]>([
  ['labels', 'labels', 'one', 'two', (value: string[]) => value],
  [
    'components',
    'components',
    { name: 'Reports' },
    { name: 'Web client' },
    (value: { name: string }[]) => value.map((row) => row.name),
  ],
  [
    'versions',
    'versions',
    { name: '5.7' },
    { name: '6.0' },
    (value: { name: string }[]) => value.map((row) => row.name),
  ],
  [
    'checkboxes',
    'customfield_10033',
    { value: 'API' },
    { value: 'Web' },
    (value: { value: string }[]) => value.map((row) => row.value),
  ],
  [
    'a multiselect',
    'customfield_10043',
    { value: 'Asia' },
    { value: 'Africa' },
    (value: { value: string }[]) => value.map((row) => row.value),
  ],
])('update adds to and removes from %s [rec createmeta]', async (_name, id, first, second, read) => {
  const bench = benchOf('acme');
  const names = async () => read((await fieldsOf(bench, 'SUP-22'))[id] as never) as string[];
  const text = (value: unknown) =>
    String(typeof value === 'string' ? value : Object.values(value as object)[0]);
  await bench.put('issue/SUP-22', { fields: { [id]: [] } });
  await bench.put('issue/SUP-22', { update: { [id]: [{ add: first }, { add: second }] } });
  expect((await names()).sort()).toEqual([text(first), text(second)].sort());
  await bench.put('issue/SUP-22', { update: { [id]: [{ remove: first }] } });
  expect(await names()).toEqual([text(second)]);
  await bench.put('issue/SUP-22', { update: { [id]: [{ set: [first] }] } });
  expect(await names()).toEqual([text(first)]);
});

test('notifyUsers=false needs an administrator [spec]', async () => {
  const bench = benchOf('acme');
  const quiet = () => bench.put('issue/SUP-5?notifyUsers=false', { fields: { summary: 'quiet' } });
  bench.as('Carla');
  expect((await quiet()).status).toBe(403);
  bench.as('Ben');
  expect((await quiet()).status).toBe(204);
});

test('a transition inside PUT is ignored [spec]', async () => {
  const bench = benchOf('acme');
  await bench.put('issue/SUP-8', { fields: { summary: 'Same' }, transition: { id: '151' } });
  expect((await fieldsOf(bench, 'SUP-8')).status.name).toBe('To Do');
});

test('a key is never given twice, and the id is stable [doc]', async () => {
  const bench = benchOf('acme');
  const first = (await bench.post('issue', bug('One'))).body;
  await bench.call('DELETE', `issue/${first.key}`);
  const second = (await bench.post('issue', bug('Two'))).body;
  expect([first.key, second.key]).toEqual(['SUP-23', 'SUP-24']);
  expect(second.id).not.toBe(first.id);
});

test('a moved issue answers under its old key, with its new one and the same id [doc]', async () => {
  const { bench, id } = await moveTestIssue();
  for (const name of ['SUP-5', 'DEV-29', id]) {
    expect([name, (await bench.get(`issue/${name}`)).body.key]).toEqual([name, 'DEV-29']);
  }
  expect((await bench.post('search/jql', { jql: 'key = SUP-5', fields: ['key'] })).body.issues[0].key).toBe(
    'DEV-29',
  );
  const next = (await bench.post('issue', bug('After'))).body;
  expect(next.key).toBe('SUP-23');
});

test('levels are -1, 0 and 1; `parent` sets both kinds of parent [rec, obs]', async () => {
  const bench = benchOf('acme');
  const types: { name: string; hierarchyLevel: number; subtask: boolean }[] = (await bench.get('issuetype'))
    .body;
  const level = (name: string) => types.find((row) => row.name === name)?.hierarchyLevel;
  expect([level('Sub-task'), level('Bug'), level('Epic')]).toEqual([-1, 0, 1]);
  const of = (type: string, parent: Record<string, string>) =>
    bench.post('issue', bug('Child', { issuetype: { name: type }, parent }));
  const inEpic = await of('Bug', { key: 'SUP-1' });
  expect(inEpic.status).toBe(201);
  const part = await of('Sub-task', { id: inEpic.body.id });
  expect(part.status).toBe(201);
  expect((await fieldsOf(bench, part.body.key)).parent).toMatchObject({
    id: inEpic.body.id,
    key: inEpic.body.key,
  });
  expect((await of('Sub-task', { key: 'SUP-1' })).status).toBe(400);
  expect((await of('Bug', { key: inEpic.body.key })).status).toBe(400);
  const orphan = await bench.post('issue', bug('Orphan', { issuetype: { name: 'Sub-task' } }));
  expect(orphan.body.errors.parent).toMatch(/sub-task but parent issue key or id not specified/);
});

test('a standard issue loses its parent by null or by {none: true}, a sub-task never [spec]', async () => {
  const bench = benchOf('acme');
  for (const value of [null, { none: true }]) {
    await bench.put('issue/SUP-22', { fields: { parent: { key: 'SUP-1' } } });
    expect((await bench.put('issue/SUP-22', { update: { parent: [{ set: value }] } })).status).toBe(204);
    expect('parent' in (await fieldsOf(bench, 'SUP-22'))).toBe(false);
  }
  expect((await bench.put('issue/SUP-11', { update: { parent: [{ set: { none: true } }] } })).status).toBe(
    400,
  );
});

test('the new create metadata have `issueTypes` and `fields` [obs cstk]', async () => {
  const bench = benchOf('acme');
  expect(Object.keys((await bench.get('issue/createmeta/SUP/issuetypes')).body)).toContain('issueTypes');
  const meta = (await bench.get('issue/createmeta/SUP/issuetypes/10103')).body;
  expect(meta.fields.map((field: { fieldId: string }) => field.fieldId)).toContain('summary');
});

test.each([
  ['Dev', '+0530'],
  ['Hana', '+0900'],
  ['Carla', '-0300'],
])('%s reads every moment with %s: the zone of the user, not UTC [rec]', async (who, offset) => {
  const bench = benchOf('acme');
  await bench.post('issue/DEV-3/comment', { body: says('x') });
  bench.as(who);
  const issue = (await bench.get('issue/DEV-3?expand=changelog')).body;
  const moments = [
    issue.fields.created,
    issue.fields.updated,
    issue.fields.statuscategorychangedate,
    issue.fields.comment.comments[0].created,
    ...issue.changelog.histories.map((entry: { created: string }) => entry.created),
  ];
  for (const text of moments) expect(text).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d{4}$/);
  expect(moments.map((text: string) => text.slice(-5))).toEqual(moments.map(() => offset));
});

test('the offset is that of the moment: summer time before November in Chicago', async () => {
  const bench = benchOf('acme');
  bench.as('Ben');
  await bench.put('issue/DEV-3', { fields: { summary: 'Touched in November' } });
  const { created, updated } = await fieldsOf(bench, 'DEV-3');
  expect([created.slice(-5), updated.slice(-5)]).toEqual(['-0500', '-0600']);
});
