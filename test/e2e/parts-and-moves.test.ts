/**
 * The shipped app on two sites with two shared projects each: an issue that moves from one to the other, issues that leave a
 * filter for good, and the safety stop for many deleted comments.
 */
import type { CallAnswer } from '../../src/api/calls';
import type { EditorMapping } from '../../src/api/views';
import { connect } from './support/agreement';
import { twinOf } from './support/compare';
import { addComment, createIssue, editIssue, type IssueRef, search } from './support/issues';
import { listOf, type RunningApp, type SiteKey, startApp } from './support/running-app';

let app: RunningApp;
let id: string;
let mappings: EditorMapping[];

/** Ends and removals wait 20 s, so that many are seen as many. */
const quietMs = 60_000;
/** Deleted comments that an hour may have without a question. */
const ordinaryRemovals = 50;

beforeAll(async () => {
  app = await startApp({ virtualClock: true });
  id = await connect(app);
  const editor = await app.call('acme', 'editor', { id });
  mappings = [await match(editor, 'SUP', 'GSD'), await match(editor, 'DEV', 'ENG')];
  const choice = { existing: { mode: 'new' as const }, startWhenAgreed: true };
  await app.call('acme', 'publish', { id, mappings, note: 'Two projects.', ...choice });
  await app.settle();
  const { revision, mappings: proposed } = await app.call('globex', 'editor', { id });
  await app.call('globex', 'confirm', { id, revision, mappings: proposed, ...choice });
  await app.settle();
}, 180_000);
afterAll(() => app.stop());

/** Of what acme shows only issues with the label `shared` take part; twins of what leaves are deleted. */
async function match(editor: CallAnswer<'editor'>, here: string, there: string): Promise<EditorMapping> {
  const idOf = (projects: CallAnswer<'editor'>['mine']['projects'], key: string): string =>
    projects.find((project) => project.key === key)?.id ?? '';
  const mine = idOf(editor.mine.projects, here);
  const matched = await app.call('acme', 'match', {
    id,
    mine,
    theirs: idOf(editor.partner?.projects ?? [], there),
  });
  const conditions = [{ fieldId: 'labels', is: 'anyOf' as const, values: ['shared'] }];
  return { ...matched, leaving: 'delete', filter: { conditions } };
}

async function make(summary: string): Promise<{ issue: IssueRef; twin: string }> {
  const issue = await createIssue(app, 'acme', { project: 'SUP', type: 'Bug', summary, labels: ['shared'] });
  await app.settle();
  const twin = await twinOf(app, 'acme', issue);
  if (twin === undefined) throw new Error(`${issue.key} has no twin.`);
  return { issue, twin };
}

/** By Jira's own bulk move, as its dialog does it; answers the new key. */
async function move(site: SiteKey, key: string, project: string): Promise<string> {
  const [type] = mappings[1]?.types ?? [];
  const inferred = {
    inferClassificationDefaults: true,
    inferFieldDefaults: true,
    inferStatusDefaults: true,
    inferSubtaskTypeDefault: true,
  };
  const target = `${project},${site === 'acme' ? type?.mine : type?.theirs}`;
  const { body: before } = await app.rest(site, 'GET', `issue/${key}`);
  const answer = await app.rest(site, 'POST', 'bulk/issues/move', {
    targetToSourcesMapping: { [target]: { ...inferred, issueIdsOrKeys: [key] } },
  });
  expect(answer.status).toBe(201);
  // Jira does it as a task, in its own time.
  await app.control('POST', 'clock', { advanceMs: 30_000 });
  await app.settle(quietMs);
  return String((await app.rest(site, 'GET', `issue/${before['id']}`)).body['key']);
}

const statusOf = async (key: string): Promise<number> =>
  (await app.rest('globex', 'GET', `issue/${key}`)).status;
const summaryOf = async (site: SiteKey, key: string): Promise<string> =>
  String((await app.rest(site, 'GET', `issue/${key}`)).body['fields']?.['summary']);

