/**
 * Every situation that the screens can show, in light and in dark: no serious accessibility violation, no complaint of the
 * browser under a content security policy as strict as Forge's, nothing wider than its page.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openBrowser, type TestBrowser } from '../support/browser';
import { type ServedFolder, serveFolder } from './serve-folder';

const root = join(__dirname, '../..');
const app = join(root, 'static/app');
const built = join(root, 'dist/screens');
const pictures = join(root, 'dist/pictures/screens');
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
/** A situation that is not there by then is broken. */
const patienceMs = 8_000;
const modes = ['light', 'dark'] as const;
/** The width that Jira leaves to an admin page, and to a panel on an issue. */
const widths = { page: 1_120, panel: 420 };

interface Violation {
  id: string;
  impact: string;
  nodes: { html: string; failureSummary: string }[];
}

let site: ServedFolder;
let chrome: TestBrowser;
const names = readFileSync(join(app, 'gallery/names.txt'), 'utf8').trim().split('\n');

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const { status, stderr } = spawnSync(
    process.execPath,
    [vite, 'build', '--config', 'gallery/vite.config.ts', '--logLevel', 'warn'],
    { cwd: app, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`The gallery could not be built:\n${stderr}`);
  [site, chrome] = await Promise.all([serveFolder(built), openBrowser()]);
}, 60_000);
afterAll(async () => {
  await chrome?.close();
  await site?.close();
});

it('lists every situation', async () => {
  const page = await chrome.browser.newPage();
  await page.goto(site.url);
  const listed = await page
    .locator('a[data-screen]')
    .evaluateAll((links) =>
      links.map((link) => (link as unknown as { dataset: { screen: string } }).dataset.screen),
    );
  await page.close();
  expect([...new Set(listed)]).toEqual(names);
});

describe.each(modes)('in %s', (mode) => {
  it.each(names)('%s', async (name) => {
    const isPanel = name.startsWith('panel');
    const context = await chrome.browser.newContext({
      viewport: { width: isPanel ? widths.panel : widths.page, height: isPanel ? 320 : 760 },
      reducedMotion: 'reduce',
      colorScheme: mode,
    });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (line) => line.type() === 'error' && complaints.push(line.text()));
    await page.goto(`${site.url}/?screen=${name}&mode=${mode}`);
    await page.locator('html[data-ready]').waitFor({ state: 'attached', timeout: patienceMs });
    await page.screenshot({
      path: join(pictures, `${name}-${mode}.png`),
      fullPage: true,
      animations: 'disabled',
    });
    const [violations, overflow] = [await violationsOf(page), await overflowOf(page)];
    await context.close();
    expect({ violations, complaints, overflow }).toEqual({ violations: [], complaints: [], overflow: 0 });
  });
});

/** Serious and critical ones, shortened to what is needed to find them. */
async function violationsOf(page: Page): Promise<string[]> {
  // The policy forbids injected scripts as it should, so axe comes in through the debugger.
  await page.evaluate(axeSource);
  const found = await page.evaluate<Violation[]>(
    "axe.run({ resultTypes: ['violations'] }).then((result) => result.violations)",
  );
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`),
    );
}

/** Pixels by which the page is wider than its window. */
function overflowOf(page: Page): Promise<number> {
  return page.evaluate<number>(
    'Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)',
  );
}
