/** Transitions: what is offered, screens, conditions, validators, conflicts, categories (jira.md section 5). */
import { type Bench, benchOf, says } from './jira-bench';

// biome-ignore lint/suspicious/noExplicitAny: bodies of every shape
type Json = any;
const offered = async (bench: Bench, key: string, more = '') =>
  (await bench.get(`issue/${key}/transitions${more}`)).body.transitions as Json[];
const take = (bench: Bench, key: string, id: string, more: Record<string, unknown> = {}) =>
  bench.post(`issue/${key}/transitions`, { transition: { id }, ...more });
const fieldsOf = async (bench: Bench, key: string) => (await bench.get(`issue/${key}`)).body.fields;

test('an element has the recorded keys, isLooped among them and not `looped` [rec mlb, obs cstk]', async () => {
  const [first] = await offered(benchOf('acme'), 'DEV-2');
  expect(Object.keys(first).sort()).toEqual(
    [
      'hasScreen',
      'id',
      'isAvailable',
      'isConditional',
      'isGlobal',
      'isInitial',
      'isLooped',
      'name',
      'to',
    ].sort(),
  );
  expect(first.to.statusCategory).toMatchObject({ id: 4, key: 'indeterminate' });
});

test('only edges that leave from the status now are listed [spec]', async () => {
  const bench = benchOf('acme');
  const before = (await offered(bench, 'DEV-2')).map((row) => row.id);
  await take(bench, 'DEV-2', '21');
  const after = (await offered(bench, 'DEV-2')).map((row) => row.id);
  expect([before, after]).toEqual([
    ['21', '61', '71'],
    ['31', '41', '61', '71'],
  ]);
});

test('ids are edges of the workflow, not statuses: two edges lead to one status, one id to another workflow is unknown', async () => {
  const bench = benchOf('acme');
  await take(bench, 'DEV-2', '21');
  const done = (await offered(bench, 'DEV-2')).filter((row) => row.to.name === 'Done');
  expect(done.map((row) => row.id)).toEqual(['41', '71']);
  // 10203 is the id of the status Done, 151 the edge to Done of another workflow.
  for (const id of ['10203', '151']) {
    const answer = await take(bench, 'DEV-2', id);
    expect(answer.status).toBe(400);
    expect((await fieldsOf(bench, 'DEV-2')).status.name).toBe('In Review');
  }
});

test('`fields` comes only with expand=transitions.fields [spec]', async () => {
  const bench = benchOf('acme');
  expect((await offered(bench, 'DEV-4')).every((row) => !('fields' in row))).toBe(true);
  const approve = (await offered(bench, 'DEV-4', '?expand=transitions.fields')).find(
    (row) => row.id === '41',
  );
  expect(approve.hasScreen).toBe(true);
  expect(Object.keys(approve.fields).sort()).toEqual(['fixVersions', 'resolution']);
  expect(approve.fields.resolution).toMatchObject({ required: true, operations: ['set'] });
});

test('one transition can be asked for; one that is not available gives an empty list [spec]', async () => {
  const bench = benchOf('acme');
  expect((await offered(bench, 'DEV-4', '?transitionId=41')).map((row) => row.id)).toEqual(['41']);
  expect(await offered(bench, 'DEV-4', '?transitionId=11')).toEqual([]);
});

test('a condition hides the edge from those who fail it and refuses its id [doc]', async () => {
  const bench = benchOf('acme');
  bench.as('Hana');
  expect((await offered(bench, 'DEV-2')).map((row) => row.id)).not.toContain('71');
  expect((await take(bench, 'DEV-2', '71')).status).toBe(400);
  bench.as('Dev');
  expect((await offered(bench, 'DEV-2')).find((row) => row.id === '71')).toMatchObject({
    isConditional: true,
  });
  expect((await take(bench, 'DEV-2', '71')).status).toBe(204);
});

test('a field that is not on the screen of the transition is refused, comments are always taken [spec]', async () => {
  const bench = benchOf('acme');
  const wrong = await take(bench, 'DEV-4', '41', { fields: { resolution: { name: 'Done' }, summary: 'x' } });
  expect(wrong.body.errors).toEqual({
    summary: "Field 'summary' cannot be set. It is not on the appropriate screen, or unknown.",
  });
  const noScreen = await take(bench, 'DEV-2', '21', { fields: { resolution: { name: 'Done' } } });
  expect([noScreen.status, Object.keys(noScreen.body.errors)]).toEqual([400, ['resolution']]);
  const update = { comment: [{ add: { body: says('Off it goes') } }] };
  expect((await take(bench, 'DEV-2', '21', { update })).status).toBe(204);
});

