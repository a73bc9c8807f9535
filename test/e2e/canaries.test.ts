/** What must not leave a site does not: canaries planted in restricted places are in no message that travelled. */
import { agree, connect } from './support/agreement';
import { addComment, createIssue, editIssue } from './support/issues';
import { openMessages } from './support/open-messages';
import { pastFirstRetry, type RunningApp, startApp } from './support/running-app';

let app: RunningApp;
beforeAll(async () => {
  app = await startApp();
}, 120_000);
afterAll(() => app.stop());

it('keeps restricted comments, secured issues and projects outside the scope at home', async () => {
  const id = await connect(app);
  await agree(app, id, {
    existing: {
      acme: { mode: 'jql', jql: 'created <= now()' },
      globex: { mode: 'jql', jql: 'created <= now()' },
    },
  });
  await app.settle(pastFirstRetry);

  const issue = await createIssue(app, 'acme', {
    project: 'SUP',
    type: 'Bug',
    summary: 'Open for everybody',
  });
  await app.settle(pastFirstRetry);
  await addComment(app, 'acme', issue.key, 'CANARY-NEW-RESTRICTED', {
    visibility: { type: 'role', value: 'Administrators', identifier: '10002' },
  });
  await addComment(app, 'acme', issue.key, 'A comment for everybody');
  const hidden = await createIssue(app, 'acme', { project: 'HR', type: 'Task', summary: 'CANARY-NEW-HR' });
  await editIssue(app, 'acme', hidden.key, { summary: 'CANARY-NEW-HR edited' });
  await app.settle(pastFirstRetry);

  const { texts, unopened, clear } = await openMessages(app);
  expect(unopened).toBe(0);
  const all = [...texts, ...clear].join('\n');
  expect(all).not.toContain('CANARY');
  // The check sees what does travel, so it would have seen the rest.
  expect(texts.join('\n')).toContain('Open for everybody');
  expect(texts.join('\n')).toContain('A comment for everybody');
  expect(clear.join('\n')).not.toContain('Open for everybody');
}, 240_000);
