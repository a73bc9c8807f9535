/** The workflow engine: what is offered, what is refused, what a transition changes. */
import { type Bench, benchOf, says } from './jira-bench';

interface Offered {
  id: string;
  name: string;
  hasScreen: boolean;
  isGlobal: boolean;
  isLooped: boolean;
  isConditional: boolean;
  fields?: Record<string, { required: boolean }>;
}

async function offered(bench: Bench, key: string): Promise<Offered[]> {
  return (await bench.get(`issue/${key}/transitions?expand=transitions.fields`)).body.transitions;
}

const names = async (bench: Bench, key: string) => (await offered(bench, key)).map((row) => row.name);
const statusOf = async (bench: Bench, key: string) =>
  (await bench.get(`issue/${key}`)).body.fields.status.name;

async function take(bench: Bench, key: string, name: string, more: Record<string, unknown> = {}) {
  const id = (await offered(bench, key)).find((row) => row.name === name)?.id ?? '0';
  return bench.post(`issue/${key}/transitions`, { transition: { id }, ...more });
}

test('only transitions that leave from the status are offered; a condition hides one from the others', async () => {
  const bench = benchOf('acme');
  bench.as('Hana');
  expect(await names(bench, 'DEV-2')).toEqual(['Send to review', 'Remind']);
  bench.as('Ada');
  expect(await names(bench, 'DEV-2')).toEqual(['Send to review', 'Remind', 'Drop']);
  bench.as('Frank');
  expect(await names(bench, 'DEV-2')).toEqual([]);
});

test('an edge is described as real sites do, with the key isLooped', async () => {
  const [, remind, drop] = await offered(benchOf('acme'), 'DEV-2');
  expect(remind).toMatchObject({ isLooped: true, isGlobal: false, hasScreen: false, isConditional: false });
  expect(drop).toMatchObject({ isLooped: false, isGlobal: true, isConditional: true });
  expect(remind).not.toHaveProperty('looped');
});

test('a screen asks for a resolution and the changelog tells of it and of the status', async () => {
  const bench = benchOf('acme');
  const refused = await take(bench, 'DEV-4', 'Approve');
  expect(refused.status).toBe(400);
  expect(refused.body.errors).toEqual({ resolution: 'Resolution is required.' });
  const done = await take(bench, 'DEV-4', 'Approve', {
    fields: { resolution: { name: 'Done' } },
    update: { comment: [{ add: { body: says('Shipped') } }] },
  });
  expect(done.status).toBe(204);
  const { fields, changelog } = (await bench.get('issue/DEV-4?expand=changelog')).body;
  expect(fields).toMatchObject({
    status: { name: 'Done', statusCategory: { id: 3, key: 'done' } },
    resolution: { name: 'Done' },
  });
  expect(fields.resolutiondate).not.toBeNull();
  expect(fields.comment.comments.at(-1).body).toEqual(says('Shipped'));
  expect(changelog.histories[0].items).toEqual([
    {
      field: 'resolution',
      fieldtype: 'jira',
      fieldId: 'resolution',
      from: null,
      fromString: null,
      to: '10260',
      toString: 'Done',
    },
    {
      field: 'status',
      fieldtype: 'jira',
      fieldId: 'status',
      from: '10202',
      fromString: 'In Review',
      to: '10203',
      toString: 'Done',
    },
  ]);
  await take(bench, 'DEV-4', 'Reopen');
  expect((await bench.get('issue/DEV-4')).body.fields).toMatchObject({
    status: { name: 'To Do' },
    resolution: null,
    resolutiondate: null,
  });
});

test('globex closes only after the long way, with a resolution, and never unassigned', async () => {
  const bench = benchOf('globex');
  bench.as('Jamal');
  for (const name of ['Analyse', 'Develop', 'Verify'])
    expect((await take(bench, 'ENG-8', name)).status).toBe(204);
  const fields = { resolution: { name: 'Fixed' } };
  const refused = await take(bench, 'ENG-8', 'Close', { fields });
  expect(refused.status).toBe(400);
  expect(refused.body.errorMessages).toEqual(['Assign the issue before you close it.']);
  const me = bench.site.users().find((user) => user.name.startsWith('Jamal'))?.accountId;
  await bench.put('issue/ENG-8/assignee', { accountId: me });
  expect((await take(bench, 'ENG-8', 'Close', { fields })).status).toBe(204);
  expect(await statusOf(bench, 'ENG-8')).toBe('Closed');
});

const refusals: [name: string, body: Record<string, unknown>, text: string][] = [
  ['no transition', {}, "Missing 'transition' identifier"],
  ['a name as id', { transition: { id: 'Done' } }, "'transition' identifier must be an integer"],
];

test.each(refusals)('refuses %s', async (_name, body, text) => {
  const answer = await benchOf('acme').post('issue/SUP-3/transitions', body);
  expect(answer.status).toBe(400);
  expect(answer.body.errorMessages).toEqual([text]);
});

test('a transition which is not available now is a 400 and changes nothing', async () => {
  const bench = benchOf('acme');
  expect((await bench.post('issue/DEV-2/transitions', { transition: { id: '41' } })).status).toBe(400);
  expect(await statusOf(bench, 'DEV-2')).toBe('In Progress');
});

test('two transitions of one issue at the same time: the second is a conflict', async () => {
  const bench = benchOf('acme');
  const body = { transition: { id: '151' } };
  const [first, second] = await Promise.all([
    bench.post('issue/SUP-8/transitions', body),
    bench.post('issue/SUP-8/transitions', body),
  ]);
  expect([first.status, second.status].sort()).toEqual([204, 409]);
});

test('a status never changes through PUT', async () => {
  const bench = benchOf('acme');
  expect((await bench.put('issue/SUP-8', { fields: { status: { name: 'Done' } } })).status).toBe(400);
  await bench.put('issue/SUP-8', { fields: { summary: 'Same' }, transition: { id: '151' } });
  expect(await statusOf(bench, 'SUP-8')).toBe('To Do');
});
