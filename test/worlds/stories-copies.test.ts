/** Stories of copies: a site is cloned with all that the app remembers and with its keys, and two sites could speak as one. */
import { answerBrake } from '#engine/brakes/answer-brake';
import { deleteConnection } from '#engine/connect/delete-connection';
import { type Connection, connectionSchema } from '#engine/rows/connection';
import { differences, sayIssues } from './compare-sites';
import { link, type Side, World } from './world';

function row(side: Side): Connection {
  return connectionSchema.parse(side.store.rows('connection')[0]?.body);
}

async function answer(side: Side, given: string): Promise<void> {
  await answerBrake(side.ports(), { id: link, at: row(side).brake?.at ?? 0, answer: given });
}

/** What nobody was woken for is found by the schedule. */
async function tend(world: World): Promise<void> {
  await world.run();
  for (const side of [world.acme, world.globex]) world.sweep(side);
  await world.run();
}

/** From now on the app of acme runs in another installation, with everything it had. */
async function copied(): Promise<World> {
  const world = await World.start();
  world.acme.site.people.create('Ada', 'Printer smokes');
  await world.settle();
  world.acme.home = 'installation of a sandbox';
  world.wire.length = 0;
  return world;
}

test('a copy sends nothing, answers nothing and asks', async () => {
  const world = await copied();
  const { acme, globex } = world;
  acme.site.people.create('Ada', 'Lift stops');
  globex.site.people.create('Grace', 'Door sticks');
  await world.run();
  world.clock.advance(7_200_000);
  for (const side of [acme, globex]) world.sweep(side);
  await world.run();
  expect(world.wire.filter(({ from, body }) => from === 'acme' && body !== '')).toEqual([]);
  expect(row(acme).brake).toMatchObject({ reason: 'copiedSite', answers: [{ id: 'real' }] });
  expect(row(globex).brake).toBeUndefined();
  expect(sayIssues(globex).size).toBe(2);
});

test('who deletes it in the copy does not end it for the original', async () => {
  const world = await copied();
  world.acme.site.people.create('Ada', 'Lift stops');
  await world.run();
  await deleteConnection(world.acme.ports(), { id: link });
  await world.run();
  expect(world.wire).toEqual([]);
  expect(row(world.acme).phase).toBe('deleted');
  expect(row(world.globex).phase).toBe('joined');
});

test('a site that moved goes on when both admins have said so', async () => {
  const world = await copied();
  const { acme, globex } = world;
  acme.site.people.create('Ada', 'Lift stops');
  await world.run();
  await answer(acme, 'real');
  await tend(world);
  expect(row(acme).brake).toBeUndefined();
  expect(row(globex).brake).toMatchObject({ reason: 'otherSender', answers: [{ id: 'moved' }] });
  expect(sayIssues(globex).size).toBe(1);
  await answer(globex, 'moved');
  await world.settle();
  expect(differences(world)).toEqual([]);
  expect(sayIssues(globex).size).toBe(2);
});

test('the original is asked about too, when it speaks again beside the copy that was believed', async () => {
  const world = await copied();
  const { acme, globex } = world;
  acme.site.people.create('Ada', 'Lift stops');
  await world.run();
  await answer(acme, 'real');
  await tend(world);
  await answer(globex, 'moved');
  await world.settle();
  acme.home = 'installation of acme';
  acme.site.people.create('Ada', 'Door sticks');
  await world.run();
  expect(row(acme).brake).toMatchObject({ reason: 'copiedSite' });
  await answer(acme, 'real');
  await tend(world);
  expect(row(globex).brake).toMatchObject({ reason: 'otherSender' });
});
