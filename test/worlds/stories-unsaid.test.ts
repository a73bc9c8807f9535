/** Stories of values that have no words: what stands in a copy instead is nobody's word, and never reaches the original. */
import type { MappingBinding } from '#core/model/binding';
import { healDrift, readDrift, startDrift } from '#engine/drift/steer-drift';
import { startReplay } from '#engine/replay/steer-replay';
import { connectionSchema } from '#engine/rows/connection';
import { readStreamRows } from '#engine/stream/rows';
import { updateConnection } from '#engine/update-connection';
import type { MemoryIssue } from '../support/memory-site';
import { backUp, putBack } from './restore';
import { storySetting } from './setting';
import { acmeFacts } from './site-facts';
import { link, type Side, World } from './world';

const hour = 3_600_000;
/** A priority of acme for which the agreement has no word. */
const unsayable = '9';
const facts = { ...acmeFacts, priorities: [...acmeFacts.priorities, { id: unsayable, name: 'Lowest' }] };
/** What globex gives a new issue; another one of globex, and the same on acme. */
const ordinary = '32';
const urgent = { there: '31', here: '2' };
const low = { there: '33', here: '4' };

function priorityOf({ fields }: MemoryIssue): unknown {
  return (fields['priority'] as { id?: string } | undefined)?.id;
}

function only({ site, facts: { project } }: Side): MemoryIssue {
  const found = [...site.issues.values()].filter(({ projectId }) => projectId === project.id);
  expect(found).toHaveLength(1);
  return found[0] as MemoryIssue;
}

interface Begun {
  world: World;
  mine: MemoryIssue;
  copy: MemoryIssue;
}

/** Ada makes an issue that globex cannot say in one field. */
async function begin(before: (world: World) => Promise<void> = async () => undefined): Promise<Begun> {
  const world = new World(1, { ...storySetting, acme: facts });
  await world.connectBoth();
  await before(world);
  world.acme.site.people.create('Ada', 'Printer smokes', { priority: { id: unsayable, name: 'Lowest' } });
  await world.settle();
  const [mine, copy] = [only(world.acme), only(world.globex)];
  expect([priorityOf(mine), priorityOf(copy)]).toEqual([unsayable, ordinary]);
  return { world, mine, copy };
}

/** Nobody said anything of it, and the rest of the issue still travels both ways. */
async function unsaid({ world, mine, copy }: Begun): Promise<void> {
  await world.settle();
  expect([priorityOf(mine), priorityOf(copy)]).toEqual([unsayable, ordinary]);
  world.globex.site.people.edit('Grace', copy.id, { labels: ['there'] });
  await world.settle();
  world.acme.site.people.edit('Ada', mine.id, { summary: 'Printer burns' });
  await world.settle();
  expect(mine.fields).toMatchObject({ labels: ['there'], priority: { id: unsayable } });
  expect(copy.fields).toMatchObject({ summary: 'Printer burns', priority: { id: ordinary } });
}

/** From now on acme says `Lowest` as the lowest priority of the agreement. */
async function sayLowest(world: World): Promise<void> {
  const [bound] = connectionSchema.parse(world.acme.store.rows('connection')[0]?.body).bindings;
  const binding = bound as MappingBinding;
  const fields = binding.fields.map((field) =>
    field.slot === 'priority'
      ? {
          ...field,
          values: (field.values ?? []).map(({ value, locals }) =>
            value === 'p-low' ? { value, locals: [unsayable, ...locals] } : { value, locals },
          ),
        }
      : field,
  );
  await updateConnection(world.acme.ports(), link, (row) => ({ ...row, bindings: [{ ...binding, fields }] }));
}

test('an edit of something else at the copy does not say it', async () => {
  const begun = await begin();
  begun.world.globex.site.people.edit('Grace', begun.copy.id, { duedate: '2027-02-03' });
  await unsaid(begun);
  expect(begun.mine.fields['duedate']).toBe('2027-02-03');
});

test('neither the look of the hour nor a replay says it', async () => {
  const begun = await begin();
  const { world } = begun;
  const from = world.clock.now() - hour;
  world.clock.advance(2 * hour);
  await world.settle();
  for (const side of [world.acme, world.globex]) {
    await startReplay(side.ports(), { id: link, from, to: world.clock.now() });
    await world.settle();
  }
  await unsaid(begun);
});

