/** Filters on the shipped bundle: Jira checks and answers the query, its index lags by a minute, and the same twin rests, marked, and goes on. */
import type { EditorMapping } from '../../src/api/views';
import { agree, connect } from './support/agreement';
import { createIssue, editIssue, search } from './support/issues';
import { listOf, type RunningApp, startApp } from './support/running-app';

const jql = 'labels = shared ORDER BY created DESC';

let app: RunningApp;
let id: string;
let matched: EditorMapping;

beforeAll(async () => {
  app = await startApp();
  id = await connect(app);
  await agree(app, id, {
    adjust: (mapping) => {
      const types = mapping.types.flatMap(({ mine }) => mine ?? []);
      const conditions = [{ fieldId: 'issuetype', is: 'anyOf' as const, values: types }];
      matched = { ...mapping, leaving: 'mark', filter: { jql, conditions } };
      return matched;
    },
  });
  await app.control('POST', 'faults', { indexLag: { ms: 60_000 } });
}, 240_000);
afterAll(() => app.stop());

it('shows what Jira says about a query, and does not publish a wrong one', async () => {
  expect(await app.call('acme', 'checkQuery', { jql })).toEqual({ errors: [] });
  const { errors } = await app.call('acme', 'checkQuery', { jql: 'teem = Printing' });
  expect(errors.join(' ')).toContain('teem');
  const wrong = { ...matched, filter: { jql: 'labels = = shared' } };
  const { findings } = await app.call('acme', 'saveDraft', { id, mappings: [wrong] });
  expect(findings.join(' ')).toContain('Jira does not understand the query of the filter');
  const refused = await app.tryCall('acme', 'publish', {
    id,
    mappings: [wrong],
    note: 'Wrong.',
    existing: { mode: 'new' },
    startWhenAgreed: true,
  });
  expect(refused).toMatchObject({ ok: false, error: { code: 'invalid' } });
  await app.call('acme', 'saveDraft', { id, mappings: [matched] });
});

it('keeps the filter at home', async () => {
  const editor = await app.call('globex', 'editor', { id });
  expect(editor.mappings.map(({ filter, leaving }) => ({ filter, leaving }))).toEqual([{ leaving: 'mark' }]);
});

it('brings over what matches, marks the twin and lets it rest, and goes on with the same one', async () => {
  const create = (summary: string, labels: string[]) =>
    createIssue(app, 'acme', { project: 'SUP', type: 'Bug', summary, labels });
  const issue = await create('Filter printer smokes', ['shared']);
  const later = await create('Filter lamp flickers', []);
  await app.settle();
  expect(await twins()).toEqual(['Filter printer smokes']);

  await editIssue(app, 'acme', later.key, { labels: ['shared'] });
  await editIssue(app, 'acme', issue.key, { labels: [], summary: 'Filter printer confidential' });
  await app.settle();
  expect(await twins()).toEqual(['Filter lamp flickers', 'Filter printer smokes']);

  const twin = (await readTwins()).find(({ summary }) => summary === 'Filter printer smokes');
  expect(await commentsOn(twin?.key)).toEqual([
    expect.stringContaining('does not match the filter any more'),
  ]);
  await editIssue(app, 'globex', twin?.key ?? '', { duedate: '2026-12-24' });
  await editIssue(app, 'acme', issue.key, { labels: ['shared'], summary: 'Filter printer repaired' });
  await app.settle();
  expect(await twins()).toEqual(['Filter lamp flickers', 'Filter printer repaired']);
  expect(await commentsOn(twin?.key)).toEqual([]);
  const { body } = await app.rest('acme', 'GET', `issue/${issue.key}`);
  expect(body['fields']).toMatchObject({ duedate: '2026-12-24', labels: ['shared'] });
}, 240_000);

async function commentsOn(key = ''): Promise<string[]> {
  const { body } = await app.rest('globex', 'GET', `issue/${key}/comment`);
  return listOf(body['comments']).map((comment) => JSON.stringify(comment['body']));
}

const twins = async (): Promise<string[]> => (await readTwins()).map(({ summary }) => summary).sort();

/** What is over there, whatever the index of that Jira shows. */
async function readTwins(): Promise<{ key: string; summary: string }[]> {
  await app.control('POST', 'faults', { clear: true });
  const found = await search(app, 'globex', 'project = GSD AND summary ~ "Filter"');
  const read = found.map(async ({ key }) => {
    const { body } = await app.rest('globex', 'GET', `issue/${key}`);
    return { key, summary: String(body['fields']?.['summary']) };
  });
  const twins = await Promise.all(read);
  await app.control('POST', 'faults', { indexLag: { ms: 60_000 } });
  return twins;
}
