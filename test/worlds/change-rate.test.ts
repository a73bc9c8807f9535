/** Far more changes than usual: both directions stop with a question, nothing is lost, and an answer lets them through. */
import { answerBrake } from '#engine/brakes/answer-brake';
import { readConnection } from '#engine/update-connection';
import { differences } from './compare-sites';
import { link, type Side, World } from './world';

const hour = 3_600_000;

/** As if so many changes had been counted in the present hour. */
async function counted(world: World, side: Side, flow: 'in' | 'out', count: number): Promise<void> {
  const rows = side.store.rows('stream').filter(({ key }) => key === link);
  for (const { key, body } of rows) {
    const rate = { from: world.clock.now(), [flow]: { now: count, usual: 0 } };
    const group = link;
    const next = { ...(body as object), rate };
    await side.store.transact([{ op: 'set', table: 'stream', key, body: next, group, rank: key }]);
  }
}

const brakeOf = async (side: Side) => (await readConnection(side.ports(), link))?.brake;

async function answer(side: Side): Promise<void> {
  const at = (await brakeOf(side))?.at ?? 0;
  await answerBrake(side.ports(), { id: link, at, answer: 'go' });
}

async function running(): Promise<{ world: World; ids: string[] }> {
  const world = await World.start();
  world.clock.advance(1_000);
  const ids = ['Lamp', 'Door', 'Roof'].map((name) => world.acme.site.people.create('Ada', name).id);
  await world.settle();
  world.clock.advance(2 * hour);
  return { world, ids };
}

function editAll(world: World, ids: readonly string[], due: string): void {
  for (const id of ids) world.acme.site.people.edit('Ada', id, { duedate: due });
}

const dueDates = (side: Side) =>
  [...side.site.issues.values()].map(({ fields }) => fields['duedate'] ?? null);

test('changes that leave stop at the limit; what was edited until the answer goes through, later edits count anew', async () => {
  const { world, ids } = await running();
  await counted(world, world.acme, 'out', 498);
  editAll(world, ids, '2026-12-24');
  await world.settle();
  expect(dueDates(world.globex).filter((due) => due !== null)).toHaveLength(2);
  expect(await brakeOf(world.acme)).toMatchObject({
    reason: 'changeRate',
    text: expect.stringMatching(/^500 changes were made here within an hour.*1 issues.*Nothing is lost/),
    question: expect.stringContaining('let them through'),
  });
  world.clock.advance(5_000);
  editAll(world, ids, '2026-12-25');
  await world.settle();
  expect(dueDates(world.globex)).not.toContain('2026-12-25');

  world.clock.advance(5_000);
  await answer(world.acme);
  await world.settle();
  expect(dueDates(world.globex)).toEqual(['2026-12-25', '2026-12-25', '2026-12-25']);
  expect(differences(world)).toEqual([]);
  expect(await brakeOf(world.acme)).toBeUndefined();
});

test('changes that come in wait unapplied, and are applied once after the answer', async () => {
  const { world, ids } = await running();
  await counted(world, world.globex, 'in', 499);
  editAll(world, ids, '2026-12-24');
  await world.settle();
  expect(dueDates(world.globex).filter((due) => due !== null)).toHaveLength(1);
  expect(await brakeOf(world.globex)).toMatchObject({
    reason: 'changeRate',
    text: expect.stringContaining('on the partner site'),
  });
  expect(await brakeOf(world.acme)).toBeUndefined();
  world.clock.advance(5_000);
  await answer(world.globex);
  await world.settle();
  expect(dueDates(world.globex)).toEqual(['2026-12-24', '2026-12-24', '2026-12-24']);
  expect(world.globex.site.echoes).toEqual([]);
  expect(differences(world)).toEqual([]);
});

test('existing issues that are brought in are not counted, and nothing is written for counting', async () => {
  const world = new World();
  for (let number = 0; number < 20; number += 1) world.acme.site.people.create('Ada', `Old${number}`);
  world.clock.advance(1_000);
  await world.run();
  await world.connectBoth(({ role }) =>
    role === 'primary' ? { existing: { mode: 'jql', jql: 'created < 0d' } } : {},
  );
  await world.settle();
  expect(world.globex.site.issues.size).toBe(20);
  for (const side of [world.acme, world.globex]) {
    expect(side.store.rows('stream').map(({ body }) => (body as { rate?: unknown }).rate)).not.toContainEqual(
      expect.anything(),
    );
  }
});

test('an answer is asked for again when the haste goes on', async () => {
  const { world, ids } = await running();
  await counted(world, world.acme, 'out', 500);
  editAll(world, ids, '2026-12-24');
  await world.settle();
  await answer(world.acme);
  await world.settle();
  await counted(world, world.acme, 'out', 500);
  world.clock.advance(1_000);
  editAll(world, ids, '2026-12-26');
  await world.settle();
  expect(await brakeOf(world.acme)).toMatchObject({ reason: 'changeRate' });
});
