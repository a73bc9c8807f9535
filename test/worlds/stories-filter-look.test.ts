/** Stories of filters that say something else by now although nobody edited an issue: they were changed, or time went by. */

import type { Filter } from '#core/model/filter';
import { updateConnection } from '#engine/update-connection';
import type { MemoryIssue } from '../support/memory-site';
import { differences } from './compare-sites';
import { asked, filteredWorld, labelled, queried, summaries } from './filter-world';
import { commentsOf, twinOf } from './lifecycle-world';
import { link, type World } from './world';

const hourMs = 3_600_000;

function make(world: World, count: number, label: string, name: string): MemoryIssue[] {
  return Array.from({ length: count }, (_, index) =>
    world.acme.site.people.create('Ada', `${name}${index} hums`, { labels: [label] }),
  );
}

/** As a new revision, or a secondary's import, leaves it. */
async function write(world: World, filter: Filter | undefined): Promise<void> {
  await updateConnection(world.acme.ports(), link, (row) => ({
    ...row,
    bindings: row.bindings.map(({ filter: _before, ...binding }) =>
      filter === undefined ? binding : { ...binding, filter },
    ),
  }));
}

const resting = (world: World): number =>
  world.acme.store.rows('pair').filter(({ body }) => (body as { left?: unknown }).left !== undefined).length;

async function hours(world: World, count: number): Promise<void> {
  for (let hour = 0; hour < count; hour += 1) {
    world.clock.advance(hourMs);
    await world.settle();
  }
}

test.each([
  ['a query', { jql: 'labels = other' }],
  ['a condition', { conditions: [{ fieldId: 'labels', is: 'anyOf', values: ['other'] }] } satisfies Filter],
] as const)('a filter that is changed to %s reaches what nobody edits, and back', async (_name, changed) => {
  const world = await filteredWorld({ filter: queried, leaving: 'mark' });
  const lamps = make(world, 12, 'shared', 'Lamp');
  make(world, 7, 'other', 'Door');
  await world.settle();
  expect(summaries(world)).toHaveLength(12);

  await write(world, changed as Filter);
  await world.settle();
  expect(resting(world)).toBe(12);
  expect(summaries(world)).toHaveLength(19);
  expect(commentsOf(twinOf(world, lamps[0] ?? ({} as never)))).toHaveLength(1);

  await write(world, undefined);
  await world.settle();
  expect(resting(world)).toBe(0);
  expect(lamps.flatMap((issue) => commentsOf(twinOf(world, issue)))).toEqual([]);
  expect(differences(world)).toEqual([]);
  expect(world.tidy()).toEqual({ dirty: 0, outbox: 0, inbox: 0, problems: [] });
});

test('what a query says by now, though no event came, is noticed within hours, both ways', async () => {
  const world = await filteredWorld({ filter: queried, leaving: 'stop' });
  const [lamp] = make(world, 1, 'shared', 'Lamp');
  const [door] = make(world, 1, 'other', 'Door');
  if (lamp === undefined || door === undefined) throw new Error('The story needs two issues.');
  await world.settle();
  lamp.fields['labels'] = [];
  door.fields['labels'] = ['shared'];
  await hours(world, 3);
  expect(summaries(world)).toEqual(['Door0 hums', 'Lamp0 hums']);
  expect(resting(world)).toBe(1);
  lamp.fields['labels'] = ['shared'];
  await hours(world, 3);
  expect(resting(world)).toBe(0);
});

test('looking costs nothing without a filter, once with conditions, and little with a query', async () => {
  const spent: Record<string, number> = {};
  for (const [name, filter] of [
    ['none', {}],
    ['condition', labelled],
    ['query', queried],
  ] as const) {
    const world = await filteredWorld({ filter, leaving: 'stop' });
    make(world, 3, 'shared', 'Lamp');
    await world.settle();
    await hours(world, 2);
    const before = asked(world);
    await hours(world, 6);
    spent[name] = asked(world) - before;
  }
  // Each hour one search for what no event told of.
  expect([spent['none'], spent['condition']]).toEqual([6, 6]);
  // Besides that one search for what enters, and one reading and one question for the pairs.
  expect(spent['query']).toBeGreaterThan(6);
  expect(spent['query']).toBeLessThanOrEqual(6 + 3 * 8);
});