it('keeps the pair of an issue that moves to another shared project, until the twin has moved, too', async () => {
  const { issue, twin } = await make('Moving printer');
  const moved = await move('acme', issue.key, 'DEV');
  expect(moved).toMatch(/^DEV-/);
  expect(await statusOf(twin)).toBe(200);
  const { problems } = await app.call('acme', 'problems', { id });
  expect(problems).toMatchObject([{ issueKey: moved }]);
  expect(JSON.stringify(problems)).toContain(`Have ${twin} moved`);
  await editIssue(app, 'acme', moved, { summary: 'Moved printer' });
  await app.settle();
  expect(await summaryOf('globex', twin)).toBe('Moving printer');

  const there = await move('globex', twin, 'ENG');
  expect(there).toMatch(/^ENG-/);
  // The sites differed, so it is decided as after any two edits: whatever is chosen stands on both.
  expect(await summaryOf('globex', there)).toBe(await summaryOf('acme', moved));
  await editIssue(app, 'acme', moved, { summary: 'Moved printer, too' });
  await app.settle();
  expect(await summaryOf('globex', there)).toBe('Moved printer, too');
  await editIssue(app, 'globex', there, { summary: 'Moved printer, seen' });
  await app.settle();
  expect(await summaryOf('acme', moved)).toBe('Moved printer, seen');
  expect(await search(app, 'globex', 'summary ~ "printer" AND project in (GSD, ENG)')).toHaveLength(1);
  expect((await app.call('acme', 'problems', { id })).problems).toEqual([]);
}, 120_000);

it('deletes the twin of what leaves the filter, unless it comes back in time, and makes no second one', async () => {
  const slip = await make('Slipping lamp');
  const gone = await make('Leaving lamp');
  await editIssue(app, 'acme', slip.issue.key, { labels: [] });
  await editIssue(app, 'acme', gone.issue.key, { labels: [], summary: 'Confidential lamp' });
  await app.control('POST', 'clock', { advanceMs: 5_000 });
  await editIssue(app, 'acme', slip.issue.key, { labels: ['shared'], summary: 'Lamp that came back' });
  await app.settle(quietMs);
  expect([await statusOf(slip.twin), await statusOf(gone.twin)]).toEqual([200, 404]);
  expect(await summaryOf('globex', slip.twin)).toBe('Lamp that came back');

  await editIssue(app, 'acme', gone.issue.key, { labels: ['shared'] });
  await app.settle(quietMs);
  expect(await search(app, 'globex', 'project = GSD AND summary ~ "lamp"')).toHaveLength(1);
  expect((await app.call('acme', 'problems', { id })).problems).toEqual([]);
}, 120_000);

it('stops before far more comments are deleted than usual, and carries it out where an admin says so', async () => {
  const pairs = [await make('Talkative phone'), await make('Talkative fax')];
  const said: { key: string; comment: string }[] = [];
  for (let number = 0; number <= ordinaryRemovals; number += 1) {
    const key = pairs[number % pairs.length]?.issue.key ?? '';
    // Jira allows twenty writes of one issue in two seconds.
    if (number % 16 === 0) await app.control('POST', 'clock', { advanceMs: 5_000 });
    said.push({ key, comment: await addComment(app, 'acme', key, `Word ${number}`) });
  }
  await app.settle(quietMs);
  expect(await countCopies(pairs)).toBe(said.length);
  for (const [number, { key, comment }] of said.entries()) {
    if (number % 16 === 0) await app.control('POST', 'clock', { advanceMs: 5_000 });
    expect((await app.rest('acme', 'DELETE', `issue/${key}/comment/${comment}`)).status).toBe(204);
  }
  await app.settle(quietMs);
  expect(await countCopies(pairs)).toBeGreaterThan(0);
  await carryOut('acme', 'were deleted here');
  expect(await countCopies(pairs)).toBeGreaterThan(0);
  // The partner's admin is asked, too, before more than usual goes there.
  await carryOut('globex', 'were deleted on the partner site');
  expect(await countCopies(pairs)).toBe(0);
}, 180_000);

async function carryOut(site: SiteKey, where: string): Promise<void> {
  const { brake, status } = await app.call(site, 'get', { id });
  expect(status.sync).toBe('Restart required');
  expect(brake).toMatchObject({
    reason: 'partDeletion',
    text: expect.stringContaining(where),
    answers: [{ id: 'carryOut' }, { id: 'keep' }],
  });
  await app.call(site, 'answerBrake', { id, at: brake?.at ?? 0, answer: 'carryOut' });
  await app.settle(quietMs);
  expect((await app.call(site, 'get', { id })).status.sync).toBe('Running');
}

async function countCopies(pairs: { twin: string }[]): Promise<number> {
  const counts = pairs.map(async ({ twin }) => {
    const { body } = await app.rest('globex', 'GET', `issue/${twin}/comment`);
    return listOf(body['comments']).length;
  });
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
}
