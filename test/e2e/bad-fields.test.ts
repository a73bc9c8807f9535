/** Values that cannot be over there: each waits with a reason that an admin understands, and the rest goes on. */
import { createIssue, editIssue } from './support/issues';
import { ada, jamal, type KindsWorld, startKinds } from './support/kinds-world';
import type { Json, RunningApp } from './support/running-app';

let world: KindsWorld;
let app: RunningApp;
beforeAll(async () => {
  world = await startKinds();
  app = world.app;
}, 180_000);
afterAll(() => app.stop());

interface Bad {
  what: string;
  /** Fields of an issue of acme, by name. */
  values: Record<string, unknown>;
  /** Done on globex before. */
  before?: () => Promise<unknown>;
  /** Labels that wait on globex, with what the admin reads. */
  waits: [string, RegExp][];
}

async function globexOption(field: string, value: string, disabled: boolean): Promise<void> {
  const fieldId = world.fieldId('globex', field);
  const contexts = await app.rest('globex', 'GET', `field/${fieldId}/context`);
  const context = String((contexts.body['values'] as unknown as Json[])[0]?.['id']);
  const path = `field/${fieldId}/context/${context}/option`;
  const list = await app.rest('globex', 'GET', path);
  const option = (list.body['values'] as unknown as Json[]).find((one) => String(one['value']) === value);
  const body = { options: [{ id: String(option?.['id']), value, disabled }] };
  const answer = await app.rest('globex', 'PUT', path, body);
  if (answer.status !== 200) throw new Error(`option: ${answer.status} ${JSON.stringify(answer.body)}`);
}

async function globexVersion(name: string, change: Record<string, unknown>): Promise<void> {
  const list = await app.rest('globex', 'GET', 'project/GSD/versions');
  const version = (list.body as unknown as Json[]).find((one) => String(one['name']) === name);
  const answer = await app.rest('globex', 'PUT', `version/${String(version?.['id'])}`, change);
  if (answer.status !== 200) throw new Error(`version: ${answer.status} ${JSON.stringify(answer.body)}`);
}

const bad: Bad[] = [
  {
    what: 'an archived option',
    values: { Hosting: { value: 'Customer site' } },
    before: () => globexOption('Hosting', 'Field', true),
    waits: [['Hosting', /not valid/]],
  },
  {
    what: 'an archived version',
    values: { 'Fix versions': [{ name: '6.0' }] },
    before: () => globexVersion('R13', { archived: true }),
    waits: [['Fix versions', /not valid|archived/]],
  },
  {
    what: 'a person without a counterpart',
    values: { Assignee: { accountId: '712020:1b7d9e4a-63f0-4c28-8f15-2e9c4b6d3c03' } },
    waits: [],
  },
  { what: 'a choice without a counterpart', values: { Severity: { value: 'S3 Feature down' } }, waits: [] },
  {
    what: 'somebody whom nobody there knows',
    values: { 'Account manager': { accountId: ada } },
    waits: [['Account manager', /Nobody here stands for Ada Winter/]],
  },
  { what: 'a priority without a counterpart', values: { Priority: { name: 'Lowest' } }, waits: [] },
];

test.each(bad)(
  '$what waits with its reason and holds nothing else up',
  async ({ values, before, waits }) => {
    await before?.();
    const made = await createIssue(app, 'acme', {
      project: 'SUP',
      type: 'Task',
      summary: 'Some of it cannot be',
      ...world.on('acme', { ...values, Customer: 'Still here' }),
    });
    await app.settle();
    const there = await world.twin('acme', made);
    expect((await world.read('globex', there))['Customer']).toBe('Still here');
    const { problems } = await app.call('globex', 'problems', { id: world.id });
    const mine = problems.filter((problem) => problem.issueKey === there);
    expect(mine.map(({ what }) => what)).toEqual(waits.map(([label]) => label));
    for (const [index, [, reason]] of waits.entries()) expect(mine[index]?.reason).toMatch(reason);
    // What acme itself cannot say is named on acme, and its admin knows what waits over there.
    const own = (await app.call('acme', 'problems', { id: world.id })).problems.filter(
      ({ issueKey }) => issueKey === made.key,
    );
    expect(own).toHaveLength(1);
    expect(own[0]?.reason).toMatch(/\w+ .*\w+\./);
    // The rest goes on both ways, and what stands there instead comes not along.
    const held = await world.read('acme', made.key);
    await editIssue(app, 'globex', there, world.on('globex', { Customer: 'And back' }));
    await app.settle();
    expect(await world.read('acme', made.key)).toEqual({ ...held, Customer: 'And back' });
  },
  60_000,
);