test('a full check finds no difference, and healing another one does not say it', async () => {
  const begun = await begin();
  const { world, copy } = begun;
  const check = async () => {
    await startDrift(world.globex.ports(), { id: link, full: true });
    await world.settle();
    return readDrift(world.globex.ports(), { id: link });
  };
  expect(await check()).toMatchObject({ state: 'done', verdict: 'same', found: 0 });
  const { onEvent } = world.globex.site;
  world.globex.site.onEvent = () => undefined;
  world.globex.site.people.edit('Grace', copy.id, { summary: 'Printer burns' });
  world.globex.site.onEvent = onEvent;
  const view = await check();
  expect(view).toMatchObject({ verdict: 'differs', found: 1 });
  expect(view.differences?.[0]?.fields?.map(({ slot }) => slot)).toEqual(['summary']);
  await healDrift(world.globex.ports(), { id: link, check: view.check ?? '' });
  await unsaid(begun);
});

test.each(['acme', 'globex'] as const)('it is not said after %s lost its memory', async (name) => {
  let backup: ReturnType<typeof backUp> | undefined;
  const begun = await begin(async (world) => {
    for (const side of [world.acme, world.globex]) await readStreamRows(side.ports(), link);
    backup = backUp(world[name]);
  });
  const { world, copy } = begun;
  if (backup === undefined) throw new Error('There is no backup.');
  world.clock.advance(hour);
  putBack(backup);
  world.globex.site.people.edit('Grace', copy.id, { duedate: '2027-02-03' });
  world.clock.advance(hour);
  await unsaid(begun);
  expect(begun.mine.fields['duedate']).toBe('2027-02-03');
});

test('what a person says at the copy is said', async () => {
  const { world, mine, copy } = await begin();
  world.globex.site.people.edit('Grace', copy.id, { priority: { id: urgent.there } });
  await world.settle();
  expect(priorityOf(mine)).toBe(urgent.here);
  // What it took the place of can be looked up.
  expect(world.acme.store.rows('activity').map(({ body }) => body)).toContainEqual(
    expect.objectContaining({ slot: 'priority', side: 'here', text: 'Lowest' }),
  );
  // And from then on it is a field like any other.
  world.globex.site.people.edit('Grace', copy.id, { priority: { id: ordinary } });
  await world.settle();
  expect(priorityOf(mine)).toBe('3');
});

test('also when she says it before the app has read the copy that it made', async () => {
  const world = new World(1, { ...storySetting, acme: facts });
  await world.connectBoth();
  const { onEvent } = world.globex.site;
  world.globex.site.onEvent = (event) => {
    onEvent(event);
    if (!event.bySelf) return;
    world.globex.site.onEvent = onEvent;
    world.globex.site.people.edit('Grace', event.issueId, { priority: { id: urgent.there } });
  };
  world.acme.site.people.create('Ada', 'Printer smokes', { priority: { id: unsayable } });
  await world.settle();
  expect([priorityOf(only(world.acme)), priorityOf(only(world.globex))]).toEqual([urgent.here, urgent.there]);
});

test('words that the original finds later are said, although the copy was edited since', async () => {
  const { world, mine, copy } = await begin();
  await world.settle();
  await sayLowest(world);
  world.acme.site.people.edit('Ada', mine.id, { labels: ['here'] });
  world.clock.advance(1_000);
  world.globex.site.people.edit('Grace', copy.id, { labels: ['there'] });
  await world.settle();
  expect([priorityOf(mine), priorityOf(copy)]).toEqual([unsayable, low.there]);
  expect(mine.fields['labels']).toEqual(copy.fields['labels']);
  expect(world.globex.store.rows('activity').map(({ body }) => body)).not.toContainEqual(
    expect.objectContaining({ slot: 'priority', side: 'here' }),
  );
});

test('a full state of the original takes its place as well', async () => {
  const { world, mine, copy } = await begin();
  await sayLowest(world);
  const backup = backUp(world.globex);
  world.clock.advance(hour);
  putBack(backup);
  world.globex.site.people.edit('Grace', copy.id, { duedate: '2027-02-03' });
  await world.settle();
  world.acme.site.people.edit('Ada', mine.id, { labels: ['here'] });
  await world.settle();
  expect([priorityOf(mine), priorityOf(copy)]).toEqual([unsayable, low.there]);
});
