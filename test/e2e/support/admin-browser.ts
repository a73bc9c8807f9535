/** Two admins in a browser, one per site; counts what they click and fill in. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import type { TestBrowser } from '../../support/browser';
import type { RunningApp, SiteKey } from './running-app';

/** Pictures for docs/; made again with every run. */
const picturesFolder = join(__dirname, '../../../dist/pictures');
/** A loaded machine on which every function starts cold is slow; one which is not never waits so long. */
const patienceMs = 60_000;

export interface Admin {
  page: Page;
  site: SiteKey;
  /** The app's own document inside Jira's page. */
  app: FrameLocator;
  at: (testId: string) => Locator;
  /** Something in the app; an interaction each. */
  click: (testId: string) => Promise<void>;
  fill: (testId: string, text: string) => Promise<void>;
  /** Picks an option of an Atlaskit select by its text. */
  choose: (testId: string, text: string) => Promise<void>;
  openSynchronizations: () => Promise<void>;
  picture: (name: string) => Promise<void>;
}

export interface Count {
  interactions: string[];
}

/** Opens the app's admin page on a site, signed in as its admin. */
export async function openAdmin(
  app: RunningApp,
  chrome: TestBrowser,
  site: SiteKey,
  count: Count,
  colorScheme: 'light' | 'dark' = 'light',
): Promise<Admin> {
  const { baseUrl, admin } = app.sites[site];
  const context = await chrome.browser.newContext({ viewport: { width: 1360, height: 900 }, colorScheme });
  await context.addCookies([{ name: `emulator-user-${site}`, value: admin.accountId, url: baseUrl }]);
  const page = await context.newPage();
  page.setDefaultTimeout(patienceMs);
  const frame = page.frameLocator('iframe').first();
  const at = (testId: string) => frame.locator(`[data-testid="${testId}"]`);
  const counted = (what: string) => count.interactions.push(`${site}: ${what}`);
  return {
    page,
    site,
    app: frame,
    at,
    async click(testId) {
      await at(testId).first().click();
      counted(`click ${testId}`);
    },
    async fill(testId, text) {
      await at(testId).first().fill(text);
      counted(`fill ${testId}`);
    },
    async choose(testId, text) {
      await at(testId).first().click();
      await frame.getByRole('option', { name: text }).first().click();
      counted(`choose ${testId}`);
    },
    async openSynchronizations() {
      await page.goto(`${baseUrl}/jira/settings/apps/synchronizations`);
    },
    async picture(name) {
      mkdirSync(picturesFolder, { recursive: true });
      await page.screenshot({ path: join(picturesFolder, `${name}.png`) });
    },
  };
}
