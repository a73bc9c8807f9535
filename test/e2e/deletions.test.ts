/** Deleted issues, with each policy, and the safety stop for many of them: the shipped app on two sites, driven from outside. */
import type { LifecycleTerms } from '../../src/core/model/lifecycle-terms';
import { agree, connect } from './support/agreement';
import { twinOf } from './support/compare';
import { createIssue, editIssue, type IssueRef, search } from './support/issues';
import { listOf, type RunningApp, type SiteKey, startApp } from './support/running-app';

let app: RunningApp;
let id: string;

beforeAll(async () => {
  app = await startApp({ virtualClock: true });
  id = await connect(app);
  await agree(app, id, { adjust: (mapping) => ({ ...mapping, lifecycle: terms('delete') }) });
}, 180_000);
afterAll(() => app.stop());

function terms(deletion: LifecycleTerms['deletion']): LifecycleTerms {
  return { direction: 'both', deletion, move: 'ignore', archive: 'ignore' };
}

/** Deletions wait 20 s on either site, so that many are seen as many. */
const quietMs = 90_000;

async function pass(): Promise<void> {
  await app.settle(quietMs);
}

async function make(summary: string): Promise<{ issue: IssueRef; twin: string }> {
  // The virtual clock stands still between acts, and an answer of an admin counts for what was noted until then.
  await app.control('POST', 'clock', { advanceMs: 1_000 });
  const issue = await createIssue(app, 'acme', { project: 'SUP', type: 'Bug', summary });
  await app.settle();
  const twin = await twinOf(app, 'acme', issue);
  if (twin === undefined) throw new Error(`${issue.key} has no twin.`);
  return { issue, twin };
}

async function remove(site: SiteKey, key: string): Promise<void> {
  const { status } = await app.rest(site, 'DELETE', `issue/${key}`);
  expect(status).toBe(204);
}

async function statusOf(site: SiteKey, key: string): Promise<number> {
  return (await app.rest(site, 'GET', `issue/${key}`)).status;
}

/** The primary changes the policy; the secondary agrees. */
async function agreeOn(deletion: LifecycleTerms['deletion']): Promise<void> {
  const editor = await app.call('acme', 'editor', { id });
  const choice = { existing: { mode: 'new' as const }, startWhenAgreed: true };
  await app.call('acme', 'publish', {
    id,
    mappings: editor.mappings.map((mapping) => ({ ...mapping, lifecycle: terms(deletion) })),
    note: `Deletions: ${deletion}.`,
    ...choice,
  });
  await app.settle();
  const { revision, mappings } = await app.call('globex', 'editor', { id });
  expect(mappings[0]?.lifecycle?.deletion).toBe(deletion);
  await app.call('globex', 'confirm', { id, revision, mappings, ...choice });
  await app.settle();
}

it('deletes the twin, unless it was changed meanwhile: then an admin decides', async () => {
  const plain = await make('Plain printer');
  const edited = await make('Edited printer');
  await remove('acme', plain.issue.key);
  await remove('acme', edited.issue.key);
  await editIssue(app, 'globex', edited.twin, { summary: 'Edited printer, late' });
  await pass();
  expect(await statusOf('globex', plain.twin)).toBe(404);
  expect(await statusOf('globex', edited.twin)).toBe(200);
  const { ends } = await app.call('globex', 'ends', { id });
  expect(ends).toMatchObject([{ issueKey: edited.twin, answers: [{ id: 'delete' }, { id: 'keep' }] }]);
  await app.call('globex', 'answerEnd', { id, pair: ends[0]?.pair ?? '', answer: 'delete' });
  await pass();
  expect(await statusOf('globex', edited.twin)).toBe(404);
  expect((await app.call('globex', 'problems', { id })).problems).toEqual([]);
}, 120_000);

it('hears of a deletion although storage refuses its event twice', async () => {
  const { issue, twin } = await make('Refused printer');
  const refusal = { site: 'acme', call: 'kvs:*', status: 429, times: 2 } as const;
  await app.control('POST', 'faults', { errors: refusal });
  await remove('acme', issue.key);
  await pass();
  await app.control('POST', 'faults', { clear: true });
  expect(await statusOf('globex', twin)).toBe(404);
}, 60_000);

it('stops before the first of many, says why, and keeps the twins where an admin says so', async () => {
  const issues: IssueRef[] = [];
  for (let number = 0; number < 12; number += 1) {
    const summary = `Stapler ${number}`;
    issues.push(await createIssue(app, 'acme', { project: 'SUP', type: 'Bug', summary }));
  }
  await app.settle();
  const jql = 'project = GSD AND summary ~ "Stapler"';
  const before = await search(app, 'globex', jql);
  expect(before).toHaveLength(12);
  for (const { key } of issues) await remove('acme', key);
  await pass();
  const stopped = await app.call('acme', 'get', { id });
  expect(stopped.status).toMatchObject({ sync: 'Restart required', nextAction: 'troubleshoot' });
  expect(stopped.brake).toMatchObject({
    reason: 'massDeletion',
    answers: [{ id: 'carryOut' }, { id: 'keep' }],
  });
  expect((await app.tryCall('acme', 'start', { id })).ok).toBe(false);
  expect(await search(app, 'globex', jql)).toHaveLength(12);
  const denied = await app.tryCall(
    'acme',
    'answerBrake',
    { id, at: stopped.brake?.at, answer: 'carryOut' },
    app.sites.acme.member,
  );
  expect(denied).toMatchObject({ ok: false, error: { code: 'forbidden' } });
  await app.call('acme', 'answerBrake', { id, at: stopped.brake?.at ?? 0, answer: 'keep' });
  await pass();
  expect((await app.call('acme', 'get', { id })).status.sync).toBe('Running');
  expect(await search(app, 'globex', jql)).toHaveLength(12);
}, 180_000);

it('leaves the twin alone where that is agreed', async () => {
  await agreeOn('ignore');
  const left = await make('Lonely printer');
  await remove('acme', left.issue.key);
  await app.settle();
  await editIssue(app, 'globex', left.twin, { summary: 'Lonely printer, later' });
  await app.settle();
  expect(await statusOf('globex', left.twin)).toBe(200);
  expect(await search(app, 'acme', 'project = SUP AND summary ~ "Lonely"')).toEqual([]);
  expect((await app.call('globex', 'problems', { id })).problems).toEqual([]);
}, 120_000);

it('marks the twin with a comment', async () => {
  await agreeOn('mark');
  const marked = await make('Marked printer');
  await remove('acme', marked.issue.key);
  await pass();
  const { body } = await app.rest('globex', 'GET', `issue/${marked.twin}/comment`);
  const texts = listOf(body['comments']).map((comment) => JSON.stringify(comment['body']));
  expect(texts).toEqual([expect.stringContaining('was deleted on the partner site')]);
}, 120_000);
