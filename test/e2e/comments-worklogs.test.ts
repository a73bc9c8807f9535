/** Comments whose copies may be edited, and logged work, through the shipped bundle: text, author, time, deletion, and nothing besides. */
import { agree, connect } from './support/agreement';
import { twinOf } from './support/compare';
import { addComment, createIssue, type IssueRef, paragraphs } from './support/issues';
import { type Json, listOf, type RunningApp, type SiteKey, startApp } from './support/running-app';

let app: RunningApp;
let issue: IssueRef;
let twin: string;
beforeAll(async () => {
  app = await startApp();
  const id = await connect(app);
  await agree(app, id, {
    adjust: (mapping) => ({
      ...mapping,
      comments: 'both',
      commentTerms: { edits: 'back', deletions: 'mark' },
      worklogs: 'both',
    }),
  });
  issue = await createIssue(app, 'acme', { project: 'SUP', type: 'Bug', summary: 'Talked about' });
  await app.settle();
  twin = (await twinOf(app, 'acme', issue)) ?? '';
}, 180_000);
afterAll(() => app.stop());

function lines(body: unknown): string[] {
  return listOf((body as Json | undefined)?.['content']).map((block) =>
    listOf(block['content'])
      .map(({ text }) => String(text ?? ''))
      .join(''),
  );
}

async function of(site: SiteKey, key: string, what: 'comment' | 'worklog'): Promise<Json[]> {
  const { body } = await app.rest(site, 'GET', `issue/${key}/${what}`);
  return listOf(body[what === 'comment' ? 'comments' : 'worklogs']);
}

test('an edit of a copy becomes an edit of the comment; a deletion leaves a marked copy', async () => {
  const own = await addComment(app, 'acme', issue.key, 'First words');
  await app.settle();
  const [copy] = await of('globex', twin, 'comment');
  expect(lines(copy?.['body'])[1]).toBe('First words');
  const [author = ''] = lines(copy?.['body']);

  const edited = await app.rest('globex', 'PUT', `issue/${twin}/comment/${String(copy?.['id'])}`, {
    body: paragraphs(author, 'First words, mended'),
  });
  expect(edited.status).toBe(200);
  await app.settle();
  expect((await of('acme', issue.key, 'comment')).map(({ body }) => lines(body))).toEqual([
    ['First words, mended'],
  ]);
  expect((await of('globex', twin, 'comment')).map(({ body }) => lines(body))).toEqual([
    [author, 'First words, mended'],
  ]);

  await app.rest('acme', 'DELETE', `issue/${issue.key}/comment/${own}`);
  await app.settle();
  expect((await of('globex', twin, 'comment')).map(({ body }) => lines(body))).toEqual([
    ['Deleted on the partner site:', author, 'First words, mended'],
  ]);
}, 120_000);

test('logged work crosses once with its author, start and time, and leaves the estimate alone', async () => {
  const estimate = { timetracking: { originalEstimate: '5h', remainingEstimate: '3h' } };
  await app.rest('globex', 'PUT', `issue/${twin}`, { fields: estimate });
  await app.settle();
  const logged = await app.rest('acme', 'POST', `issue/${issue.key}/worklog?adjustEstimate=leave`, {
    comment: paragraphs('New roller'),
    started: '2026-11-20T10:15:00.000+0000',
    timeSpentSeconds: 5_400,
  });
  expect(logged.status).toBe(201);
  await app.settle();
  const shown = async () =>
    (await of('globex', twin, 'worklog')).map((work) => ({
      text: lines(work['comment']),
      seconds: work['timeSpentSeconds'],
      started: new Date(String(work['started'])).toISOString(),
    }));
  const started = '2026-11-20T10:15:00.000Z';
  expect(await shown()).toEqual([
    { text: [expect.stringMatching(/^Logged by \S/), 'New roller'], seconds: 5_400, started },
  ]);
  const left = async () => {
    const { body } = await app.rest('globex', 'GET', `issue/${twin}?fields=timetracking`);
    return (body['fields'] as Json)['timetracking'] as Json;
  };
  // Only the time spent is more: the estimate is a field of its own.
  expect(await left()).toMatchObject({ remainingEstimate: '3h', timeSpent: '1h 30m' });

  const own = String(logged.body['id']);
  await app.rest('acme', 'PUT', `issue/${issue.key}/worklog/${own}?adjustEstimate=leave`, {
    timeSpentSeconds: 7_200,
  });
  await app.settle();
  expect((await shown()).map(({ seconds }) => seconds)).toEqual([7_200]);
  await app.rest('acme', 'DELETE', `issue/${issue.key}/worklog/${own}?adjustEstimate=leave`);
  await app.settle();
  expect(await shown()).toEqual([]);
  expect(await left()).toMatchObject({ remainingEstimate: '3h' });
}, 120_000);

test('restricted work never leaves', async () => {
  const { body } = await app.rest('acme', 'GET', 'role');
  const roles = listOf(body).map(({ name }) => String(name));
  const role = roles.find((name) => /administrators/i.test(name)) ?? roles[0];
  const logged = await app.rest('acme', 'POST', `issue/${issue.key}/worklog`, {
    comment: paragraphs('CANARY secret work'),
    started: '2026-11-20T10:15:00.000+0000',
    timeSpentSeconds: 600,
    visibility: { type: 'role', value: role },
  });
  expect(logged.status).toBe(201);
  await app.settle();
  expect(await of('globex', twin, 'worklog')).toEqual([]);
}, 120_000);
