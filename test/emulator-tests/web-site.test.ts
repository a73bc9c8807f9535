/** Works on a Jira site by hand, in a browser, against the real REST API of an emulated site. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { createRealClock } from '../emulator/core/clock';
import { createRandom } from '../emulator/core/random';
import { createCloudSite } from '../emulator/jira/create-cloud-site';
import { openBrowser, type TestBrowser } from '../support/browser';
import { type StubWorld, startStubWorld } from './web-stub-world';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

let world: StubWorld;
let chrome: TestBrowser;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  world = await startStubWorld(() =>
    createCloudSite({ key: 'acme', clock: createRealClock(), random: createRandom(1) }),
  );
  chrome = await openBrowser();
});

afterAll(async () => {
  await chrome.close();
  await world.close();
});

beforeEach(async () => {
  const context = await chrome.browser.newContext({ viewport: { width: 1360, height: 900 } });
  page = await context.newPage();
  page.setDefaultTimeout(8000);
  complaints.length = 0;
  page.on('pageerror', (error) => complaints.push(error.message));
});

afterEach(async () => {
  expect(complaints).toEqual([]);
  await page.context().close();
});

const at = (testId: string) => page.locator(`[data-testid="${testId}"]`);

/** Serious findings of axe in this document, without the app's frame. */
async function accessibilityProblems(): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const axe = (window as unknown as { axe: { run(context: object, options: object): Promise<AxeResult> } })
      .axe;
    type AxeResult = { violations: { id: string; impact: string; nodes: { html: string }[] }[] };
    const result = await axe.run({ exclude: [['iframe']] }, { resultTypes: ['violations'], iframes: false });
    return result.violations
      .filter((each) => ['serious', 'critical'].includes(each.impact))
      .map((each) => `${each.id}: ${each.nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
  });
}

/** Creates an issue in the first project and opens it. */
async function createIssue(summary: string, description = ''): Promise<string> {
  await page.goto(`${world.base}/jira/your-work`);
  await at('create-issue').click();
  await at('field-summary').fill(summary);
  if (description) {
    await at('field-description').fill(description);
  }
  await at('create-dialog-submit').click();
  const open = at('flag').getByRole('button', { name: /^Open / });
  await open.click();
  await at('issue-key').waitFor();
  return (await at('issue-key').innerText()).trim();
}

async function rest(method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${world.base}/rest/api/3/${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return response.status === 204 ? undefined : response.json();
}

test('an issue with rich text is created and read', async () => {
  await createIssue('Printer on fire', '## What\n\n- one\n- **two**\n\n:::warning\nHot\n:::');
  const text = page.locator('[data-testid="value-description"] .adf');
  await text.waitFor();
  expect(await page.title()).toContain('Printer on fire');
  expect(await text.locator('h3').innerText()).toBe('What');
  expect(await text.locator('li strong').innerText()).toBe('two');
  expect(await text.locator('.adf-panel-warning').innerText()).toContain('Hot');
  expect(await accessibilityProblems()).toEqual([]);
});

test('a summary that Jira refuses keeps the dialog open and says why', async () => {
  await page.goto(`${world.base}/jira/your-work`);
  await at('create-issue').click();
  await at('field-summary').waitFor();
  await at('create-dialog-submit').click();
  await page.locator('.field-error').waitFor();
  expect(await page.locator('.field-error').first().innerText()).toMatch(/summary/i);
});

test('summary, description and fields are edited in place', async () => {
  const key = await createIssue('Old words', 'first');
  await at('edit-summary').click();
  await at('field-summary').fill('New words');
  await at('save-summary').click();
  await page.getByRole('heading', { name: 'New words' }).waitFor();
  await at('edit-description').click();
  await at('field-description').fill('first\n\nsecond');
  await at('save-description').click();
  await page.getByText('second', { exact: true }).waitFor();
  await at('edit-labels').click();
  await at('field-labels').fill('red blue');
  await at('save-labels').click();
  await page.locator('[data-testid="value-labels"] .tag').nth(1).waitFor();
  const issue = (await rest('GET', `issue/${key}?fields=summary,labels`)) as { fields: unknown };
  expect(issue.fields).toEqual({ summary: 'New words', labels: ['blue', 'red'] });
});

test('comments are added, limited to a role, edited and deleted', async () => {
  await createIssue('Talk');
  await at('add-comment').click();
  await at('comment-body').fill('hello **there**');
  await at('comment-visible-to').selectOption({ index: 1 });
  await at('save-comment').click();
  await at('comment-visibility').waitFor();
  expect(await at('comment').locator('strong').innerText()).toBe('there');
  await at('edit-comment').click();
  await at('comment-body').fill('changed');
  await at('save-comment').click();
  await page.getByText('changed', { exact: true }).waitFor();
  expect(await at('comment-visibility').count()).toBe(1);
  await at('delete-comment').click();
  await at('delete-comment-dialog-submit').click();
  await page.getByText('No comments yet.').waitFor();
});

test('files are attached, shown and deleted', async () => {
  await createIssue('With a file');
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  await at('attach-files').setInputFiles({ name: 'dot.png', mimeType: 'image/png', buffer: png });
  await at('attachment').waitFor();
  const width = () => page.locator('.file img').evaluate((image: HTMLImageElement) => image.naturalWidth);
  await page.locator('.file img').scrollIntoViewIfNeeded();
  await page.waitForFunction(
    () => (document.querySelector<HTMLImageElement>('.file img')?.naturalWidth ?? 0) > 0,
  );
  expect(await width()).toBeGreaterThan(0);
  await page.getByRole('button', { name: 'Delete dot.png' }).click();
  await at('delete-attachment-submit').click();
  await at('attachment').waitFor({ state: 'detached' });
});

test('the status moves along the workflow and the history tells it', async () => {
  await createIssue('Move me');
  const before = await at('status-name').innerText();
  await at('status-button').click();
  await page.locator('[data-testid^="transition-"]').first().click();
  await page.waitForFunction(
    (old) => document.querySelector('[data-testid="status-name"]')?.textContent !== old,
    before,
  );
  await at('tab-history').click();
  const entry = at('history-entry').first();
  await entry.waitFor();
  expect(await entry.innerText()).toContain('status');
});

test('what somebody else changes appears by itself', async () => {
  const key = await createIssue('Watch');
  await rest('PUT', `issue/${key}`, { fields: { summary: 'Changed elsewhere' } });
  await page.getByRole('heading', { name: 'Changed elsewhere' }).waitFor();
});

test('search finds by words and by JQL, and shows what is wrong with a query', async () => {
  const key = await createIssue('Zanzibar expedition');
  await at('quick-search').fill('Zanzibar');
  await at('quick-search').press('Enter');
  await at(`row-${key}`).waitFor();
  await at('jql').fill(`key = ${key}`);
  await at('run-search').click();
  await at(`row-${key}`).waitFor();
  await at('jql').fill('nonsense = = 1');
  await at('run-search').click();
  await at('search-error').waitFor();
});

test('an issue is deleted after a question', async () => {
  const key = await createIssue('Short life');
  await at('delete-issue').click();
  await at('delete-dialog-submit').click();
  await page.waitForURL('**/projects/*');
  const answer = (await rest('GET', `issue/${key}`)) as { errorMessages: string[] };
  expect(answer.errorMessages[0]).toMatch(/does not exist/);
});

test('the app stands under Settings > Apps, in project settings and on the issue', async () => {
  const key = await createIssue('Panel');
  await at('panel-issuePanel').locator('iframe').waitFor();
  await page.goto(`${world.base}/projects/${key.split('-')[0]}/settings/apps/projectSettingsPage`);
  const frame = page.frameLocator('iframe[data-testid="custom-ui"]');
  await frame.locator('#context').click();
  await frame.getByText(`"key":"${key.split('-')[0]}"`).waitFor();
  await at('settings').click();
  await at('app-page-adminPage').click();
  await frame.locator('h1').waitFor();
});

test.each(['/jira/your-work', '/issues/', '/jira/settings/apps'])(
  '%s can be used by everybody',
  async (path) => {
    for (const theme of ['light', 'dark']) {
      await page.context().addCookies([{ name: 'emulator-theme', value: theme, url: world.base }]);
      await page.goto(`${world.base}${path}`);
      await page.locator('main h1').waitFor();
      expect(await accessibilityProblems()).toEqual([]);
    }
  },
);
