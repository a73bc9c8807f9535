/** Stories of many issues that come to an end at once, of moves and archives, and of workers that are killed meanwhile. */

import type { LifecycleTerms } from '#core/model/lifecycle-terms';
import { answerBrake } from '#engine/brakes/answer-brake';
import { answerEnd } from '#engine/lifecycle/answer-end';
import { retryProblems } from '#engine/retry-problems';
import { startRun } from '#engine/start-run';
import { CrashSignal, type Gate } from '../support/gate';
import { always, commentsOf, connectionOf, endsOf, logOf, pairsOf } from './lifecycle-world';
import { link, type Side, type World } from './world';

async function answer(side: Side, choice: string): Promise<void> {
  const { brake } = await connectionOf(side);
  await answerBrake(side.ports(), { id: link, at: brake?.at ?? 0, answer: choice, accountId: 'ada' });
}

function removeAll(side: Side): void {
  for (const id of [...side.site.issues.keys()]) side.site.people.remove(id);
}

describe('a mass deletion', () => {
  test('stops everything before a single one is passed on, and Start does not help', async () => {
    const { world } = await pairsOf(always('delete'), 12);
    const before = world.wire.length;
    removeAll(world.acme);
    await world.settle();
    const { brake } = await connectionOf(world.acme);
    expect(brake).toMatchObject({ reason: 'massDeletion', text: expect.stringContaining(' here;') });
    expect(brake?.answers?.map(({ id }) => id)).toEqual(['carryOut', 'keep']);
    expect(world.globex.site.issues.size).toBe(12);
    expect(world.wire.slice(before).some(({ body }) => body.includes('issue.ended'))).toBe(false);
    await expect(startRun(world.acme.ports(), { id: link })).rejects.toThrow('Answer that first');
    await expect(
      answerBrake(world.acme.ports(), { id: link, at: (brake?.at ?? 0) - 1, answer: 'carryOut' }),
    ).rejects.toThrow('answered already');
  });

  test('keeps the twins where an admin says so, and later deletions are ordinary again', async () => {
    const { world, theirs } = await pairsOf(always('delete'), 12);
    removeAll(world.acme);
    await world.settle();
    await answer(world.acme, 'keep');
    const fresh = world.acme.site.people.create('Ada', 'Scanner hums');
    await world.settle();
    expect(world.globex.site.issues.size).toBe(13);
    expect(theirs.every(({ id }) => world.globex.site.issues.has(id))).toBe(true);
    world.acme.site.people.remove(fresh.id);
    await world.settle();
    expect(world.globex.site.issues.size).toBe(12);
    expect((await connectionOf(world.acme)).brake).toBeUndefined();
    expect(world.tidy()).toEqual({ dirty: 0, outbox: 0, inbox: 0, problems: [] });
  });

  test('is carried out only when the admins of both sites have answered', async () => {
    const { world } = await pairsOf(always('delete'), 12);
    removeAll(world.acme);
    await world.settle();
    await answer(world.acme, 'carryOut');
    await world.settle();
    expect(world.globex.site.issues.size).toBe(12);
    expect((await connectionOf(world.globex)).brake?.text).toContain('on the partner site');
    await answer(world.globex, 'carryOut');
    await world.settle();
    expect(world.globex.site.issues.size).toBe(0);
    expect(world.tidy()).toEqual({ dirty: 0, outbox: 0, inbox: 0, problems: [] });
  });

  test('is noticed too where it takes its time', async () => {
    const { world } = await pairsOf(always('delete'), 14);
    for (const id of [...world.acme.site.issues.keys()]) {
      world.acme.site.people.remove(id);
      await world.run();
      world.clock.advance(10_000);
    }
    await world.settle();
    expect((await connectionOf(world.acme)).brake?.reason).toBe('massDeletion');
    expect(world.globex.site.issues.size).toBe(14);
  });

  test('needs no question where the twins stay anyway', async () => {
    const { world } = await pairsOf(always('ignore'), 12);
    removeAll(world.acme);
    await world.settle();
    expect((await connectionOf(world.acme)).brake).toBeUndefined();
    expect(world.globex.site.issues.size).toBe(12);
  });
});

