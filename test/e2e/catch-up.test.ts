/** Jira tells nobody of what was changed, through the shipped bundle: within the hour it crosses all the same, once. */
import { agree, connect } from './support/agreement';
import { twinOf } from './support/compare';
import { addComment, createIssue, editIssue, type IssueRef, paragraphs } from './support/issues';
import { listOf, type RunningApp, startApp } from './support/running-app';

let app: RunningApp;
let id: string;
beforeAll(async () => {
  app = await startApp({ virtualClock: true });
  id = await connect(app);
  await agree(app, id, { adjust: (mapping) => ({ ...mapping, comments: 'both', worklogs: 'both' }) });
}, 180_000);
afterAll(() => app.stop());

/** And the minutes by which events may be late. */
async function hour(): Promise<void> {
  for (let part = 0; part < 16; part += 1) {
    await app.control('POST', 'clock', { advanceMs: 300_000 });
    await app.settle();
  }
}

async function log(issue: IssueRef, seconds: number): Promise<string> {
  const body = {
    comment: paragraphs('Done'),
    started: '2026-11-20T10:15:00.000+0000',
    timeSpentSeconds: seconds,
  };
  const made = await app.rest('acme', 'POST', `issue/${issue.key}/worklog?adjustEstimate=leave`, body);
  expect(made.status).toBe(201);
  return String(made.body['id']);
}

test('an edit, a comment, logged work and its deletion, and a new issue', async () => {
  const issue = await createIssue(app, 'acme', { project: 'SUP', type: 'Bug', summary: 'Told of' });
  const gone = await log(issue, 600);
  await app.settle();
  const twin = await twinOf(app, 'acme', issue);

  await app.control('POST', 'faults', { eventLoss: { site: 'acme' } });
  await editIssue(app, 'acme', issue.key, { summary: 'Not told of' });
  await addComment(app, 'acme', issue.key, 'Does anybody hear me?');
  await log(issue, 900);
  await app.rest('acme', 'DELETE', `issue/${issue.key}/worklog/${gone}?adjustEstimate=leave`);
  const unheard = await createIssue(app, 'acme', { project: 'SUP', type: 'Bug', summary: 'Unheard of' });
  await app.settle();
  await app.control('POST', 'faults', { clear: true });
  expect(await twinOf(app, 'acme', unheard)).toBeUndefined();

  await hour();
  expect(await twinOf(app, 'acme', unheard)).toBeDefined();
  const read = await app.rest('globex', 'GET', `issue/${twin}?fields=summary,comment,worklog`);
  const { summary, comment, worklog } = read.body['fields'] ?? {};
  expect(summary).toBe('Not told of');
  expect(JSON.stringify(listOf(comment?.['comments']))).toContain('Does anybody hear me?');
  expect(listOf(worklog?.['worklogs']).map(({ timeSpentSeconds }) => timeSpentSeconds)).toEqual([900]);
  const texts = JSON.stringify(await app.call('acme', 'activity', { id }));
  expect(texts).toContain('Jira had not told of 5 changes');
}, 120_000);
