/** Stories of offers that cross: both sites come to the same by themselves, whatever one of them cannot read or write meanwhile. */

import type { Contract } from '#core/model/contract';
import { setContract } from '#engine/agree/read-contract';
import { listOverwritten } from '#engine/conflicts/list-overwritten';
import type { LocalFields } from '#engine/ports/site';
import { retryProblems } from '#engine/retry-problems';
import { updateConnection } from '#engine/update-connection';
import type { MemoryIssue } from '../support/memory-site';
import { differences } from './compare-sites';
import { storySetting } from './setting';
import { contract } from './site-facts';
import { link, type Side, World } from './world';

type Policy = 'primary' | 'secondary';

function termsWith(policy: Policy, revision = 1): Contract {
  const mappings = contract.mappings.map((mapping) => ({
    ...mapping,
    fields: mapping.fields.map((field) => ({ ...field, policy })),
  }));
  return { ...contract, revision, mappings };
}

/** A pair on which both sites change the summary at once. */
async function cross(
  world: World,
  meanwhile: (here: MemoryIssue) => Promise<void>,
): Promise<{ here: MemoryIssue; there: MemoryIssue }> {
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
  await meanwhile(here);
  world.mischief = { ...world.mischief, fate: () => 'arrives' };
  await world.settle();
  return { here, there };
}

/** Acme's issue is out of sight when globex's change comes. */
async function crossUnseen(policy: Policy): Promise<{ world: World; here: LocalFields; there: LocalFields }> {
  const world = new World(1, { ...storySetting, contract: termsWith(policy) });
  const { here, there } = await cross(world, async (issue) => {
    issue.visible = false;
  });
  here.visible = true;
  await retryProblems(world.acme.ports(), { id: link });
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

async function agreeOn(side: Side, terms: Contract): Promise<void> {
  const { revision } = terms;
  await updateConnection(
    side.ports(),
    link,
    (row) => ({ ...row, agreedRevision: revision, latestRevision: revision }),
    () => [setContract(link, terms)],
  );
}

test('offers are merged by the terms under which the secondary said its own', async () => {
  const world = new World(1, { ...storySetting, contract: termsWith('primary') });
  const { here, there } = await cross(world, () => agreeOn(world.globex, termsWith('secondary', 2)));
  expect([here.fields['summary'], there.fields['summary']]).toEqual(['Printer burns', 'Printer burns']);
  await agreeOn(world.acme, termsWith('secondary', 2));
  await world.settle();
  expect(differences(world)).toEqual([]);
});
