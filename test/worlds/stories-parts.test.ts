/** Stories of many deleted comments: a few are passed on at once, far more than usual wait for an answer. */

import { answerBrake } from '#engine/brakes/answer-brake';
import type { MemoryIssue } from '../support/memory-site';
import { commentsOf, connectionOf, pairsOf } from './lifecycle-world';
import { link, type Side, type World } from './world';

/** One more than an hour may have. */
const many = 51;

async function talked(
  count: number,
): Promise<{ world: World; issue: MemoryIssue; twin: MemoryIssue; ids: string[] }> {
  const { world, ours, theirs } = await pairsOf(undefined);
  const [issue, twin] = [ours[0], theirs[0]];
  if (issue === undefined || twin === undefined) throw new Error('The story needs a pair.');
  const { people } = world.acme.site;
  const ids = Array.from(
    { length: count },
    (_, index) => people.comment('Ada', issue.id, `Note ${index}`).id,
  );
  await world.settle();
  expect(commentsOf(twin)).toHaveLength(count);
  return { world, issue, twin, ids };
}

async function answer(side: Side, choice: string): Promise<void> {
  const { brake } = await connectionOf(side);
  await answerBrake(side.ports(), { id: link, at: brake?.at ?? 0, answer: choice, accountId: 'ada' });
}

function removeAll(world: World, issue: MemoryIssue, ids: readonly string[]): void {
  for (const id of ids) world.acme.site.people.deleteComment(issue.id, id);
}

test('a few go at once', async () => {
  const { world, issue, twin, ids } = await talked(5);
  removeAll(world, issue, ids);
  await world.run();
  expect(commentsOf(twin)).toEqual([]);
});

test('what an hour may have goes, the rest stops; kept, its copies stay and later ones go', async () => {
  const { world, issue, twin, ids } = await talked(many + 1);
  removeAll(world, issue, ids.slice(1));
  await world.settle();
  const { brake } = await connectionOf(world.acme);
  expect(brake).toMatchObject({ reason: 'partDeletion', text: expect.stringContaining('deleted here') });
  expect(brake?.answers?.map(({ id }) => id)).toEqual(['carryOut', 'keep']);
  const left = 2;
  expect(commentsOf(twin)).toHaveLength(left);
  await answer(world.acme, 'keep');
  await world.settle();
  expect(commentsOf(twin)).toHaveLength(left);
  world.clock.advance(3_600_000);
  removeAll(world, issue, ids.slice(0, 1));
  await world.settle();
  expect(commentsOf(twin)).toHaveLength(left - 1);
  expect((await connectionOf(world.acme)).brake).toBeUndefined();
  expect(world.tidy()).toEqual({ dirty: 0, outbox: 0, inbox: 0, problems: [] });
});

test.each(['carryOut', 'keep'] as const)('the partner asks its own admin too: %s', async (choice) => {
  const { world, issue, twin, ids } = await talked(many);
  removeAll(world, issue, ids);
  await world.settle();
  await answer(world.acme, 'carryOut');
  await world.settle();
  expect((await connectionOf(world.globex)).brake?.text).toContain('on the partner site');
  await answer(world.globex, choice);
  await world.settle();
  // What an hour may have was carried out before anybody had to be asked.
  expect(commentsOf(twin)).toHaveLength(choice === 'keep' ? 1 : 0);
  for (const side of [world.acme, world.globex]) expect((await connectionOf(side)).brake).toBeUndefined();
  expect(world.tidy()).toEqual({ dirty: 0, outbox: 0, inbox: 0, problems: [] });
  expect([...world.acme.site.echoes, ...world.globex.site.echoes]).toEqual([]);
});