test('a required field of the screen is asked for, and nothing has moved [spec]', async () => {
  const bench = benchOf('acme');
  const answer = await take(bench, 'DEV-4', '41');
  expect([answer.status, answer.body.errors]).toEqual([400, { resolution: 'Resolution is required.' }]);
  expect((await fieldsOf(bench, 'DEV-4')).status.name).toBe('In Review');
  expect(bench.events).toEqual([]);
});

test('a validator speaks after the screen, in its own words [doc]', async () => {
  const bench = benchOf('globex');
  bench.as('Jamal');
  for (const name of ['Analyse', 'Develop', 'Verify']) {
    const id = (await offered(bench, 'ENG-8')).find((row) => row.name === name)?.id;
    expect((await take(bench, 'ENG-8', id)).status).toBe(204);
  }
  const close = (await offered(bench, 'ENG-8')).find((row) => row.name === 'Close')?.id;
  const empty = await take(bench, 'ENG-8', close);
  expect(Object.keys(empty.body.errors)).toEqual(['resolution']);
  const unassigned = await take(bench, 'ENG-8', close, { fields: { resolution: { name: 'Fixed' } } });
  expect([unassigned.status, unassigned.body.errorMessages]).toEqual([
    400,
    ['Assign the issue before you close it.'],
  ]);
});

test('post functions set and clear the resolution and its date', async () => {
  const bench = benchOf('acme');
  await take(bench, 'SUP-8', '151');
  expect(await fieldsOf(bench, 'SUP-8')).toMatchObject({
    resolution: { name: 'Done' },
    resolutiondate: expect.any(String),
  });
  await take(bench, 'SUP-8', '121');
  expect(await fieldsOf(bench, 'SUP-8')).toMatchObject({ resolution: null, resolutiondate: null });
});

test.each<[name: string, body: Record<string, unknown>, text: string]>([
  ['a name', { transition: { id: 'Done' } }, "'transition' identifier must be an integer"],
  ['nothing', {}, "Missing 'transition' identifier"],
])('%s for an id is 400 [obs tenb2jira #297]', async (_name, body, text) => {
  const answer = await benchOf('acme').post('issue/SUP-3/transitions', body);
  expect([answer.status, answer.body.errorMessages]).toEqual([400, [text]]);
});

test('two at once: one is done, the other is 409, and there is one changelog entry [spec, doc]', async () => {
  const bench = benchOf('acme');
  const answers = await Promise.all([take(bench, 'SUP-8', '151'), take(bench, 'SUP-8', '121')]);
  expect(answers.map((answer) => answer.status).sort()).toEqual([204, 409]);
  const entries = (await bench.get('issue/SUP-8/changelog')).body.values;
  expect(
    entries.filter((entry: Json) => entry.items.some((item: Json) => item.field === 'status')),
  ).toHaveLength(1);
  expect((await take(bench, 'SUP-8', '141')).status).toBe(204);
});

test('a loop stays in its status: no status item, but an updated event', async () => {
  const bench = benchOf('acme');
  expect((await take(bench, 'DEV-2', '61')).status).toBe(204);
  expect((await fieldsOf(bench, 'DEV-2')).status.name).toBe('In Progress');
  const entries = (await bench.get('issue/DEV-2/changelog')).body.values;
  const last = entries.at(-1);
  expect(Date.parse(last.created.replace(/(\d\d)$/, ':$1'))).toBeLessThan(Date.parse('2026-11-21T09:30:00Z'));
  expect(bench.events.map((event) => event.eventType)).toEqual(['avi:jira:updated:issue']);
});

test('the categories are 2 new blue-gray, 4 indeterminate yellow, 3 done green [rec]', async () => {
  const statuses: Json[] = (await benchOf('acme').get('status')).body;
  const seen = new Set(
    statuses.map(({ statusCategory: { id, key, colorName } }) => `${id} ${key} ${colorName}`),
  );
  expect([...seen].sort()).toEqual(['2 new blue-gray', '3 done green', '4 indeterminate yellow']);
});

test('a status never changes through PUT [spec]', async () => {
  const bench = benchOf('acme');
  for (const value of [{ id: '10203' }, { name: 'Done' }])
    expect((await bench.put('issue/SUP-8', { fields: { status: value } })).status).toBe(400);
  expect((await fieldsOf(bench, 'SUP-8')).status.name).toBe('To Do');
});
