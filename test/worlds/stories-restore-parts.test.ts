/** Stories of lost memory and what was deleted meanwhile: copies go with their originals, although nobody remembers the deletion. */
import { answerBrake } from '#engine/brakes/answer-brake';
import type { MemoryIssue } from '../support/memory-site';
import { differences } from './compare-sites';
import { commentsOf, connectionOf, pairsOf } from './lifecycle-world';
import { backUp, putBack } from './restore';
import { link, type Side, type World } from './world';

const hour = 3_600_000;
/** One more than an hour may have. */
const many = 51;

interface Talk {
  world: World;
  issue: MemoryIssue;
  twin: MemoryIssue;
  /** Notes that were there before the backup, and one that came after it. */
  old: string[];
  young: string;
  /** Puts the memory of one site back to before the young note. */
  forget(): void;
}

async function talked(name: 'acme' | 'globex', count = 1): Promise<Talk> {
  const { world, ours, theirs } = await pairsOf(undefined);
  const [issue, twin] = [ours[0], theirs[0]];
  if (issue === undefined || twin === undefined) throw new Error('The story needs a pair.');
  const { people } = world.acme.site;
  const old = Array.from({ length: count }, (_, at) => people.comment('Ada', issue.id, `Note ${at}`).id);
  await world.settle();
  const backup = backUp(world[name]);
  const young = people.comment('Ada', issue.id, 'Young note').id;
  await world.settle();
  expect(commentsOf(twin)).toHaveLength(count + 1);
  const forget = (): void => {
    world.clock.advance(hour);
    putBack(backup);
  };
  return { world, issue, twin, old, young, forget };
}

async function ended(world: World): Promise<void> {
  await world.settle();
  expect(differences(world)).toEqual([]);
  expect(world.tidy()).toEqual({ dirty: 0, outbox: 0, inbox: 0, problems: [] });
  expect([...world.acme.site.echoes, ...world.globex.site.echoes]).toEqual([]);
}

async function answer(side: Side, choice: string): Promise<void> {
  const { brake } = await connectionOf(side);
  await answerBrake(side.ports(), { id: link, at: brake?.at ?? 0, answer: choice, accountId: 'ada' });
}

describe.each(['acme', 'globex'] as const)('%s forgot', (name) => {
  test('a comment that is deleted before both know the same again', async () => {
    const { world, issue, twin, young, forget } = await talked(name);
    forget();
    world.acme.site.people.deleteComment(issue.id, young);
    await ended(world);
    expect(commentsOf(twin)).toHaveLength(1);
  });

  test('that comments were deleted, young and old', async () => {
    const { world, issue, twin, old, young, forget } = await talked(name, 2);
    world.acme.site.people.deleteComment(issue.id, young);
    world.acme.site.people.deleteComment(issue.id, old[0] ?? '');
    await world.settle();
    expect(commentsOf(twin)).toHaveLength(1);
    forget();
    world.clock.advance(hour);
    await ended(world);
    expect(commentsOf(twin)).toHaveLength(1);
  });
});

test('a deletion that was noted and not told is forgotten, and made up for', async () => {
  const { world, issue, twin, old, forget } = await talked('acme');
  world.mischief = { ...world.mischief, fate: () => 'requestLost' };
  world.acme.site.people.deleteComment(issue.id, old[0] ?? '');
  await world.run();
  forget();
  world.mischief = { ...world.mischief, fate: () => 'arrives' };
  world.clock.advance(hour);
  await ended(world);
  expect(commentsOf(twin)).toHaveLength(1);
});

test.each(['carryOut', 'keep'] as const)('many of them wait for an answer, all: %s', async (choice) => {
  const { world, issue, twin, old, forget } = await talked('acme', many);
  world.mischief = { ...world.mischief, fate: () => 'requestLost' };
  for (const id of old) world.acme.site.people.deleteComment(issue.id, id);
  await world.run();
  forget();
  world.mischief = { ...world.mischief, fate: () => 'arrives' };
  world.clock.advance(hour);
  await world.settle();
  expect((await connectionOf(world.globex)).brake?.reason).toBe('partDeletion');
  expect(commentsOf(twin)).toHaveLength(many + 1);
  await answer(world.globex, choice);
  await world.settle();
  expect(commentsOf(twin)).toHaveLength(choice === 'keep' ? many + 1 : 1);
  expect((await connectionOf(world.globex)).brake).toBeUndefined();
  expect(world.tidy()).toEqual({ dirty: 0, outbox: 0, inbox: 0, problems: [] });
});
