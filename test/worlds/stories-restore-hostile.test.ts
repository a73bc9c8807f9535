/** Stories of a partner that claims that memory was lost: it gets no more work done than what was forgotten can be. */
import type { DataOperation } from '#core/protocol/operations';
import { forgottenSince } from '#engine/epoch/forgotten-since';
import { Session } from '#engine/stream/session';
import { link, type Side, World } from './world';

const century = 3_200_000_000_000;

async function open({ ports }: Side): Promise<Session> {
  const session = await Session.open(ports(), link, { owner: 'somebody', attempt: 0 });
  if (session === undefined || session === 'busy') throw new Error('Somebody is at work.');
  return session;
}

async function say(side: Side, operation: DataOperation): Promise<void> {
  const session = await open(side);
  session.say(operation);
  await session.commit();
  await session.release();
}

test('a pair that nobody knows, where nothing was forgotten, has no project looked through and makes nothing', async () => {
  const world = await World.start();
  const { acme, globex } = world;
  for (let count = 0; count < 5; count += 1) acme.site.people.create('Ada', `Lamp ${count}`);
  await world.settle();
  const before = { ...acme.site.calls };
  const recall = {
    pair: 'f'.repeat(32),
    mapping: 'm1',
    type: 't-task',
    original: true,
    base: {},
    values: {},
  };
  await say(globex, { op: 'issue.recall', ...recall, at: world.clock.now() });
  await world.settle();
  expect(acme.site.calls).toEqual(before);
  expect(acme.site.issues.size).toBe(5);
  expect(world.tidy()).toMatchObject({ outbox: 0, inbox: 0 });
});

test('a memory that claims to be older than the connection is as old as that', async () => {
  const world = await World.start();
  const session = await open(world.acme);
  const { createdAt } = session.connection;
  const at = world.clock.now();
  const theirs = { lost: true, ageMs: century };
  session.change((stream) => ({ ...stream, resync: { at, mine: false, ageMs: 0, step: 'wait', theirs } }));
  expect(forgottenSince(session)).toBeGreaterThan(createdAt - 86_400_000);
});
