/** What Jira refuses because of the site, not of the value: each waits with its reason, nothing is stuck, and it comes when the cause is gone. */
import { createIssue, editIssue } from './support/issues';
import { type KindsWorld, startKinds } from './support/kinds-world';
import type { Json, RunningApp } from './support/running-app';

let world: KindsWorld;
let app: RunningApp;
beforeAll(async () => {
  world = await startKinds({ start: { virtualClock: true } });
  app = world.app;
}, 180_000);
afterAll(() => app.stop());

async function make(summary: string, project = 'SUP'): Promise<{ key: string; there: string }> {
  const made = await createIssue(app, 'acme', { project, type: 'Task', summary });
  await app.settle();
  return { key: made.key, there: await world.twin('acme', made) };
}

async function said(site: 'acme' | 'globex', issueKey: string): Promise<[string, string][]> {
  const { problems } = await app.call(site, 'problems', { id: world.id });
  return problems
    .filter((problem) => problem.issueKey === issueKey)
    .map(({ what, reason }) => [what, reason]);
}

async function done(site: 'acme' | 'globex', method: string, path: string, body?: unknown): Promise<Json> {
  const answer = await app.rest(site, method, path, body);
  if (answer.status >= 300)
    throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** Another issue goes on meanwhile: the stream is not held up. */
async function othersGoOn(): Promise<void> {
  const other = await make('Goes on', 'DEV');
  expect((await world.read('globex', other.there))['Summary']).toBe('Goes on');
}

/** Longer than the first pauses before what was refused is tried again. */
async function hours(): Promise<void> {
  for (let hour = 0; hour < 3; hour += 1) {
    await app.control('POST', 'clock', { advanceMs: 3_600_000 });
    await app.settle();
  }
}

async function arrivesByItself(one: { key: string; there: string }, summary: string): Promise<void> {
  await hours();
  expect((await world.read('globex', one.there))['Summary']).toBe(summary);
  expect([...(await said('acme', one.key)), ...(await said('globex', one.there))]).toEqual([]);
}

test('a text that is too long over there is cut where the mapping makes it', async () => {
  const { key, there } = await make('x'.repeat(255), 'DEV');
  const { Summary, Customer } = await world.read('globex', there);
  expect(Summary).toBe('x'.repeat(255));
  expect(Customer).toBe(`${key}: ${'x'.repeat(255)}`.slice(0, 255));
  expect([...(await said('acme', key)), ...(await said('globex', there))]).toEqual([]);
});

test('a project that was archived', async () => {
  const one = await make('Before the archive');
  await done('globex', 'POST', 'project/GSD/archive');
  await editIssue(app, 'acme', one.key, { summary: 'While archived' });
  await app.settle();
  const reason =
    'Jira does not take "While archived" for Summary here: You do not have permission to edit issues in this project.';
  expect(await said('acme', one.key)).toEqual([['Summary', reason]]);
  expect(await said('globex', one.there)).toEqual([['Summary', reason]]);
  await othersGoOn();
  await done('globex', 'POST', 'project/GSD/restore');
  await arrivesByItself(one, 'While archived');
}, 60_000);

test('a permission that the app does not have', async () => {
  const one = await make('Before the permission went');
  const scheme = String((await done('globex', 'GET', 'project/GSD/permissionscheme'))['id']);
  const path = `permissionscheme/${scheme}/permission`;
  const { permissions } = await done('globex', 'GET', path);
  const edits = (permissions as unknown as Json[]).filter(
    (grant) => String(grant['permission']) === 'EDIT_ISSUES',
  );
  for (const grant of edits) await done('globex', 'DELETE', `${path}/${String(grant['id'])}`);
  await editIssue(app, 'acme', one.key, { summary: 'While forbidden' });
  await app.settle();
  const told = [
    ['Summary', expect.stringMatching(/You do not have permission to edit issues in this project/)],
  ];
  expect(await said('acme', one.key)).toEqual(told);
  expect(await said('globex', one.there)).toEqual(told);
  for (const { holder, permission } of edits) await done('globex', 'POST', path, { holder, permission });
  await arrivesByItself(one, 'While forbidden');
}, 60_000);

test('a security level that hides the twin from the app: nobody takes it for deleted', async () => {
  const one = await make('Before it was hidden');
  // Apps are in the first level, not in the second one.
  const { levels } = await done('globex', 'GET', 'project/GSD/securitylevel');
  const board = (levels as unknown as Json[]).find(({ name }) => String(name) === 'Board');
  await done('globex', 'PUT', `issue/${one.there}`, { fields: { security: { id: String(board?.['id']) } } });
  await editIssue(app, 'acme', one.key, { summary: 'While hidden' });
  await app.settle();
  const unread = expect.stringMatching(
    /cannot be read.*: it was deleted, moved away or hidden from the app\./,
  );
  expect(await said('acme', one.key)).toEqual([['Summary', unread]]);
  expect(await said('globex', one.there)).toEqual([
    ['The whole issue', unread],
    ['Summary', unread],
  ]);
  await othersGoOn();
  await done('globex', 'PUT', `issue/${one.there}`, { fields: { security: null } });
  await arrivesByItself(one, 'While hidden');
}, 60_000);

test('the twin is deleted while an edit is on its way: the issue stays, and nothing waits for ever', async () => {
  const one = await make('Before it was deleted');
  await editIssue(app, 'acme', one.key, { summary: 'While deleted' });
  await done('globex', 'DELETE', `issue/${one.there}`);
  await app.settle();
  await hours();
  expect((await world.read('acme', one.key))['Summary']).toBe('While deleted');
  expect(await world.waiting()).toEqual([]);
  await othersGoOn();
}, 60_000);
