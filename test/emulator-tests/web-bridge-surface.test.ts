/** Every part of `@forge/bridge` in a browser: what works beyond the daily calls, its limits, and what is refused by name. */
import type { Frame, Page } from 'playwright-core';
import { REFUSED_BRIDGE_COMMANDS, SDK_SURFACE } from '../emulator/coverage/sdk-surface';
import { openBrowser, type TestBrowser } from '../support/browser';
import { type StubWorld, startStubWorld } from './web-stub-world';

let world: StubWorld;
let chrome: TestBrowser;
let page: Page;
let app: Frame;

beforeAll(async () => {
  world = await startStubWorld();
  chrome = await openBrowser();
  page = await (await chrome.browser.newContext()).newPage();
});
afterAll(async () => {
  await chrome.close();
  await world.close();
});
beforeEach(async () => {
  world.calls.length = 0;
  app = await open('/jira/settings/apps/adminPage');
});

async function open(path: string): Promise<Frame> {
  await page.goto(`${world.base}${path}`);
  const handle = await page.waitForSelector('iframe[data-testid="custom-ui"]');
  const frame = await handle.contentFrame();
  if (!frame) throw new Error('no frame');
  await frame.waitForFunction(() => document.getElementById('state')?.textContent === 'ready');
  return frame;
}

/** Runs the body of an async function in the app's frame, where `bridge` is the package; errors as `{error}`. */
function inApp(body: string, frame = app): Promise<unknown> {
  return frame.evaluate(
    `(async (bridge) => { ${body} })(window.bridge).catch((error) => ({ error: String(error.message ?? error) }))`,
  );
}

test('invoke: 500 KB may go in, 5 MB come out', async () => {
  expect(
    await inApp("return (await bridge.invoke('echo', { text: 'x'.repeat(500_000) })).youSent.text.length"),
  ).toBe(500_000);
  expect(await inApp("return bridge.invoke('echo', { text: 'x'.repeat(512_000) })")).toEqual({
    error: expect.stringContaining('larger than 500 KB'),
  });
  expect(world.calls).toHaveLength(1);
  expect(await inApp("return (await bridge.invoke('much', 5_000_000)).length")).toBe(5_000_000);
  expect(await inApp("return bridge.invoke('much', 5_300_000)")).toEqual({
    error: expect.stringContaining('larger than 5 MB'),
  });
});

test('invoke: metadata wraps the answer; functions in the payload and wrong keys are errors of the package', async () => {
  expect(await inApp("return bridge.invoke('echo', { a: 1 }, {})")).toMatchObject({
    body: { youSent: { a: 1 } },
    metadata: {},
  });
  expect(await inApp("return (await bridge.makeInvoke()('echo', { a: 2 })).youSent")).toEqual({ a: 2 });
  expect(await inApp("return bridge.invoke('echo', { f: () => 1 })")).toHaveProperty('error');
  expect(await inApp('return bridge.invoke(5)')).toHaveProperty('error');
});

test('invoke: the package stops after 500 calls in 25 seconds', async () => {
  const answers = await inApp(`
    const calls = Array.from({ length: 501 }, () => bridge.invoke('echo').then(() => 'answered', (error) => error.message));
    const told = await Promise.all(calls);
    return [told.filter((text) => text === 'answered').length, told.find((text) => text !== 'answered')];`);
  expect(answers).toEqual([500, expect.stringContaining('500req/25s')]);
});

test('requestJira: methods, own headers and bodies travel; the session cannot be chosen', async () => {
  const answer = await inApp(`
    const init = { method: 'PUT', body: '{"a":1}', headers: { 'Content-Type': 'application/json', 'X-Own': 'v', Authorization: 'Basic x' } };
    const response = await bridge.requestJira('/rest/api/3/echo', init);
    return { status: response.status, ...(await response.json()) };`);
  expect(answer).toEqual({
    status: 201,
    method: 'PUT',
    body: '{"a":1}',
    headers: { 'content-type': 'application/json', 'x-own': 'v', cookie: null, authorization: null },
  });
});

test('requestJira: binary answers arrive byte by byte', async () => {
  const answer = await inApp(`
    const response = await bridge.requestJira('/rest/api/3/attachment/content/1');
    return [response.headers.get('content-type'), ...new Uint8Array(await response.arrayBuffer())];`);
  expect(answer).toEqual(['image/png', 137, 80, 78, 71, 0, 255, 254, 10]);
});

test('requestJira: an error of Jira is an answer, an address outside of REST is refused', async () => {
  expect(await inApp("return (await bridge.requestJira('/rest/api/3/none')).status")).toBe(404);
  expect(await inApp("return bridge.requestJira('/secure/Dashboard.jspa')")).toHaveProperty('error');
  expect(await inApp("return bridge.requestJira('https://evil.example/rest/api/3/myself')")).toHaveProperty(
    'error',
  );
});

test('events of the app and public events do not mix, blobs travel, unsubscribing ends it', async () => {
  const heard = await inApp(`
    const heard = [];
    const own = await bridge.events.on('ping', (payload) => heard.push(['own', payload]));
    await bridge.events.onPublic('ping', (payload) => heard.push(['public', payload]));
    const arrived = (count) => new Promise((done) => {
      const look = () => (heard.length >= count ? done() : setTimeout(look, 5));
      look();
    });
    await bridge.events.emit('ping', 1);
    await bridge.events.emitPublic('ping', 2);
    await arrived(2);
    own.unsubscribe();
    await bridge.events.emit('ping', 3);
    await bridge.events.emitPublic('ping', { file: new Blob(['hi']) });
    await arrived(3);
    const blob = heard.pop()[1].file;
    return [...heard, await blob.text()];`);
  expect(heard).toEqual([['own', 1], ['public', 2], 'hi']);
});

