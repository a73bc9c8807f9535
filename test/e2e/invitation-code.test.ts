/** Without a directory: the code is copied on one site and pasted on the other; each wrong code gets its own words. */
import { openBrowser, type TestBrowser } from '../support/browser';
import { type Admin, openAdmin } from './support/admin-browser';
import { type RunningApp, startApp } from './support/running-app';

let app: RunningApp;
let chrome: TestBrowser;
let acme: Admin;
let globex: Admin;
let code = '';
let id = '';

beforeAll(async () => {
  [app, chrome] = await Promise.all([startApp({ directory: false }), openBrowser()]);
  const count = { interactions: [] };
  [acme, globex] = await Promise.all([
    openAdmin(app, chrome, 'acme', count),
    openAdmin(app, chrome, 'globex', count),
  ]);
}, 180_000);
afterAll(async () => {
  await chrome.close();
  await app.stop();
});

it('shows the code after Send invitation', async () => {
  await acme.openSynchronizations();
  await acme.click('list-new');
  await acme.fill('invite-url', app.sites.globex.publicUrl);
  await acme.click('invite-send');
  await acme.at('invitation-code').waitFor();
  await acme.picture('invitation-code');
  code = (await acme.at('invitation-code').innerText()).trim();
  expect(code).toMatch(/^isx1\./);
  id = (await app.call('acme', 'list', {})).synchronizations[0]?.id ?? '';
}, 60_000);

it.each([
  ['no code at all', () => 'hello'],
  ['a damaged code', () => `${code.slice(0, -6)}AAAAAA`],
  ['half a code', () => code.slice(0, 60)],
])('refuses %s with words', async (_what, bad) => {
  const answer = await app.tryCall('globex', 'receiveCode', { code: bad() });
  expect(answer).toMatchObject({
    ok: false,
    error: { code: 'invalid', message: expect.stringMatching(/\w{4,}/) },
  });
});

it('refuses a code that is meant for another site', async () => {
  const answer = await app.tryCall('acme', 'receiveCode', { code });
  expect(answer.ok).toBe(false);
});

it('joins with the code; only the inviter confirms', async () => {
  await globex.openSynchronizations();
  await globex.click('list-have-invitation');
  await globex.fill('code-text', code);
  await globex.click('code-submit');
  await globex.click('accept');
  await globex.at('words').waitFor();
  const words = await globex.at('words').innerText();
  await acme.openSynchronizations();
  await acme.click(`next-${id}`);
  await acme.at('words').waitFor();
  expect(await acme.at('words').innerText()).toBe(words);
  await acme.click('confirm-partner');
  await app.settle(10_000);
  const there = await app.call('globex', 'get', { id });
  expect([there.confirmedHere, there.confirmedThere]).toEqual([true, true]);
}, 90_000);

it('refuses the code a second time', async () => {
  const answer = await app.tryCall('globex', 'receiveCode', { code });
  expect(answer.ok).toBe(false);
});
