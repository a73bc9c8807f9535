/** Stories of filters: what enters, what never leaves, what becomes of a twin whose original stops to match. */

import { describeIssue } from '#engine/describe-issue';
import { readDrift, startDrift } from '#engine/drift/steer-drift';
import type { MemoryIssue } from '../support/memory-site';
import { differences } from './compare-sites';
import { filteredWorld, labelled, queried, saidText, summaries } from './filter-world';
import { link, type World } from './world';

const filters = [
  ['a condition', labelled],
  ['a query', queried],
] as const;

/** A pair whose original has just lost its label, and the twin on globex. */
async function leftPair(
  leaving: 'keep' | 'stop',
  filter = labelled,
): Promise<{ world: World; issue: MemoryIssue; twin: MemoryIssue }> {
  const world = await filteredWorld({ filter, leaving });
  const issue = world.acme.site.people.create('Ada', 'Printer smokes', { labels: ['shared'] });
  await world.settle();
  const twin = [...world.globex.site.issues.values()][0];
  if (twin === undefined) throw new Error('There is no twin.');
  world.acme.site.people.edit('Ada', issue.id, { labels: [], summary: 'Printer confidential' });
  await world.settle();
  return { world, issue, twin };
}

describe.each(filters)('%s', (_name, filter) => {
  test('lets in what matches, and nothing of the rest leaves the site', async () => {
    const world = await filteredWorld({ filter });
    world.acme.site.people.create('Ada', 'Printer smokes', { labels: ['shared'] });
    world.acme.site.people.create('Ada', 'Lamp flickers', { labels: ['private'] });
    await world.settle();
    expect(summaries(world)).toEqual(['Printer smokes']);
    expect(saidText(world)).toContain('Printer smokes');
    expect(saidText(world)).not.toContain('Lamp');
  });

  test('an edit that makes an issue match brings it over, with what was said before, once', async () => {
    const world = await filteredWorld({ filter });
    const { people } = world.acme.site;
    const issue = people.create('Ada', 'Lamp flickers');
    await world.settle();
    world.clock.advance(60_000);
    people.comment('Ada', issue.id, 'Since Monday');
    await world.settle();
    expect(summaries(world)).toEqual([]);
    people.edit('Ada', issue.id, { labels: ['shared'] });
    await world.settle();
    people.edit('Ada', issue.id, { summary: 'Lamp burns' });
    await world.settle();
    expect(summaries(world)).toEqual(['Lamp burns']);
    expect(differences(world)).toEqual([]);
  });

  test('an issue from before the start enters when an edit makes it match', async () => {
    let old: MemoryIssue | undefined;
    const world = await filteredWorld({ filter }, ({ acme }) => {
      old = acme.site.people.create('Ada', 'Lamp flickers');
    });
    world.acme.site.people.edit('Ada', old?.id ?? '', { labels: ['shared'] });
    await world.settle();
    expect(summaries(world)).toEqual(['Lamp flickers']);
  });

  test('what stops to match rests on both sites, and the same twin goes on when it matches again', async () => {
    const { world, issue, twin } = await leftPair('stop', filter);
    const { people } = world.acme.site;
    expect(twin.fields).toMatchObject({ summary: 'Printer smokes', labels: ['shared'] });
    people.edit('Ada', issue.id, { summary: 'Printer very confidential' });
    people.comment('Ada', issue.id, 'Not for them');
    world.globex.site.people.edit('Grace', twin.id, { duedate: '2026-12-24' });
    world.globex.site.people.comment('Grace', twin.id, 'Anybody there?');
    await world.settle();
    expect(issue.fields['duedate'] ?? null).toBeNull();
    expect(issue.comments).toHaveLength(1);
    expect(saidText(world)).not.toMatch(/confidential|Not for them|Anybody/);

    people.edit('Ada', issue.id, { labels: ['shared'], summary: 'Printer repaired' });
    await world.settle();
    expect(summaries(world)).toEqual(['Printer repaired']);
    expect(issue.fields['duedate']).toBe('2026-12-24');
    expect([issue.comments.length, twin.comments.length]).toEqual([2, 2]);
    expect(differences(world)).toEqual([]);
    expect(world.tidy()).toMatchObject({ dirty: 0, outbox: 0, inbox: 0, problems: [] });
  });

  test('where the agreement says so, a twin whose original stops to match goes on', async () => {
    const { world, twin } = await leftPair('keep', filter);
    expect(twin.fields).toMatchObject({ summary: 'Printer confidential', labels: [] });
    expect(differences(world)).toEqual([]);
  });
});

