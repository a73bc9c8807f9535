/** Stories of issues that stop to match a filter: what is agreed for their twins besides waiting, and how they come back. */

import type { MergePolicy } from '#core/model/contract';
import type { Leaving } from '#core/model/filter';
import { answerBrake } from '#engine/brakes/answer-brake';
import { answerEnd } from '#engine/lifecycle/answer-end';
import type { MemoryIssue } from '../support/memory-site';
import { differences } from './compare-sites';
import { filteredWorld, labelled, queried, saidText, summaries } from './filter-world';
import { commentsOf, connectionOf, endsOf, logOf, twinOf } from './lifecycle-world';
import { link, type World } from './world';

const tidy = { dirty: 0, outbox: 0, inbox: 0, problems: [] };

async function shared(
  leaving: Leaving,
  count = 1,
  filter = labelled,
  policy: MergePolicy = 'newest',
): Promise<{ world: World; issues: MemoryIssue[]; twins: MemoryIssue[] }> {
  const world = await filteredWorld({ leaving, filter, policy });
  const issues = Array.from({ length: count }, (_, index) =>
    world.acme.site.people.create('Ada', `Printer${index} smokes`, { labels: ['shared'] }),
  );
  await world.settle();
  return { world, issues, twins: issues.map((issue) => twinOf(world, issue)) };
}

function leave(world: World, issues: readonly MemoryIssue[]): void {
  for (const { id } of issues) {
    world.acme.site.people.edit('Ada', id, { labels: [], summary: 'Confidential' });
  }
}

describe('marked', () => {
  test.each([
    ['a condition', labelled],
    ['a query', queried],
  ])('by %s, the twin says so in a comment, which goes when it matches again', async (_name, filter) => {
    const { world, issues, twins } = await shared('mark', 1, filter);
    const [issue, twin] = [issues[0], twins[0]];
    if (issue === undefined || twin === undefined) throw new Error('The story needs a pair.');
    leave(world, issues);
    await world.settle();
    expect(commentsOf(twin)).toEqual([expect.stringContaining('does not match the filter any more')]);
    expect(twin.fields['summary']).toBe('Printer0 smokes');
    world.globex.site.people.edit('Grace', twin.id, { duedate: '2026-12-24' });
    world.globex.site.people.comment('Grace', twin.id, 'Anybody there?');
    await world.settle();
    expect(issue.comments).toEqual([]);
    expect(saidText(world)).not.toContain('Confidential');

    world.acme.site.people.edit('Ada', issue.id, { labels: ['shared'], summary: 'Printer repaired' });
    await world.settle();
    expect(summaries(world)).toEqual(['Printer repaired']);
    expect(commentsOf(twin)).toEqual([expect.stringContaining('Anybody there?')]);
    expect(commentsOf(issue)).toEqual([expect.stringContaining('Anybody there?')]);
    expect(differences(world)).toEqual([]);
    expect(world.tidy()).toEqual(tidy);
    expect([...world.acme.site.echoes, ...world.globex.site.echoes]).toEqual([]);
  });

  test('each time it leaves, and never twice for one time, whatever the wire does', async () => {
    const { world, issues, twins } = await shared('mark');
    const fates = ['answerLost', 'twice', 'late', 'requestLost'] as const;
    let messages = 0;
    world.mischief = { ...world.mischief, fate: () => fates[messages++ % fates.length] ?? 'arrives' };
    for (let round = 0; round < 3; round += 1) {
      leave(world, issues);
      await world.settle();
      expect(commentsOf(twins[0] ?? ({} as never))).toHaveLength(1);
      world.acme.site.people.edit('Ada', issues[0]?.id ?? '', { labels: ['shared'] });
      await world.settle();
      expect(commentsOf(twins[0] ?? ({} as never))).toEqual([]);
    }
    expect(differences(world)).toEqual([]);
  });
});

