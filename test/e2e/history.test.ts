/**
 * The page *History* in a browser on the shipped bundle: a wrong bulk change is undone, a time replayed, logs exported and compared.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openBrowser, type TestBrowser } from '../support/browser';
import { type Admin, openAdmin } from './support/admin-browser';
import { agree, connect } from './support/agreement';
import { twinOf } from './support/compare';
import { createIssue, editIssue, type IssueRef } from './support/issues';
import { pastFirstRetry, type RunningApp, type SiteKey, startApp } from './support/running-app';

const root = join(__dirname, '../..');
const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'concord-history-'));
const nameOf = { acme: 'Acme and Globex', globex: 'Globex and Acme' };
const names = ['Printer smokes', 'Router sleeps', 'Screen flickers'];

let app: RunningApp;
let chrome: TestBrowser;
let acme: Admin;
let globex: Admin;
let id = '';
const issues: IssueRef[] = [];
const twins: string[] = [];

beforeAll(async () => {
  [app, chrome] = await Promise.all([startApp({ virtualClock: true }), openBrowser()]);
  acme = await openAdmin(app, chrome, 'acme', { interactions: [] });
  globex = await openAdmin(app, chrome, 'globex', { interactions: [] }, 'dark');
  id = await connect(app);
  await agree(app, id);
  for (const summary of names) {
    issues.push(await createIssue(app, 'acme', { project: 'SUP', type: 'Bug', summary }));
  }
  await app.settle();
  for (const issue of issues) twins.push(String(await twinOf(app, 'acme', issue)));
}, 300_000);
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await chrome?.close();
  await app?.stop();
});

async function summaries(site: SiteKey, keys: readonly string[]): Promise<string[]> {
  const read = keys.map((key) => app.rest(site, 'GET', `issue/${key}?fields=summary`));
  return (await Promise.all(read)).map(({ body }) => String(body['fields']?.['summary']));
}

async function bothSummaries(): Promise<string[][]> {
  const keys = issues.map(({ key }) => key);
  return [await summaries('acme', keys), await summaries('globex', twins)];
}

/** Screens ask in real time, while what the storage allows in a second is counted on the virtual clock. */
async function passTime(): Promise<void> {
  await app.control('POST', 'clock', { advanceMs: 5_000 });
}

async function openHistory(admin: Admin): Promise<void> {
  await passTime();
  await admin.openSynchronizations();
  await admin.app.getByRole('button', { name: nameOf[admin.site], exact: true }).click();
  await admin.click('tab-history');
  await admin.at('history-table').waitFor();
}

/** All in one message: they wait for the start. */
async function spoilAll(): Promise<void> {
  await app.call('acme', 'stop', { id });
  await app.settle();
  for (const { key } of issues) await editIssue(app, 'acme', key, { summary: 'TEST PLEASE IGNORE' });
  await app.call('acme', 'start', { id });
  await app.settle(pastFirstRetry);
}

/** What the preview said. */
async function undo(seq: number): Promise<string> {
  await globex.click(`undo-${seq}`);
  const dialog = globex.at('undo-dialog');
  await globex.at('undo-asked').or(globex.at('undo-left')).first().waitFor();
  const said = await dialog.innerText();
  // As a person would: Jira's bar covers what is scrolled under it.
  await globex.page.evaluate('scrollTo(0, 0)');
  await globex.picture(`history-undo-${seq}`);
  if ((await globex.at('undo-confirm').count()) > 0) {
    await globex.click('undo-confirm');
    await globex.at('undo-progress').or(globex.at('undo-result')).waitFor();
    await app.settle(pastFirstRetry);
    await globex.at('undo-result').waitFor();
    expect(await globex.at('undo-result').innerText()).toMatch(/set back on both sites/);
    await globex.picture(`history-undone-${seq}`);
    await globex.click('undo-close');
  } else {
    await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
  }
  await dialog.waitFor({ state: 'detached' });
  return said;
}

