/** Drives the real `@forge/bridge` in a browser against the Custom UI host. */
import type { Frame, Page } from 'playwright-core';
import { openBrowser, type TestBrowser } from '../support/browser';
import { type StubWorld, startStubWorld } from './web-stub-world';

let world: StubWorld;
let chrome: TestBrowser;
let page: Page;
let app: Frame;

beforeAll(async () => {
  world = await startStubWorld();
  chrome = await openBrowser();
});

afterAll(async () => {
  await chrome.close();
  await world.close();
});

beforeEach(async () => {
  page = await (await chrome.browser.newContext()).newPage();
  world.calls.length = 0;
  app = await openModule('/jira/settings/apps/adminPage');
});

afterEach(async () => {
  await page.context().close();
});

async function openModule(path: string): Promise<Frame> {
  await page.goto(`${world.base}${path}`);
  return frameOf('custom-ui');
}

async function frameOf(testId: string): Promise<Frame> {
  const handle = await page.waitForSelector(`iframe[data-testid="${testId}"]`);
  const frame = await handle.contentFrame();
  if (!frame) {
    throw new Error('no frame');
  }
  await frame.waitForFunction(() => document.getElementById('state')?.textContent !== 'starting');
  return frame;
}

/** Clicks the app's button and gives what the app then shows. */
async function run(name: string, frame = app): Promise<unknown> {
  await frame.evaluate(() => {
    const result = document.getElementById('result');
    if (result) {
      result.textContent = '';
    }
  });
  await frame.click(`#${name}`);
  return shown(frame);
}

async function shown(frame = app): Promise<unknown> {
  const handle = await frame.waitForFunction(() => document.getElementById('result')?.textContent);
  return JSON.parse((await handle.jsonValue()) ?? 'null');
}

test('the frame is on its own origin under the policy of the cloud', async () => {
  expect(new URL(app.url()).origin).toBe(world.resources);
  const response = await fetch(app.url());
  const policy = response.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'self'");
  expect(policy).toContain(world.base);
  expect(policy).toMatch(/style-src [^;]*'unsafe-inline'/);
  expect(policy).not.toMatch(/script-src [^;]*'unsafe-inline'/);
  expect(policy).not.toContain('report-uri');
  expect(await run('inline')).toBe('blocked');
});

test('invoke reaches the resolver as the signed-in user, not as anybody the frame names', async () => {
  expect(await run('invoke')).toEqual({ youSent: { hello: 'world' }, as: 'acc-ann' });
  await page.click('[data-testid=user-menu]');
  await page.click('[data-switch-user=acc-ben]');
  await page.waitForLoadState();
  app = await frameOf('custom-ui');
  expect(await run('invoke')).toEqual({ youSent: { hello: 'world' }, as: 'acc-ben' });
  expect(await run('invoke-fails')).toEqual({ error: 'It broke.' });
});

test('another origin cannot use the door of the session', async () => {
  const status = await app.evaluate(async (base) => {
    const response = await fetch(`${base}/__bridge/invoke`, { method: 'POST', body: '{}' }).catch(
      () => undefined,
    );
    return response?.status ?? 'blocked';
  }, world.base);
  expect(status).toBe('blocked');
  const forged = await fetch(`${world.base}/__bridge/invoke`, {
    method: 'POST',
    headers: { origin: world.resources, 'x-emulator-page': '1' },
    body: '{}',
  });
  expect(forged.status).toBe(403);
  expect(world.calls).toEqual([]);
});

test('context tells site, module, theme and, in an issue panel, the issue as Jira knows it', async () => {
  expect(await run('context')).toMatchObject({
    accountId: 'acc-ann',
    cloudId: 'c1',
    siteUrl: 'https://acme.atlassian.net',
    moduleKey: 'adminPage',
    theme: { colorMode: 'light' },
    extension: { type: 'jira:adminPage' },
  });
});

test('requestJira goes out as the user with the token that Jira asks of browsers', async () => {
  expect(await run('request-jira')).toEqual({
    status: 200,
    body: { accountId: 'acc-ann', token: 'no-check' },
  });
  expect(await run('upload')).toMatchObject({
    body: [{ filename: 'hello.txt', type: 'text/plain', text: 'hello', token: 'no-check' }],
  });
});

test('theme.enable loads the tokens and follows the page', async () => {
  const light = await run('theme');
  expect(light).toBe('rgb(255, 255, 255)');
  await page.click('[data-testid=theme-toggle]');
  await app.waitForFunction(() => getComputedStyle(document.body).backgroundColor !== 'rgb(255, 255, 255)');
  expect(await app.evaluate(() => document.documentElement.dataset['colorMode'])).toBe('dark');
});

test('a flag is drawn by the page, its action runs in the app, and it can be closed', async () => {
  expect(await run('flag')).toBe('shown');
  const flag = page.locator('[data-testid=flag]');
  expect(await flag.innerText()).toContain('Saved it');
  await flag.getByText('Undo').click();
  await app.waitForFunction(() => document.getElementById('result')?.textContent === '"undone"');
  await app.click('#close-flag');
  await flag.waitFor({ state: 'detached' });
});

test('a modal shows the app again with its context and hands its answer back', async () => {
  expect(await run('modal')).toBe('opened');
  const modal = await frameOf('custom-ui-modal');
  expect(await modal.textContent('#state')).toBe('modal');
  expect(await run('context', modal)).toMatchObject({ extension: { modal: { question: 42 } } });
  await modal.click('#modal-close');
  await app.waitForFunction(() => document.getElementById('result')?.textContent?.includes('answer'));
  expect(await shown()).toEqual({ answer: { yes: true } });
  expect(await page.locator('[data-testid=app-modal]').count()).toBe(0);
  expect(await run('close-page')).toEqual({ error: "this resource's view is not closable." });
});

test("history lives in the page's address", async () => {
  expect(await run('history')).toBe('/');
  expect(await run('push')).toEqual({ path: '/deep/page?x=1', action: 'PUSH' });
  await page.waitForURL('**/jira/settings/apps/adminPage/deep/page?x=1');
  await page.goBack();
  await app.waitForFunction(() => document.getElementById('result')?.textContent?.includes('POP'));
  expect(await shown()).toEqual({ path: '/', action: 'POP' });
  app = await openModule('/jira/settings/apps/adminPage/deep/page');
  expect(await run('history')).toBe('/deep/page');
});

test('events, addresses, height; what is not known is refused by name', async () => {
  await app.click('#emit');
  expect(await shown()).toEqual({ got: { n: 1 } });
  expect(await run('url')).toBe('https://acme.atlassian.net/browse/ACME-7');
  expect(await run('unknown')).toEqual({
    error: 'The emulator does not know the bridge call "fetchRemote".',
  });
  await app.click('#tall');
  await page.waitForFunction(() => (document.querySelector('iframe')?.offsetHeight ?? 0) > 1000);
});
