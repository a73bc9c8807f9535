/** Two synchronizations share the points of an hour: bringing in existing issues in one never starves live edits of the other. */
import { agree, connect } from './support/agreement';
import { twinOf } from './support/compare';
import { createIssue, editIssue } from './support/issues';
import { type RunningApp, startApp } from './support/running-app';

const hourMs = 3_600_000;
/** About two points each: more than the 455 that an hour has for what may wait. */
const existing = 210;

let app: RunningApp;
beforeAll(async () => {
  app = await startApp({
    virtualClock: true,
    startAt: Date.UTC(2026, 10, 23, 9, 0, 1),
    // A hundredth of the app's 65,000 points.
    variables: { JIRA_POINTS_SHARE: '1' },
  });
}, 120_000);
afterAll(() => app.stop());

test('existing issues wait for the next hour, live edits do not, and Jira never has to refuse', async () => {
  const live = await connect(app);
  await agree(app, live, { acme: 'DEV', globex: 'ENG' });
  const edited = await createIssue(app, 'acme', { project: 'DEV', type: 'Task', summary: 'Live' });
  await app.settle();
  const copy = (await twinOf(app, 'acme', edited)) ?? '';

  await makeExisting();
  const slow = await connect(app);
  const jql = 'project = SUP AND summary ~ "Existing"';
  await agree(app, slow, { existing: { acme: { mode: 'jql', jql } }, start: false });
  // Catalogs cost points too: the next hour has all of its own.
  await app.control('POST', 'clock', { advanceMs: hourMs });
  await app.control('POST', 'stats/reset');
  for (const site of ['acme', 'globex'] as const) await app.call(site, 'start', { id: slow });
  await app.settle(5_000);
  const waiting = await app.call('acme', 'backfill', { id: slow });
  expect(waiting.state).toBe('jiraPause');
  expect(waiting.done).toBeGreaterThan(0);
  expect(waiting.done).toBeLessThan(existing);
  // At the full hour, which is what an admin is told.
  expect(new Date(waiting.until ?? 0).toISOString()).toMatch(/T11:00:/);

  for (const summary of ['Live, edited', 'Live, edited again']) {
    // The store too counts by time, which stands still here unless it is moved.
    await app.control('POST', 'clock', { advanceMs: 10_000 });
    await editIssue(app, 'acme', edited.key, { summary });
    await app.settle(5_000);
    const { body } = await app.rest('globex', 'GET', `issue/${copy}?fields=summary`);
    expect(body['fields']?.['summary']).toBe(summary);
  }
  expect(await app.call('acme', 'backfill', { id: slow })).toMatchObject({ state: 'jiraPause' });

  await app.control('POST', 'clock', { advanceMs: hourMs + 600_000 });
  await app.settle(60_000);
  expect(await app.call('acme', 'backfill', { id: slow })).toMatchObject({
    state: 'finished',
    done: existing,
  });
  const sites = (await app.control('GET', 'stats'))['sites'];
  for (const site of ['acme', 'globex']) expect(Number(sites?.[site]?.['rateLimited'] ?? 0)).toBe(0);
}, 240_000);

/** Fifty with one request. */
async function makeExisting(): Promise<void> {
  for (let start = 0; start < existing; start += 50) {
    const issueUpdates = Array.from({ length: Math.min(50, existing - start) }, (_, index) => ({
      fields: {
        project: { key: 'SUP' },
        issuetype: { name: 'Task' },
        summary: `Existing ${start + index}`,
      },
    }));
    const made = await app.rest('acme', 'POST', 'issue/bulk', { issueUpdates });
    expect(made.status).toBe(201);
  }
  await app.settle();
}