it('undoes a wrong bulk change, and leaves what somebody mended already', async () => {
  await spoilAll();
  const [, second = '', third = ''] = twins;
  await editIssue(app, 'globex', third, { summary: 'Screen flickers again' });
  await app.settle(pastFirstRetry);

  await openHistory(globex);
  await globex.fill('history-issue', second);
  await globex.click('history-look');
  await globex.app.getByText('Router sleeps').first().waitFor();
  expect(await globex.at('history-table').innerText()).not.toContain('Printer smokes');
  await globex.click('history-all');
  const { batches } = await app.call('globex', 'applied', { id });
  const bulk = batches.filter(({ issues: named }) => named.every(({ what }) => !what.includes('Created')));
  expect(bulk.flatMap(({ issues: named }) => named.map(({ key }) => key)).sort()).toEqual([...twins].sort());

  let said = '';
  for (const { seq } of bulk) said += await undo(seq);
  for (const value of ['TEST PLEASE IGNORE', 'Printer smokes', 'Router sleeps'])
    expect(said).toContain(value);
  expect(said).toContain('It was changed again since.');
  await globex.app.getByText('Undone').first().waitFor();
  const mended = ['Printer smokes', 'Router sleeps', 'Screen flickers again'];
  expect(await bothSummaries()).toEqual([mended, mended]);
}, 240_000);

it('replays a time, and finds what nobody heard of', async () => {
  await app.control('POST', 'faults', { eventLoss: { eventType: 'avi:jira:updated:issue' } });
  await editIssue(app, 'acme', issues[0]?.key ?? '', { summary: 'Nobody heard of this' });
  await app.settle();
  await app.control('POST', 'faults', { clear: true });
  expect((await summaries('globex', twins))[0]).toBe('Printer smokes');

  await openHistory(globex);
  await globex.click('replay-open');
  await globex.click('replay-preview');
  await globex.at('replay-count').waitFor();
  expect(await globex.at('replay-count').innerText()).toMatch(/About \d+ issues changed/);
  await globex.click('replay-start');
  await app.settle(pastFirstRetry);
  await globex.at('replay-done').waitFor();
  expect((await summaries('globex', twins))[0]).toBe('Nobody heard of this');
  await globex.picture('history-replayed');
}, 240_000);

/** Through the browser's own download. */
async function exported(admin: Admin, form: 'full' | 'shared'): Promise<string> {
  await passTime();
  await admin.click('export-open');
  await admin.click(`export-${form}`);
  const [download] = await Promise.all([admin.page.waitForEvent('download'), admin.click('export-save')]);
  expect(download.suggestedFilename()).toMatch(
    new RegExp(`^concord-audit-(acme|globex)-and-(acme|globex)-${form}-.*\\.jsonl$`),
  );
  const path = join(folder, `${admin.site}-${form}.jsonl`);
  await download.saveAs(path);
  await admin.at('export-saved').waitFor();
  await admin.app.getByRole('button', { name: 'Close', exact: true }).click();
  return path;
}

it('exports logs that the verifier finds whole and alike, and compares them on screen', async () => {
  await openHistory(acme);
  await openHistory(globex);
  const [mine, theirs] = [await exported(acme, 'full'), await exported(globex, 'shared')];
  const { stdout } = await run(
    join(root, 'node_modules/.bin/tsx'),
    [join(root, 'src/agent/verify-audit.ts'), mine, theirs],
    { cwd: root },
  );
  expect(stdout).toMatch(/acme-full.jsonl: whole\..*\n.*globex-shared.jsonl: whole\..*\nBoth sites tell/);

  await passTime();
  await acme.click('compare-open');
  await acme.at('compare-file').setInputFiles(theirs);
  await acme.click('compare-run');
  await acme.app.getByText(/Both sites tell the same of \d+ messages/).waitFor();
  await acme.picture('history-compared');

  const lines = readFileSync(theirs, 'utf8').split('\n');
  const cut = join(folder, 'cut.jsonl');
  writeFileSync(cut, [...lines.slice(0, 6), ...lines.slice(7)].join('\n'));
  await passTime();
  await acme.at('compare-file').setInputFiles(cut);
  await acme.click('compare-run');
  await acme.app.getByText('The file of globex.atlassian.net is not whole at line 7').waitFor();
}, 240_000);