test('a released version is taken: only archived ones are closed', async () => {
  const { there } = await supportIssue({ 'Fix versions': [{ name: '5.7' }] });
  expect((await world.read('globex', there))['Fix versions']).toEqual(['5.7']);
  await app.rest('globex', 'GET', 'project/GSD/versions');
  await globexVersion('5.7', { released: true });
  const again = await supportIssue({ 'Fix versions': [{ name: '5.7' }] });
  expect((await world.read('globex', again.there))['Fix versions']).toEqual(['5.7']);
});

test('a field that is on no screen for edits waits', async () => {
  const { made, there } = await supportIssue({});
  const moved = await app.rest('acme', 'POST', `issue/${made.key}/transitions`, {
    transition: { id: '151' },
  });
  expect(moved.status).toBe(204);
  await app.settle();
  const { problems } = await app.call('globex', 'problems', { id: world.id });
  const mine = problems.filter(({ issueKey }) => issueKey === there);
  expect(mine.map(({ what, reason }) => [what, reason])).toEqual([
    ['Resolution', expect.stringMatching(/"Done" for Resolution here: .*not on the appropriate screen/)],
  ]);
});

test('a person whose account is not active any more', async () => {
  const { made, there } = await supportIssue({ Customer: 'Before' });
  const jamalHere = { accountId: jamal };
  await editIssue(app, 'globex', there, world.on('globex', { Assignee: jamalHere, Customer: 'After' }));
  await app.settle();
  expect(await world.read('acme', made.key)).toMatchObject({ Assignee: null, Customer: 'After' });
  const { problems } = await app.call('acme', 'problems', { id: world.id });
  const mine = problems.filter(({ issueKey }) => issueKey === made.key);
  expect(mine.map(({ what, reason }) => [what, reason])).toEqual([
    ['Assignee', expect.stringMatching(/does not take "Greta" for Assignee/)],
  ]);
});

test('a field that Jira demands: a constant fills it, else the whole issue waits with the name of the field', async () => {
  const severity = { Severity: { value: 'S8 Typo' } };
  const made = await createIssue(app, 'acme', {
    project: 'DEV',
    type: 'Bug',
    summary: 'Demanded',
    ...world.on('acme', severity),
  });
  await app.settle();
  const there = await world.twin('acme', made);
  expect(await world.read('globex', there)).toMatchObject({
    Severity: 'Low',
    Customer: `${made.key}: Demanded`,
  });
  await editIssue(app, 'acme', made.key, { summary: 'Demanded again' });
  await app.settle();
  expect((await world.read('globex', there))['Customer']).toBe(`${made.key}: Demanded again`);

  await createIssue(app, 'globex', {
    project: 'ENG',
    type: 'Defect',
    summary: 'Not demanded here',
    ...world.on('globex', { Severity: { value: 'Low' } }),
  });
  await app.settle();
  const { problems } = await app.call('acme', 'problems', { id: world.id });
  const whole = problems.filter(({ what }) => what === 'The whole issue');
  expect(whole.map(({ reason }) => reason)).toEqual([expect.stringMatching(/Severity/)]);
});

async function supportIssue(values: Record<string, unknown>) {
  const fields = world.on('acme', values);
  const made = await createIssue(app, 'acme', {
    project: 'SUP',
    type: 'Task',
    summary: 'One more',
    ...fields,
  });
  await app.settle();
  return { made, there: await world.twin('acme', made) };
}