describe('an issue that is moved or archived', () => {
  const cases: { how: string; terms: LifecycleTerms; twins: number; comment?: string }[] = [
    { how: 'moved', terms: always('delete'), twins: 0 },
    { how: 'archived', terms: always('delete'), twins: 0 },
    { how: 'moved', terms: always('mark'), twins: 1, comment: 'was moved to a project that is not shared' },
    { how: 'archived', terms: always('mark'), twins: 1, comment: 'was archived' },
  ];
  test.each(cases)('$how, policy $terms.move: $twins twins', async ({ how, terms, twins, comment }) => {
    const { world, ours, theirs } = await pairsOf(terms);
    const id = ours[0]?.id ?? '';
    if (how === 'moved') world.acme.site.ends.moveTo(id, world.acme.facts.privateProject);
    else {
      world.acme.site.ends.archive(id);
      // Jira tells nobody: it is found when the issue is read next.
      world.globex.site.people.edit('Grace', theirs[0]?.id ?? '', { labels: ['later'] });
      await world.settle();
      for (const { pair } of await endsOf(world.globex)) {
        await answerEnd(world.globex.ports(), { id: link, pair, answer: 'delete' });
      }
    }
    await world.settle();
    expect(world.globex.site.issues.size).toBe(twins);
    if (comment !== undefined) expect(commentsOf(theirs[0] ?? ({} as never)).join()).toContain(comment);
    expect(world.acme.site.issues.size).toBe(1);
    expect(world.tidy()).toEqual({ dirty: 0, outbox: 0, inbox: 0, problems: [] });
  });

  test('pauses its pair where nothing is agreed: nothing is written into the other project, and it may come back', async () => {
    const { world, ours, theirs } = await pairsOf(undefined);
    const [issue] = ours;
    if (issue === undefined) throw new Error('The story needs an issue.');
    world.acme.site.ends.moveTo(issue.id, world.acme.facts.privateProject);
    world.acme.site.people.edit('Ada', issue.id, { labels: ['secret'] });
    await world.run();
    world.globex.site.people.edit('Grace', theirs[0]?.id ?? '', { duedate: '2027-01-01' });
    world.globex.site.people.comment('Grace', theirs[0]?.id ?? '', 'Where are you?');
    await world.settle();
    expect(issue.fields['duedate']).toBeUndefined();
    expect(commentsOf(issue)).toEqual([]);
    expect(await endsOf(world.acme)).toHaveLength(1);
    expect(theirs[0]?.fields['labels']).not.toContain('secret');
    expect(logOf(world.acme)).toContain('outside the scope or the agreement');
    world.acme.site.ends.moveTo(issue.id, world.acme.facts.project);
    for (const side of [world.acme, world.globex]) {
      await retryProblems(side.ports(), { id: link });
      await world.settle();
    }
    expect(issue.fields['duedate']).toBe('2027-01-01');
    expect(commentsOf(issue)).toHaveLength(1);
    expect(theirs[0]?.fields['labels']).toEqual(['secret']);
    expect(world.tidy()).toEqual({ dirty: 0, outbox: 0, inbox: 0, problems: [] });
  });

  test('that comes back before it was told goes on as if nothing had happened', async () => {
    const { world, ours, theirs } = await pairsOf(always('delete'));
    const [issue] = ours;
    if (issue === undefined) throw new Error('The story needs an issue.');
    world.acme.site.ends.moveTo(issue.id, world.acme.facts.privateProject);
    await world.run();
    world.acme.site.ends.moveTo(issue.id, world.acme.facts.project);
    world.acme.site.people.edit('Ada', issue.id, { labels: ['back'] });
    await world.settle();
    expect(theirs[0]?.fields['labels']).toEqual(['back']);
    expect(world.tidy()).toEqual({ dirty: 0, outbox: 0, inbox: 0, problems: [] });
  });
});

/** Kills the invocation at the n-th call of the world. */
function killAt(call: number, when: 'before' | 'after'): Gate & { seen: number } {
  const killing = {
    seen: 0,
    enter: async (name: string) => {
      killing.seen += 1;
      const isIt = killing.seen === call;
      if (isIt && when === 'before') throw new CrashSignal(`before ${name}`);
      return async () => {
        if (isIt && when === 'after') throw new CrashSignal(`after ${name}`);
      };
    },
  };
  return killing;
}

/** Each call, or a third of them. */
const step = process.env['LIFECYCLE_CRASHES'] === 'all' ? 1 : 3;

describe('a worker that is killed anywhere', () => {
  async function play(policy: 'mark' | 'delete', gate: Gate): Promise<World> {
    const { world, ours } = await pairsOf(always(policy));
    world.tellsOwn = true;
    world.mischief = { ...world.mischief, gate: () => gate };
    world.acme.site.people.remove(ours[0]?.id ?? '');
    await world.settle();
    return world;
  }

  test.each(['mark', 'delete'] as const)('policy %s is carried out once', async (policy) => {
    const counting = killAt(0, 'before');
    await play(policy, counting);
    expect(counting.seen).toBeGreaterThan(20);
    const wrong: string[] = [];
    for (const [first, when] of [
      [1, 'before'],
      [Math.min(2, step), 'after'],
    ] as const) {
      for (let call = first; call <= counting.seen; call += step) {
        const world = await play(policy, killAt(call, when));
        const left = [...world.globex.site.issues.values()];
        const comments = left.flatMap((issue) => commentsOf(issue)).length;
        const isRight = policy === 'delete' ? left.length === 0 : left.length === 1 && comments === 1;
        const { dirty, outbox, inbox, problems } = world.tidy();
        if (!isRight || dirty + outbox + inbox + problems.length > 0)
          wrong.push(
            `${when} ${call}: ${left.length} twins, ${comments} comments, ${dirty} dirty, ${problems.length} problems`,
          );
      }
    }
    expect(wrong).toEqual([]);
  });
});
