/** The gallery of screens, built once and served, with a browser to look at it. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { openBrowser } from '../support/browser';
import { serveFolder } from './serve-folder';

const root = join(__dirname, '../..');
/** A situation that is not there by then is broken. */
const patienceMs = 8_000;

export interface Gallery {
  url: string;
  /** Opens one situation in a context of its own and waits until it is at rest. */
  open(name: string, mode: 'light' | 'dark', options: BrowserContextOptions): Promise<Page>;
  newPage(): Promise<Page>;
  close(): Promise<void>;
}

/** `folder`: under dist, one for each test file, because two may run at once. */
export async function openGallery(folder: string): Promise<Gallery> {
  const outDir = join(root, 'dist', folder);
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/vite/bin/vite.js'),
      'build',
      '--config',
      'gallery/vite.config.ts',
      '--outDir',
      outDir,
      '--emptyOutDir',
      '--logLevel',
      'warn',
    ],
    { cwd: join(root, 'static/app'), encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`The gallery could not be built:\n${stderr}`);
  const [site, chrome] = await Promise.all([serveFolder(outDir), openBrowser()]);
  return {
    url: site.url,
    async open(name, mode, options) {
      const context = await chrome.browser.newContext({
        reducedMotion: 'reduce',
        colorScheme: mode,
        ...options,
      });
      const page = await context.newPage();
      page.setDefaultTimeout(patienceMs);
      // Before the page sets its timers, or they could not be moved on later.
      await page.clock.install();
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(error.message));
      await page.goto(`${site.url}/?screen=${name}&mode=${mode}`);
      await page
        .locator('html[data-ready]')
        .waitFor({ state: 'attached' })
        .catch((error: Error) => {
          throw new Error(`${name} did not come to rest: ${complaints.join('; ') || error.message}`);
        });
      return page;
    },
    newPage: () => chrome.browser.newPage(),
    async close() {
      await chrome.close();
      await site.close();
    },
  };
}