test('view: title, ready event, refresh and close only where there is something to refresh or close', async () => {
  expect(
    await inApp(
      "await bridge.view.changeWindowTitle('Renamed'); await bridge.view.emitReadyEvent(); return 'said'",
    ),
  ).toBe('said');
  expect(await page.title()).toBe('Renamed');
  for (const call of [
    'view.refresh()',
    'view.close()',
    'view.submit({})',
    'view.onClose(() => 1)',
    'view.open()',
  ])
    expect([call, await inApp(`return bridge.${call}`)]).toEqual([call, { error: expect.any(String) }]);
});

test.each(['close', 'submit'])('view: a modal can %s, and hears of it', async (verb) => {
  await inApp(`
    localStorage.clear();
    const onClose = (payload) => localStorage.setItem('answer', JSON.stringify(payload));
    await new bridge.Modal({ onClose }).open();`);
  const handle = await page.waitForSelector('iframe[data-testid="custom-ui-modal"]');
  const modal = await handle.contentFrame();
  if (!modal) throw new Error('no frame');
  await modal.waitForFunction(() => document.getElementById('state')?.textContent === 'modal');
  await inApp("await bridge.view.onClose(() => localStorage.setItem('heard', 'yes'))", modal);
  await modal.evaluate(`void window.bridge.view.${verb}({ by: '${verb}' })`);
  await page.waitForSelector('iframe[data-testid="custom-ui-modal"]', { state: 'detached' });
  await app.waitForFunction(() => localStorage.getItem('answer') !== null);
  expect(await inApp("return [localStorage.getItem('answer'), localStorage.getItem('heard')]")).toEqual([
    JSON.stringify({ by: verb }),
    'yes',
  ]);
});

test('router: reload loads the page again', async () => {
  await page.evaluate(() => Object.assign(window, { before: true }));
  const loaded = page.waitForEvent('load');
  await inApp('void bridge.router.reload()');
  await loaded;
  expect(await page.evaluate(() => 'before' in window)).toBe(false);
});

test('router: addresses of Jira targets are public ones, others are refused by name', async () => {
  const url = (target: object) =>
    inApp(`return (await bridge.router.getUrl(${JSON.stringify(target)})).href`);
  expect(await url({ target: 'issue', issueKey: 'ACME-1' })).toBe('https://acme.atlassian.net/browse/ACME-1');
  expect(await url({ target: 'projectSettingsDetails', projectKey: 'ACME' })).toContain(
    '/projects/ACME/settings',
  );
  expect(await url({ target: 'contentView', contentId: '1' })).toEqual({
    error: expect.stringContaining('contentView'),
  });
  expect(await url({})).toHaveProperty('error');
});

test('answers that say there is nothing', async () => {
  expect(await inApp('return bridge.rovo.isEnabled()')).toBe(false);
  expect(await inApp('return bridge.getCookieConsentPreferences()')).toBe(null);
});

test.each(REFUSED_BRIDGE_COMMANDS)('the command %s is refused by name', async (command) => {
  expect(await inApp(`return window.__bridge.callBridge(${JSON.stringify(command)}, {})`)).toEqual({
    error: `The emulator does not know the bridge call "${command}".`,
  });
});

/** Arguments that get a refused call past the package's own checks. */
const ARGUMENTS: Record<string, string> = {
  invokeRemote: "{ path: '/x', method: 'GET' }",
  invokeService: "{ path: '/x', method: 'GET' }",
  requestRemote: "'remote', { path: '/x', method: 'GET' }",
  requestConfluence: "'/wiki/rest/api/space'",
  requestBitbucket: "'/2.0/user'",
  requestTeamworkGraph: "'{ me }'",
  fetchUserRecommendations: '{}',
  'realtime.subscribe': "'channel', () => 1",
  'realtime.subscribeGlobal': "'channel', () => 1",
  'realtime.publish': "'channel', {}",
  'realtime.publishGlobal': "'channel', {}",
  'i18n.getTranslations': "'en-US'",
  'i18n.createTranslationFunction': "'en-US'",
  'rovo.open': "{ type: 'default', prompt: 'hi' }",
  'permissions.egress.set': '{ egresses: [] }',
  'permissions.egress.deleteDomain': "{ key: 'k', domain: 'd' }",
  'permissions.egress.deleteGroup': "{ key: 'k' }",
  'permissions.remote.set': '{ remotes: [] }',
};

const REFUSED = SDK_SURFACE.filter((row) => row.package === '@forge/bridge' && row.level === 'refused').map(
  ({ call }) => call,
);

test.each(
  REFUSED.filter((call) => !call.startsWith('FeatureFlags') && !call.startsWith('frontendCustomMetrics')),
)('%s is refused', async (call) => {
  expect(await inApp(`return bridge.${call}(${ARGUMENTS[call] ?? ''})`)).toEqual({
    error: expect.any(String),
  });
});

test('feature flags and front-end metrics are refused', async () => {
  expect(await inApp("return bridge.frontendCustomMetrics.counter('clicks').incr()")).toHaveProperty('error');
  expect(await inApp('return new bridge.FeatureFlags().initialize({ identifiers: {} }, {})')).toHaveProperty(
    'error',
  );
});
