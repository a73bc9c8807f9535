/** What admins put right, in a browser on the shipped bundle: a conflict, a value that gave way, a difference. */
import { openBrowser, type TestBrowser } from '../support/browser';
import { type Admin, openAdmin } from './support/admin-browser';
import { agree, connect } from './support/agreement';
import { twinOf } from './support/compare';
import { createIssue, editIssue, type IssueRef } from './support/issues';
import { pastFirstRetry, type RunningApp, type SiteKey, startApp } from './support/running-app';

let app: RunningApp;
let chrome: TestBrowser;
let globex: Admin;
let id = '';
let issue: IssueRef;
let twin = '';

beforeAll(async () => {
  [app, chrome] = await Promise.all([startApp(), openBrowser()]);
  globex = await openAdmin(app, chrome, 'globex', { interactions: [] });
  id = await connect(app);
  await agree(app, id, {
    adjust: (mapping) => ({
      ...mapping,
      fields: mapping.fields.map((field) =>
        field.kind === 'summary' ? { ...field, policy: 'ask' as const } : field,
      ),
    }),
  });
  issue = await createIssue(app, 'acme', { project: 'SUP', type: 'Bug', summary: 'Invoices go out twice' });
  await app.settle(pastFirstRetry);
  twin = String(await twinOf(app, 'acme', issue));
}, 180_000);
afterAll(async () => {
  await chrome.close();
  await app.stop();
});

async function summaries(): Promise<string[]> {
  const [here, there] = await Promise.all([
    app.rest('acme', 'GET', `issue/${issue.key}?fields=summary`),
    app.rest('globex', 'GET', `issue/${twin}?fields=summary`),
  ]);
  return [here, there].map(({ body }) => String(body['fields']?.['summary']));
}

async function openTab(admin: Admin, tab: string): Promise<void> {
  await admin.openSynchronizations();
  await admin.app.getByRole('button', { name: 'Globex and Acme', exact: true }).click();
  await admin.click(`tab-${tab}`);
}

const both = (value: string): string[] => [value, value];
const edit = (site: SiteKey, summary: string) =>
  editIssue(app, site, site === 'acme' ? issue.key : twin, { summary });

it('lets a person decide between both values', async () => {
  await app.call('acme', 'stop', { id });
  await app.settle();
  await edit('acme', 'Invoices go out twice since 5.8');
  await edit('globex', 'Customers get two invoices');
  await app.call('acme', 'start', { id });
  await app.settle(pastFirstRetry);
  expect(await summaries()).toEqual(['Invoices go out twice since 5.8', 'Customers get two invoices']);

  await openTab(globex, 'conflicts');
  await globex.at('conflict').waitFor();
  const shown = await globex.at('conflict').innerText();
  for (const said of ['Invoices go out twice since 5.8', 'Customers get two invoices', 'Grace Hill'])
    expect(shown).toContain(said);
  await globex.click('conflict-partner');
  await app.settle(pastFirstRetry);
  expect(await summaries()).toEqual(both('Invoices go out twice since 5.8'));
  await globex.at('conflict').waitFor({ state: 'detached' });
}, 240_000);

it('puts back what gave way, on both sites', async () => {
  await globex.at('restore').waitFor();
  expect(await globex.at('overwritten').innerText()).toContain('Customers get two invoices');
  await globex.click('restore');
  await globex.app.getByText('Being put back').waitFor();
  await app.settle(pastFirstRetry);
  expect(await summaries()).toEqual(both('Customers get two invoices'));
}, 240_000);

it('finds an edit whose event was lost, and puts it right', async () => {
  await app.control('POST', 'faults', { eventLoss: { eventType: 'avi:jira:updated:issue' } });
  await edit('acme', 'Nobody heard of this');
  await app.settle();
  await app.control('POST', 'faults', { clear: true });
  expect(await summaries()).toEqual(['Nobody heard of this', 'Customers get two invoices']);

  await openTab(globex, 'differences');
  await globex.click('check-full');
  await globex.at('difference-table').waitFor();
  expect(await globex.at('difference-table').innerText()).toContain('Nobody heard of this');
  await globex.click('fix');
  await globex.click('fix-confirm');
  await globex.app.getByText('put right in 1 issues').waitFor();
  await app.settle(pastFirstRetry);
  expect(await summaries()).toEqual(both('Nobody heard of this'));

  await globex.click('check-full');
  await globex.app.getByText('Both sites are the same').waitFor();
}, 240_000);
