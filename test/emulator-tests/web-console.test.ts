/** The console over a whole running world with the fixture app: panes, stream, counters, faults, reset. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { type RunningWorld, startWorld } from '../emulator/start-world';
import { openBrowser, type TestBrowser } from '../support/browser';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

let running: RunningWorld;
let chrome: TestBrowser;
let page: Page;

beforeAll(async () => {
  running = await startWorld({
    appDirectory: join(__dirname, '../fixtures/forge-app'),
    bundleDirectory: resolve(__dirname, '../../dist/fixture-forge-app'),
    buildUi: false,
  });
  chrome = await openBrowser();
  page = await chrome.browser.newPage({ viewport: { width: 1500, height: 900 } });
  page.setDefaultTimeout(8000);
  await page.goto(running.addresses.console);
}, 120_000);

afterAll(async () => {
  await chrome.close();
  await running.stop();
});

const at = (testId: string) => page.locator(`[data-testid="${testId}"]`);
const pane = (site: string) => page.frameLocator(`[data-testid="pane-${site}"] iframe`);

test('what somebody does on a site is told in plain words', async () => {
  const acme = pane('acme');
  await acme.locator('[data-testid="create-issue"]').click();
  await acme.locator('[data-testid="field-summary"]').fill('Seen in the stream');
  await acme.locator('[data-testid="create-dialog-submit"]').click();
  const line = at('stream').locator('[data-kind="change"]').first();
  await line.waitFor();
  expect(await line.innerText()).toMatch(/acme[\s\S]*\S+ \S+ created issue [A-Z]+-\d+/);
  await page.getByRole('searchbox', { name: 'Filter by words' }).fill('no such words');
  await page.getByText('Nothing yet.').waitFor();
  await page.getByRole('searchbox', { name: 'Filter by words' }).fill('');
});

test("a pane shows where its site is, and the site's app", async () => {
  const address = page.getByLabel(/^Address on Globex/i);
  await page.locator('[data-testid="pane-globex"] [data-do="app"]').click();
  await page.waitForFunction(
    () =>
      document.querySelector<HTMLInputElement>('#address-globex')?.value ===
      '/jira/settings/apps/fixture-admin',
  );
  await pane('globex').locator('iframe[data-testid="custom-ui"]').waitFor();
  await address.fill('/jira/projects');
  await address.press('Enter');
  await pane('globex').getByRole('heading', { name: 'Projects' }).waitFor();
});

test('a fault switch reaches the emulator and is given back', async () => {
  await at('tab-faults').click();
  await at('fault-eventDelay').check();
  await page.getByRole('tab', { name: 'Trouble (1)' }).waitFor();
  expect(running.platform.faults.active()).toEqual([expect.objectContaining({ kind: 'eventDelay' })]);
  await at('fault-eventDelay').uncheck();
  await page.getByRole('tab', { name: 'Trouble', exact: true }).waitFor();
  expect(running.platform.faults.active()).toEqual([]);
});

test('counters are those of the control API', async () => {
  await at('tab-counters').click();
  const row = at('counters').locator('tr', { hasText: 'Functions run' });
  await row.waitFor();
  expect(await row.locator('td').first().innerText()).not.toBe('0');
});

test.each(['light', 'dark'])('axe has no serious finding in the console (%s)', async (mode) => {
  await page.evaluate(
    (choice) => (window as unknown as { chooseTheme(mode: string): void }).chooseTheme(choice),
    mode,
  );
  await page.evaluate(AXE);
  const findings = await page.evaluate(async () => {
    type AxeResult = { violations: { id: string; impact: string; nodes: { html: string }[] }[] };
    const { axe } = window as unknown as {
      axe: { run(context: object, options: object): Promise<AxeResult> };
    };
    const result = await axe.run({ exclude: [['iframe']] }, { iframes: false });
    return result.violations.filter((each) => ['serious', 'critical'].includes(each.impact));
  });
  expect(findings.map((each) => `${each.id}: ${each.nodes[0]?.html}`)).toEqual([]);
});

test('the tour ticks a step when the app is seen to have done it', async () => {
  const tour = await chrome.browser.newPage();
  let status: { status: string; sync: string | null } | undefined;
  const counts = { sent: 0, received: 0 };
  await tour.route('**/__emulator/invoke', async (route) => {
    const { payload } = route.request().postDataJSON() as { payload: { name: string } };
    const one = { id: 's1', updatedAt: 1, status, counts };
    const value = payload.name === 'list' ? { synchronizations: status ? [one] : [] } : one;
    await route.fulfill({ json: { ok: true, body: { ok: true, value } } });
  });
  await tour.goto(running.addresses.console);
  const ticked = async () =>
    tour
      .locator('[data-testid^="step-"][data-done="true"]')
      .evaluateAll((steps) => steps.map((step) => step.getAttribute('data-testid')?.replace('step-', '')));
  const until = (count: number) =>
    tour.waitForFunction((n) => document.querySelectorAll('[data-done="true"]').length === n, count);
  expect(await ticked()).toEqual([]);
  status = { status: 'Invitation sent', sync: null };
  await until(1);
  expect(await ticked()).toEqual(['invite']);
  status = { status: 'Not configured', sync: 'Handshake' };
  await until(2);
  status = { status: 'Not configured', sync: 'Stopped' };
  await until(3);
  status = { status: 'Active', sync: 'Running' };
  counts.sent = 1;
  counts.received = 1;
  await until(6);
  status = { status: 'Active', sync: 'Stopped' };
  await tour.waitForResponse('**/__emulator/invoke');
  await tour.waitForResponse('**/__emulator/invoke');
  expect(await ticked()).toEqual(['invite', 'accept', 'words', 'agree', 'create', 'answer']);
  status = { status: 'Active', sync: 'Running' };
  await until(7);
  expect(await tour.innerText('[data-testid="tour-progress"]')).toBe('7 of 8 done');
  await tour.close();
});

test('reset brings both sites back to their first day', async () => {
  expect(await found('Seen in the stream')).toBe(1);
  await at('reset').click();
  await at('reset-dialog-submit').click();
  await page.getByText('Both sites are new again').waitFor();
  expect(await found('Seen in the stream')).toBe(0);
});

/** How many issues of acme have these words in their summary, as its administrator sees it. */
async function found(words: string): Promise<number> {
  const at = running.world.site('acme');
  const admin = at?.site.users().find((user) => user.admin);
  if (!at || !admin) {
    throw new Error('acme has no administrator');
  }
  const request = new Request('https://acme.atlassian.net/rest/api/3/search/jql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jql: `summary ~ ${JSON.stringify(words)}`, fields: ['summary'] }),
  });
  const response = await at.site.handle(request, { kind: 'user', accountId: admin.accountId });
  return ((await response.json()) as { issues: unknown[] }).issues.length;
}
