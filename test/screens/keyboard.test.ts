/** The screens by keyboard: everything can be reached, dialogs give the focus back, a refresh takes nothing away, nor does one that fails for the moment. */
import type { Page } from 'playwright-core';
import { type Gallery, openGallery } from './gallery';

const viewport = { width: 1_120, height: 760 };
/** Longer than any page waits before it reads again. */
const refreshMs = 10_000;

let gallery: Gallery;
beforeAll(async () => {
  gallery = await openGallery('screens-keyboard');
}, 60_000);
afterAll(() => gallery?.close());

const open = (name: string) => gallery.open(name, 'light', { viewport });

/** Test id, or text, of what has the focus. */
function focused(page: Page): Promise<string> {
  return page.evaluate<string>(
    'document.activeElement.dataset.testid ?? document.activeElement.textContent.trim()',
  );
}

/** How many calls the page has had an answer to. */
function answered(page: Page): Promise<number> {
  return page.evaluate<number>('Number(document.documentElement.dataset.answered)');
}

/** What Tab visits, in order, up to `last`. */
async function tabTo(page: Page, last: string): Promise<string[]> {
  const visited: string[] = [];
  while (visited.length < 60) {
    await page.keyboard.press('Tab');
    const now = await focused(page);
    visited.push(now);
    if (now === last) break;
  }
  return visited;
}

it('begins at the heading and reaches every control of a row in reading order', async () => {
  const page = await open('list');
  expect(await focused(page)).toBe('Synchronizations');
  expect(await tabTo(page, 'menu-p-1')).toEqual([
    'list-have-invitation',
    'list-new',
    'list-search',
    'Support and service desk',
    'menu-k3v9w2',
    'Development with Vehement',
    'next-p-1',
    'menu-p-1',
  ]);
  await page.context().close();
});

it('opens a page with Enter and puts the focus on its heading', async () => {
  const page = await open('list');
  await tabTo(page, 'next-p-1');
  await page.keyboard.press('Shift+Tab');
  expect(await focused(page)).toBe('Development with Vehement');
  await page.keyboard.press('Enter');
  await page.locator('[data-testid="back"]').waitFor();
  expect(await page.evaluate<string>('document.activeElement.tagName')).toBe('H1');
  await page.context().close();
});

it('chooses from the menu with the arrow keys, keeps Tab inside the dialog, and gives the focus back', async () => {
  const page = await open('list');
  await tabTo(page, 'menu-k3v9w2');
  await page.keyboard.press('Enter');
  await page.locator('[data-testid="action-delete"]').waitFor();
  await page.keyboard.press('ArrowUp');
  expect(await focused(page)).toBe('action-delete');
  await page.keyboard.press('Enter');
  const dialog = page.locator('[data-testid="delete-dialog"]');
  await dialog.waitFor();
  for (let step = 0; step < 6; step += 1) {
    await page.keyboard.press('Tab');
    expect(await dialog.locator(':focus').count()).toBe(1);
  }
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await page.locator('[data-testid="menu-k3v9w2"]:focus').waitFor();
  await page.context().close();
});

it('keeps focus and typed text while the list is read again', async () => {
  const page = await open('list');
  await tabTo(page, 'list-search');
  await page.keyboard.type('glo');
  const before = await answered(page);
  await page.clock.runFor(refreshMs);
  expect(await answered(page)).toBeGreaterThan(before);
  expect(await focused(page)).toBe('list-search');
  expect(await page.locator('[data-testid="list-search"]').inputValue()).toBe('glo');
  await page.context().close();
});

it('keeps what it shows while the platform is busy, and asks less often', async () => {
  const page = await open('list');
  const rows = await page.locator('tbody tr').count();
  await page.evaluate('globalThis.__isBusy = true');
  const before = await answered(page);
  // Advances in small steps, because each answer sets the next timer.
  for (let second = 0; second < 60; second += 1) await page.clock.runFor(1_000);
  expect((await answered(page)) - before).toBeLessThan(15);
  expect(await page.locator('[data-testid="failure"]').count()).toBe(0);
  expect(await page.locator('tbody tr').count()).toBe(rows);
  await page.evaluate('globalThis.__isBusy = false');
  const busy = await answered(page);
  for (let second = 0; second < 70; second += 1) await page.clock.runFor(1_000);
  expect(await answered(page)).toBeGreaterThan(busy + 1);
  await page.context().close();
});

it('fills in and sends the invitation without a mouse', async () => {
  const page = await open('new');
  const order = await tabTo(page, 'invite-send');
  expect(order.filter((id) => id.startsWith('invite-'))).toEqual([
    'invite-name',
    'invite-url',
    'invite-send',
  ]);
  await page.context().close();
});
