/** Stories of offers that cross: both sites come to the same by themselves, whatever one of them cannot read or write meanwhile. */
import { listOverwritten } from '#engine/conflicts/list-overwritten';
import type { LocalFields } from '#engine/ports/site';
import { retryProblems } from '#engine/retry-problems';
import { differences } from './compare-sites';
import { storySetting } from './setting';
import { contract } from './site-facts';
import { link, World } from './world';

/** A pair on which both sites change the summary at once; acme's issue is out of sight when globex's change comes. */
async function crossUnseen(
  policy: 'primary' | 'secondary',
): Promise<{ world: World; here: LocalFields; there: LocalFields }> {
  const mappings = contract.mappings.map((mapping) => ({
    ...mapping,
    fields: mapping.fields.map((field) => ({ ...field, policy })),
  }));
  const world = new World(1, { ...storySetting, contract: { ...contract, mappings } });
  await world.connectBoth();
  const { acme, globex } = world;
  const here = acme.site.people.create('Ada', 'Printer smokes');
  await world.run();
  const there = [...globex.site.issues.values()][0];
  if (there === undefined) throw new Error('There is no twin.');
  world.clock.advance(60_000);
  // Nothing arrives until both have offered.
  world.mischief = { ...world.mischief, fate: () => 'requestLost' };
  acme.site.people.edit('Ada', here.id, { summary: 'Printer burns', labels: ['here'] });
  globex.site.people.edit('Grace', there.id, { summary: 'Printer explodes' });
  await world.run();
  here.visible = false;
  world.mischief = { ...world.mischief, fate: () => 'arrives' };
  await world.settle();
  here.visible = true;
  await retryProblems(acme.ports(), { id: link });
  await world.settle();
  return { world, here: here.fields, there: there.fields };
}

const lost = async (world: World): Promise<string[]> => {
  const sides = [world.acme, world.globex];
  const lists = await Promise.all(sides.map((side) => listOverwritten(side.ports(), { id: link })));
  return lists.flatMap(({ entries }) => entries.map(({ text }) => text));
};

test('what comes for an issue out of sight is merged with its own offer, and waits as merged', async () => {
  const { world, here, there } = await crossUnseen('secondary');
  expect([here['summary'], there['summary']]).toEqual(['Printer explodes', 'Printer explodes']);
  expect(there['labels']).toEqual(['here']);
  expect(await lost(world)).toEqual(['Printer burns', 'Printer burns']);
  expect(differences(world)).toEqual([]);
  expect(world.tidy()).toEqual({ dirty: 0, outbox: 0, inbox: 0, problems: [] });
});

test('where the offer from out of sight wins, nothing waits', async () => {
  const { world, here, there } = await crossUnseen('primary');
  expect([here['summary'], there['summary']]).toEqual(['Printer burns', 'Printer burns']);
  expect(await lost(world)).toEqual(['Printer explodes', 'Printer explodes']);
  expect(differences(world)).toEqual([]);
  expect(world.tidy()).toEqual({ dirty: 0, outbox: 0, inbox: 0, problems: [] });
});
