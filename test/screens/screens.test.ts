/**
 * Every situation that the screens can show, in light and in dark: no serious accessibility violation, no complaint of the
 * browser under a content security policy as strict as Forge's, nothing wider than its page. Leaves a picture of each.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { type Gallery, openGallery } from './gallery';

const root = join(__dirname, '../..');
const pictures = join(root, 'dist/pictures/screens');
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const names = readFileSync(join(root, 'static/app/gallery/names.txt'), 'utf8').trim().split('\n');
/** The width that Jira leaves to an admin page, and to a panel on an issue. */
const page = { width: 1_120, height: 760 };
const panel = { width: 420, height: 320 };

interface Violation {
  id: string;
  impact: string;
  nodes: { html: string; failureSummary: string }[];
}

let gallery: Gallery;
beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  gallery = await openGallery('screens');
}, 60_000);
afterAll(() => gallery?.close());

it('lists every situation', async () => {
  const index = await gallery.newPage();
  await index.goto(gallery.url);
  const listed = await index.evaluate<string[]>(
    "[...document.querySelectorAll('a[data-screen]')].map((link) => link.dataset.screen)",
  );
  await index.close();
  expect([...new Set(listed)]).toEqual(names);
});

it('notices what is wrong', async () => {
  const broken = await gallery.open('list', 'dark', { viewport: page });
  const violations =
    "<button></button><p style='color:#777;background:#888'>Hard to read</p><p style='width:3000px'>Wide</p>";
  await broken.evaluate(`document.body.insertAdjacentHTML('beforeend', ${JSON.stringify(violations)})`);
  const found = (await violationsOf(broken)).map((text) => text.split(':')[0]);
  expect(found.sort()).toEqual(['button-name', 'color-contrast']);
  expect(await overflowOf(broken)).toBeGreaterThan(1_000);
  await broken.context().close();
});

describe.each(['light', 'dark'] as const)('in %s', (mode) => {
  it.each(names)('%s', async (name) => {
    const shown = await gallery.open(name, mode, { viewport: name.startsWith('panel') ? panel : page });
    const [lines, thrown] = [await shown.consoleMessages(), await shown.pageErrors()];
    const picture = join(pictures, `${name}-${mode}.png`);
    await shown.screenshot({ path: picture, fullPage: true, animations: 'disabled' });
    const [violations, overflow] = [await violationsOf(shown), await overflowOf(shown)];
    await shown.context().close();
    const complaints = lines.filter((line) => line.type() === 'error').map((line) => line.text());
    const errors = [...complaints, ...thrown.map((error) => error.message)];
    expect({ violations, errors, overflow }).toEqual({ violations: [], errors: [], overflow: 0 });
  });
});

/** Serious and critical ones, shortened to what is needed to find them. */
async function violationsOf(shown: Page): Promise<string[]> {
  // The policy forbids injected scripts as it should, so axe comes in through the debugger.
  await shown.evaluate(axeSource);
  const found = await shown.evaluate<Violation[]>(
    "axe.run({ resultTypes: ['violations'] }).then((result) => result.violations)",
  );
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`),
    );
}

/** Pixels by which the page is wider than its window. */
function overflowOf(shown: Page): Promise<number> {
  return shown.evaluate<number>(
    'Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)',
  );
}
