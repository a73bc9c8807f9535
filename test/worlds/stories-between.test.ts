/** Stories of the moment between reading an issue and writing it: what people do then is a conflict, and never lost unseen. */
import { listOverwritten } from '#engine/conflicts/list-overwritten';
import type { LocalFields } from '#engine/ports/site';
import { paragraph } from '../support/memory-site';
import { differences } from './compare-sites';
import { storySetting } from './setting';
import { contract } from './site-facts';
import { link, World } from './world';

type Policy = 'newest' | 'primary' | 'secondary' | 'ask';

/** Acme edits; on globex somebody edits after the app has read the issue and before it writes. */
async function meets(
  policy: Policy,
  there: LocalFields,
  here: LocalFields,
): Promise<{ world: World; twin: LocalFields; original: LocalFields }> {
  const mappings = contract.mappings.map((mapping) => ({
    ...mapping,
    fields: mapping.fields.map((field) => ({ ...field, policy })),
  }));
  const world = new World(1, { ...storySetting, contract: { ...contract, mappings } });
  await world.connectBoth();
  const { people } = world.acme.site;
  const issue = people.create('Ada', 'Printer smokes', { labels: ['old'], description: paragraph('Old') });
  await world.run();
  const { site } = world.globex;
  const twin = [...site.issues.values()][0];
  if (twin === undefined) throw new Error('There is no twin.');
  let isDone = false;
  site.failure = (call) => {
    if (call !== 'writeIssue' || isDone) return undefined;
    isDone = true;
    site.people.edit('Grace', twin.id, there);
    return undefined;
  };
  world.clock.advance(1_000);
  people.edit('Ada', issue.id, here);
  world.clock.advance(1_000);
  await world.settle();
  expect(isDone).toBe(true);
  return { world, twin: twin.fields, original: issue.fields };
}

const lostTexts = async (world: World): Promise<string[]> =>
  (await listOverwritten(world.globex.ports(), { id: link })).entries.map(
    ({ text, who }) => `${who}: ${text}`,
  );

test('the newer edit wins, as if it had been read', async () => {
  const { world, twin, original } = await meets(
    'newest',
    { summary: 'Printer explodes' },
    { summary: 'Printer burns' },
  );
  expect([twin['summary'], original['summary']]).toEqual(['Printer explodes', 'Printer explodes']);
  expect(differences(world)).toEqual([]);
});

test('where the partner wins by policy, what was overwritten unseen is kept with who wrote it', async () => {
  const { world, twin, original } = await meets(
    'primary',
    { summary: 'Printer explodes' },
    { summary: 'Printer burns' },
  );
  expect([twin['summary'], original['summary']]).toEqual(['Printer burns', 'Printer burns']);
  expect(await lostTexts(world)).toEqual(['Grace: Printer explodes']);
});

test('where a person decides, the edit comes back and both sites show the conflict', async () => {
  const { world, twin, original } = await meets(
    'ask',
    { summary: 'Printer explodes' },
    { summary: 'Printer burns' },
  );
  expect([twin['summary'], original['summary']]).toEqual(['Printer explodes', 'Printer burns']);
  expect(world.tidy().problems).toHaveLength(2);
});

test('labels of both are united', async () => {
  const { world, twin, original } = await meets(
    'newest',
    { labels: ['old', 'there'] },
    { labels: ['old', 'here'] },
  );
  expect(twin['labels']).toEqual(['here', 'old', 'there']);
  expect(original['labels']).toEqual(['here', 'old', 'there']);
  expect(differences(world)).toEqual([]);
});

test('an edit of another field is no conflict and travels', async () => {
  const { world, twin, original } = await meets(
    'newest',
    { labels: ['there'] },
    { summary: 'Printer burns' },
  );
  expect([twin['summary'], original['labels']]).toEqual(['Printer burns', ['there']]);
  expect(differences(world)).toEqual([]);
  expect(await lostTexts(world)).toEqual([]);
});

test('newest looks at each field: a later edit of another one does not make an old value new', async () => {
  const world = await World.start();
  const issue = world.acme.site.people.create('Ada', 'Printer smokes');
  await world.run();
  const twin = [...world.globex.site.issues.values()][0]?.id ?? '';
  world.acme.site.people.edit('Ada', issue.id, { summary: 'Printer burns' });
  world.clock.advance(1_000);
  world.globex.site.people.edit('Grace', twin, { summary: 'Printer explodes' });
  world.clock.advance(1_000);
  world.acme.site.people.edit('Ada', issue.id, { labels: ['later'] });
  await world.settle();
  expect(world.acme.site.issues.get(issue.id)?.fields['summary']).toBe('Printer explodes');
  expect(world.globex.site.issues.get(twin)?.fields).toMatchObject({
    summary: 'Printer explodes',
    labels: ['later'],
  });
  expect(differences(world)).toEqual([]);
});

test('what people wrote and took back themselves before we read was no edit in between', async () => {
  const world = new World(1, storySetting);
  await world.connectBoth();
  const issue = world.acme.site.people.create('Ada', 'Printer smokes', { labels: ['old'] });
  await world.run();
  const { site } = world.globex;
  const twin = [...site.issues.values()][0]?.id ?? '';
  let isDone = false;
  site.failure = (call) => {
    if (call !== 'readIssue' || isDone) return undefined;
    isDone = true;
    site.people.edit('Grace', twin, { labels: ['old', 'there'], summary: 'Printer explodes' });
    site.people.edit('Grace', twin, { labels: [], summary: 'Printer burns' });
    return undefined;
  };
  world.clock.advance(1_000);
  world.acme.site.people.edit('Ada', issue.id, { labels: [], summary: 'Printer burns' });
  await world.settle();
  expect(isDone).toBe(true);
  for (const one of [issue, site.issues.get(twin)]) {
    expect(one?.fields).toMatchObject({ labels: [], summary: 'Printer burns' });
  }
  expect(differences(world)).toEqual([]);
  expect(await lostTexts(world)).toEqual([]);
});
