/** Replay: everything of a time window is looked at again on both sites, and nothing is written where nothing differs. */
import { readReplay, startReplay } from '#engine/replay/steer-replay';
import { CrashSignal } from '../support/gate';
import { differences } from './compare-sites';
import { link, noMischief, type Side, World } from './world';

const hour = 3_600_000;

async function begun(count: number): Promise<World> {
  const world = await World.start(5);
  for (let index = 0; index < count; index += 1) world.acme.site.people.create('Ada', `Issue${index} begins`);
  await world.settle();
  // The hourly look for what nobody heard of is over, and the next one far away.
  world.clock.advance(2 * hour);
  await world.settle();
  return world;
}

/** Something changes of which no event tells. */
function changeUnheard(side: Side, tag: string, fields: Record<string, unknown>): void {
  const hear = side.site.onEvent;
  side.site.onEvent = () => undefined;
  const issue = [...side.site.issues.values()].find((one) => String(one.fields['summary']).startsWith(tag));
  side.site.people.edit('Ada', issue?.id ?? '', fields);
  side.site.onEvent = hear;
}

const window = (world: World) => ({
  id: link,
  from: world.clock.now() - 4 * hour,
  to: world.clock.now() + hour,
});

test('where nothing differs nothing is written', async () => {
  const world = await begun(12);
  for (const side of [world.acme, world.globex]) side.site.calls = {};
  await startReplay(world.acme.ports(), window(world));
  await world.settle();
  // Each once because Jira names it, and once because the log does.
  expect(await readReplay(world.acme.ports(), { id: link })).toMatchObject({ state: 'done', noted: 24 });
  for (const { site } of [world.acme, world.globex]) {
    expect(Object.keys(site.calls).filter((call) => /write|create|delete|transition$/.test(call))).toEqual(
      [],
    );
  }
  expect(world.tidy()).toMatchObject({ dirty: 0, outbox: 0, problems: [] });
});

test('what nobody heard of is found on both sites, also after a crash in the middle', async () => {
  const world = await begun(12);
  changeUnheard(world.acme, 'Issue3', { summary: 'Issue3 here' });
  changeUnheard(world.globex, 'Issue7', { summary: 'Issue7 there' });
  await world.settle();
  expect(differences(world)).toHaveLength(2);
  await startReplay(world.acme.ports(), window(world));
  let reads = 0;
  world.mischief = {
    ...noMischief,
    gate: (who) => ({
      enter: async (call) => {
        if (who === 'acme work' && call === 'site.search') reads += 1;
        if (reads !== 2) return async () => undefined;
        reads += 1;
        throw new CrashSignal('while replaying');
      },
    }),
  };
  await world.run();
  world.mischief = noMischief;
  await world.settle();
  expect(reads).toBeGreaterThan(2);
  expect(differences(world)).toEqual([]);
});

test('a window that ends before it begins is refused', async () => {
  const world = await begun(1);
  const now = world.clock.now();
  await expect(startReplay(world.acme.ports(), { id: link, from: now, to: now - 1 })).rejects.toThrow('past');
  expect(await readReplay(world.acme.ports(), { id: link })).toEqual({ state: 'none' });
});