describe('deleted', () => {
  test('goes after a moment in which it may come back', async () => {
    const { world, issues, twins } = await shared('delete', 2);
    leave(world, issues.slice(0, 1));
    await world.run();
    world.clock.advance(5_000);
    world.acme.site.people.edit('Ada', issues[0]?.id ?? '', { labels: ['shared'], summary: 'Printer0' });
    world.acme.site.people.comment('Ada', issues[0]?.id ?? '', 'A slip of the hand');
    await world.settle();
    expect(world.globex.site.issues.size).toBe(2);
    expect(commentsOf(twins[0] ?? ({} as never)).join()).toContain('slip');
    expect(differences(world)).toEqual([]);

    leave(world, issues.slice(0, 1));
    await world.settle();
    expect([...world.globex.site.issues.keys()]).toEqual([twins[1]?.id]);
    expect(world.acme.site.issues.size).toBe(2);
    expect(saidText(world)).not.toContain('Confidential');
    expect(logOf(world.acme)).toContain('does not match the filter here any more');
    expect(world.tidy()).toEqual(tidy);
  });

  test('not where somebody edited it meanwhile: an admin decides', async () => {
    const { world, issues, twins } = await shared('delete');
    leave(world, issues);
    world.mischief = { ...world.mischief, fate: () => 'requestLost' };
    await world.run();
    world.clock.advance(25_000);
    await world.run();
    world.globex.site.people.edit('Grace', twins[0]?.id ?? '', { duedate: '2026-12-24' });
    await world.run();
    world.mischief = { ...world.mischief, fate: () => 'arrives' };
    await world.settle();
    const [asked] = await endsOf(world.globex);
    expect(asked).toMatchObject({ issueKey: twins[0]?.key, answers: [{ id: 'delete' }, { id: 'keep' }] });
    await answerEnd(world.globex.ports(), { id: link, pair: asked?.pair ?? '', answer: 'delete' });
    await world.settle();
    expect(world.globex.site.issues.size).toBe(0);
    expect(world.tidy()).toEqual(tidy);
  });

  test('not with a word about which nobody had decided, and the other word stays at home', async () => {
    const { world, issues, twins } = await shared('delete', 1, labelled, 'ask');
    leave(world, issues);
    world.globex.site.people.edit('Grace', twins[0]?.id ?? '', { summary: 'Printer burns' });
    await world.settle();
    const [asked] = await endsOf(world.globex);
    expect(asked).toMatchObject({ issueKey: twins[0]?.key, answers: [{ id: 'delete' }, { id: 'keep' }] });
    expect(summaries(world)).toEqual(['Printer burns']);
    expect(saidText(world)).not.toContain('Confidential');
    await answerEnd(world.globex.ports(), { id: link, pair: asked?.pair ?? '', answer: 'delete' });
    await world.settle();
    expect(world.globex.site.issues.size).toBe(0);
    expect(world.tidy()).toEqual(tidy);
  });

  test('many at once are a safety stop; kept, their pairs rest and come back', async () => {
    const { world, issues } = await shared('delete', 12);
    leave(world, issues);
    await world.settle();
    const { brake } = await connectionOf(world.acme);
    expect(brake).toMatchObject({ reason: 'massDeletion', text: expect.stringContaining('filter') });
    expect(world.globex.site.issues.size).toBe(12);
    await answerBrake(world.acme.ports(), {
      id: link,
      at: brake?.at ?? 0,
      answer: 'keep',
      accountId: 'ada',
    });
    await world.settle();
    expect(world.globex.site.issues.size).toBe(12);
    for (const [index, { id }] of issues.entries()) {
      world.acme.site.people.edit('Ada', id, { labels: ['shared'], summary: `Lamp${index}` });
    }
    await world.settle();
    expect(summaries(world).every((summary) => summary.startsWith('Lamp'))).toBe(true);
    expect(differences(world)).toEqual([]);
    expect(world.tidy()).toEqual(tidy);
  });
});
