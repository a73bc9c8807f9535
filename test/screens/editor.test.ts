/** The mapping editor and the import screen while answers are slow and projects differ: nothing that an admin decides is lost. */
import type { Page } from 'playwright-core';
import { type Gallery, openGallery } from './gallery';

const viewport = { width: 1_120, height: 760 };
/** Longer than a slow match and the pause before a draft is saved. */
const laterMs = 4_000;

interface Saved {
  id: string;
  enabled: boolean;
  mine?: string;
  fields: { slot: string; mine?: string; mineUse?: unknown }[];
  filter?: unknown;
  fills?: unknown;
}

let gallery: Gallery;
beforeAll(async () => {
  gallery = await openGallery('screens-editor');
}, 60_000);
afterAll(() => gallery?.close());

const open = (name: string) => gallery.open(name, 'light', { viewport });
const at = (page: Page, id: string) => page.locator(`[data-testid="${id}"]`);

/** The mappings of the last call of that name. */
function sent(page: Page, name: string): Promise<Saved[]> {
  return page.evaluate<Saved[]>(
    `__asked.filter((one) => one.name === ${JSON.stringify(name)}).at(-1)?.request.mappings ?? []`,
  );
}

async function later(page: Page): Promise<void> {
  await page.clock.runFor(laterMs);
}

/** Begins a slow match in the first card. */
async function beginMatch(page: Page): Promise<void> {
  await at(page, 'mapping-sup-gsd').locator('[data-testid="editor-match"]').click();
}

describe('while the first card looks for what is alike', () => {
  it('keeps what is changed in another card', async () => {
    const page = await open('editor-two');
    await beginMatch(page);
    await at(page, 'mapping-enabled-dev-eng').uncheck();
    await later(page);
    expect(await at(page, 'mapping-enabled-dev-eng').isChecked()).toBe(false);
    expect((await sent(page, 'saveDraft')).map(({ enabled }) => enabled)).toEqual([true, false]);
    await page.context().close();
  });

  it('keeps what is changed in the same card', async () => {
    const page = await open('editor-two');
    await beginMatch(page);
    await at(page, 'mapping-enabled-sup-gsd').uncheck();
    await later(page);
    expect((await sent(page, 'saveDraft')).map(({ enabled }) => enabled)).toEqual([false, true]);
    await page.context().close();
  });

  it('does not bring back a deleted card, whichever it was', async () => {
    for (const deleted of ['sup-gsd', 'dev-eng']) {
      const page = await open('editor-two');
      await beginMatch(page);
      await at(page, `mapping-${deleted}`).locator('[data-testid="mapping-delete"]').click();
      await later(page);
      expect((await sent(page, 'saveDraft')).map(({ id }) => id)).toEqual(
        ['sup-gsd', 'dev-eng'].filter((id) => id !== deleted),
      );
      await page.context().close();
    }
  });
});

it('leaves out what another project lacks, says so, and accepts the rest', async () => {
  const page = await open('import');
  await at(page, 'import-mine-project').click();
  await page.getByRole('option', { name: 'Engineering (ENG)' }).click();
  expect(await at(page, 'field-severity').innerText()).toContain('Left out');
  await at(page, 'import-accept').click();
  await later(page);
  const [confirmed] = await sent(page, 'confirm');
  expect(confirmed?.mine).toBe('20001');
  const bound = confirmed?.fields.filter((field) => field.mine !== undefined).map(({ slot }) => slot);
  expect(bound).toEqual(['summary', 'description', 'status', 'priority', 'labels']);
  await page.context().close();
});

it('takes what is written for whatever else, and what is made here', async () => {
  const page = await open('editor-rest');
  await at(page, 'create-fix-versions').uncheck();
  await page.getByLabel('Here for whatever else Fix versions says').fill('2026.2');
  await page.keyboard.press('Enter');
  await later(page);
  const used = async () =>
    (await sent(page, 'saveDraft'))[0]?.fields.find(({ slot }) => slot === 'fix-versions')?.mineUse;
  expect(await used()).toEqual({ otherwise: '901' });
  await at(page, 'create-fix-versions').check();
  await later(page);
  expect(await used()).toEqual({ otherwise: '901', create: true });
  await page.context().close();
});

it('takes what fields of copies get that nobody shares', async () => {
  const page = await open('editor-rest');
  const fills = async () => (await sent(page, 'saveDraft'))[0]?.fills;
  await page.getByLabel('What Origin gets').fill('From {{partner.key}}');
  await page.getByRole('button', { name: 'Remove the text of Team' }).click();
  await page.getByLabel('Add a field with a text of its own').fill('Due');
  await page.keyboard.press('Enter');
  await page.getByLabel('What Due date gets').fill('2026-12-24');
  await later(page);
  expect(await fills()).toEqual([
    { fieldId: 'customfield_10070', kind: 'text', text: 'From {{partner.key}}', when: 'always' },
    { fieldId: 'duedate', kind: 'date', text: '2026-12-24', when: 'create' },
  ]);
  await page.context().close();
});

describe('the filter', () => {
  it('takes a condition and a query, and saves nothing of an empty condition', async () => {
    const page = await open('editor');
    await at(page, 'filter-add').click();
    await page.getByLabel('Field of the condition').fill('Priority');
    await page.keyboard.press('Enter');
    await later(page);
    expect(await filterOf(page)).toBeUndefined();
    await page.getByLabel('Values of Priority').fill('High');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await at(page, 'filter-jql-sup-gsd').fill('labels = shared');
    await later(page);
    const conditions = [{ fieldId: 'priority', is: 'anyOf', values: [expect.any(String)] }];
    expect(await filterOf(page)).toEqual({ conditions, jql: 'labels = shared' });
    expect(await page.evaluate("__asked.filter((one) => one.name === 'checkQuery').length")).toBe(1);
    await page.getByRole('button', { name: 'Remove the condition on Priority' }).click();
    await later(page);
    expect(await filterOf(page)).toEqual({ jql: 'labels = shared' });
    await page.context().close();
  });

  const filterOf = async (page: Page): Promise<unknown> => (await sent(page, 'saveDraft'))[0]?.filter;
});