test('an issue from before the start that always matched stays as it is', async () => {
  let old: MemoryIssue | undefined;
  const world = await filteredWorld({}, ({ acme }) => {
    old = acme.site.people.create('Ada', 'Lamp flickers', { labels: ['shared'] });
  });
  world.acme.site.people.edit('Ada', old?.id ?? '', { summary: 'Lamp burns' });
  await world.settle();
  expect(summaries(world)).toEqual([]);
});

test('a filter speaks of the issues of its own site: copies of the partner are not asked', async () => {
  const world = await filteredWorld({ leaving: 'stop' });
  const issue = world.globex.site.people.create('Grace', 'Door squeaks');
  await world.settle();
  const copy = [...world.acme.site.issues.values()][0];
  world.acme.site.people.edit('Ada', copy?.id ?? '', { summary: 'Door oiled' });
  await world.settle();
  expect(issue.fields['summary']).toBe('Door oiled');
});

test('a pair that rests says so in the panel, and is no difference to a check', async () => {
  const { world, issue } = await leftPair('stop');
  const { entries } = await describeIssue(
    world.globex.ports(),
    [...world.globex.site.issues.keys()][0] ?? '',
  );
  expect(entries).toMatchObject([
    { state: 'stopped', text: expect.stringContaining('filter of the partner') },
  ]);
  world.acme.site.people.edit('Ada', issue.id, { summary: 'Printer other' });
  await world.settle();
  await startDrift(world.acme.ports(), { id: link, full: true });
  await world.settle();
  const seen = await readDrift(world.acme.ports(), { id: link });
  expect(seen).toMatchObject({ state: 'done', verdict: 'same' });
});

test('withdrawing a comment works while the pair rests', async () => {
  const world = await filteredWorld({ leaving: 'stop' });
  const { people } = world.acme.site;
  const issue = people.create('Ada', 'Printer smokes', { labels: ['shared'] });
  const comment = people.comment('Ada', issue.id, 'A secret');
  await world.settle();
  people.edit('Ada', issue.id, { labels: [] });
  await world.settle();
  people.deleteComment(issue.id, comment.id);
  await world.settle();
  expect([...world.globex.site.issues.values()][0]?.comments).toEqual([]);
});

test('an offer on its way is settled before the pair rests, whatever the wire does', async () => {
  const world = await filteredWorld({ leaving: 'stop' });
  const { people } = world.acme.site;
  const issue = people.create('Ada', 'Printer smokes', { labels: ['shared'] });
  await world.settle();
  const fates = ['requestLost', 'late', 'answerLost', 'twice', 'late'] as const;
  let messages = 0;
  world.mischief = {
    ...world.mischief,
    fate: () => fates[messages++] ?? 'arrives',
    copies: () => 2,
    next: (count) => count - 1,
  };
  people.edit('Ada', issue.id, { summary: 'Printer burns' });
  await world.run();
  people.edit('Ada', issue.id, { labels: [] });
  await world.run();
  people.edit('Ada', issue.id, { labels: ['shared'], duedate: '2026-12-24' });
  await world.run();
  people.edit('Ada', issue.id, { labels: ['other'] });
  await world.run();
  people.edit('Ada', issue.id, { labels: ['other', 'shared'] });
  await world.settle();
  expect(summaries(world)).toEqual(['Printer burns']);
  expect(differences(world)).toEqual([]);
});

test.each(['newest', 'ask', 'secondary'] as const)(
  'what the partner changed before it heard of it is applied, and nothing is said in return (%s)',
  async (policy) => {
    const world = await filteredWorld({ leaving: 'stop', policy });
    const { people } = world.acme.site;
    const issue = people.create('Ada', 'Printer smokes', { labels: ['shared'] });
    await world.settle();
    const twin = [...world.globex.site.issues.values()][0];
    world.mischief = { ...world.mischief, fate: () => 'requestLost' };
    world.globex.site.people.edit('Grace', twin?.id ?? '', {
      summary: 'Printer squeaks',
      duedate: '2026-12-24',
    });
    await world.run();
    world.clock.advance(1_000);
    people.edit('Ada', issue.id, { labels: [], summary: 'Printer confidential' });
    await world.run();
    world.mischief = { ...world.mischief, fate: () => 'arrives' };
    await world.settle();
    expect(issue.fields['duedate']).toBe('2026-12-24');
    expect(saidText(world)).not.toContain('confidential');
    people.edit('Ada', issue.id, { labels: ['shared'] });
    await world.settle();
    if (policy !== 'ask') expect(differences(world)).toEqual([]);
  },
);
