/** Stories of lost memory: what the app remembers on a site is put back to an earlier state, and nobody loses anything. */
import { readStreamRows } from '#engine/stream/rows';
import { paragraph } from '../support/memory-site';
import { differences, sayIssues } from './compare-sites';
import { type Backup, backUp, putBack } from './restore';
import { link, type Side, World } from './world';

const hour = 3_600_000;

/** A backup is never put back within minutes, and the app is not at work meanwhile. */
function restore(world: World, backups: Backup[], afterMs = hour): void {
  world.clock.advance(afterMs);
  for (const backup of backups) putBack(backup);
}

function only(side: Side, tag: string) {
  const found = [...side.site.issues.values()].filter((issue) =>
    String(issue.fields['summary']).startsWith(tag),
  );
  expect(found).toHaveLength(1);
  return found[0] as (typeof found)[number];
}

async function ended(world: World): Promise<void> {
  await world.settle();
  expect(differences(world)).toEqual([]);
  expect(world.tidy()).toEqual({ dirty: 0, outbox: 0, inbox: 0, problems: [] });
  expect([...world.acme.site.echoes, ...world.globex.site.echoes]).toEqual([]);
  for (const side of [world.acme, world.globex]) {
    const stream = side.store.rows('stream').find(({ key }) => key === link)?.body;
    expect(stream).not.toHaveProperty('resync');
    const brake = side.store.rows('connection')[0]?.body as { brake?: unknown };
    expect(brake.brake).toBeUndefined();
  }
}

/** Two issues that both sites have, one from each. */
async function begin(seed = 1): Promise<World> {
  const world = await World.start(seed);
  world.acme.site.people.create('Ada', 'Printer smokes', { labels: ['hot'] });
  world.globex.site.people.create('Grace', 'Door sticks', { labels: ['old'] });
  await world.settle();
  return world;
}

/** What happens after the backup: edits, comments and new issues on both sites. */
async function goOn(world: World): Promise<void> {
  const { acme, globex } = world;
  acme.site.people.edit('Ada', only(acme, 'Printer').id, {
    summary: 'Printer burns',
    labels: ['hot', 'fire'],
  });
  globex.site.people.edit('Grace', only(globex, 'Door').id, { duedate: '2027-02-03' });
  acme.site.people.create('Ada', 'Lift stops', { description: paragraph('On every floor') });
  globex.site.people.create('Grace', 'Window breaks');
  await world.settle();
  acme.site.people.comment('Ada', only(acme, 'Window').id, 'I heard it');
  globex.site.people.comment('Grace', only(globex, 'Window').id, 'So did I');
  globex.site.people.comment('Grace', only(globex, 'Printer').id, 'Call the fire brigade');
  globex.site.people.edit('Grace', only(globex, 'Lift').id, { priority: { id: '31' } });
  acme.site.people.edit('Ada', only(acme, 'Door').id, { labels: ['old', 'loud'] });
  await world.settle();
  expect(differences(world)).toEqual([]);
}

describe.each(['acme', 'globex'] as const)('what %s remembers is put back', (name) => {
  test('and nobody does anything: the partner is heard within the hour, everything is known again', async () => {
    const world = await begin();
    const backup = backUp(world[name]);
    await goOn(world);
    restore(world, [backup]);
    world.clock.advance(hour);
    await ended(world);
    expect(sayIssues(world.acme).size).toBe(4);
    expect(sayIssues(world[name]).get('Window')?.[0]?.comments).toHaveLength(2);
  });

  test('and people go on at once on both sites', async () => {
    const world = await begin();
    const backup = backUp(world[name]);
    await goOn(world);
    restore(world, [backup]);
    const { acme, globex } = world;
    acme.site.people.edit('Ada', only(acme, 'Lift').id, { summary: 'Lift stands still' });
    globex.site.people.edit('Grace', only(globex, 'Printer').id, { duedate: '2027-03-04' });
    acme.site.people.comment('Ada', only(acme, 'Lift').id, 'Still there');
    globex.site.people.comment('Grace', only(globex, 'Lift').id, 'Here as well');
    globex.site.people.create('Grace', 'Roof leaks');
    acme.site.people.create('Ada', 'Cellar floods');
    await ended(world);
    expect(sayIssues(acme).get('Lift')?.[0]).toMatchObject({ summary: 'Lift stands still' });
    expect(sayIssues(acme).get('Printer')?.[0]).toMatchObject({ due: '2027-03-04' });
    expect(sayIssues(globex).size).toBe(6);
  });

  test('to before the first message', async () => {
    const world = await World.start();
    // Made when the words were confirmed.
    for (const side of [world.acme, world.globex]) await readStreamRows(side.ports(), link);
    const backup = backUp(world[name]);
    world.acme.site.people.create('Ada', 'Printer smokes');
    world.globex.site.people.create('Grace', 'Door sticks');
    await world.settle();
    await goOn(world);
    restore(world, [backup]);
    world.clock.advance(hour);
    await ended(world);
    expect(sayIssues(world.acme).size).toBe(4);
  });

  test('in the middle of a batch, with changes on their way', async () => {
    for (let steps = 1; steps <= 12; steps += 3) {
      const world = await begin(steps);
      const { acme, globex } = world;
      acme.site.people.create('Ada', 'Lift stops');
      globex.site.people.edit('Grace', only(globex, 'Printer').id, { labels: ['hot', 'smoke'] });
      for (let step = 0; step < steps; step += 1) await world.step();
      const backup = backUp(world[name]);
      globex.site.people.create('Grace', 'Window breaks');
      await world.settle();
      acme.site.people.edit('Ada', only(acme, 'Window').id, { labels: ['glass'] });
      for (let step = 0; step < steps; step += 1) await world.step();
      restore(world, [backup]);
      await ended(world);
      expect(sayIssues(globex).size).toBe(4);
      expect(sayIssues(globex).get('Window')?.[0]).toMatchObject({ labels: ['glass'] });
    }
  });

  test('while a batch lies in the inbox, and somebody is heard here before the partner is', async () => {
    const world = await begin();
    const side = world[name];
    const there = world.other(side);
    there.site.people.create('Ada', 'Lift stops');
    while (side.store.rows('inbox').length === 0) expect(await world.step()).toBe(true);
    const backup = backUp(side);
    await world.settle();
    restore(world, [backup]);
    const lift = only(side, 'Lift').id;
    side.site.people.edit('Ada', lift, { summary: 'Lift stands still' });
    await ended(world);
    expect(sayIssues(there).get('Lift')?.[0]).toMatchObject({ summary: 'Lift stands still' });
  });

  test('twice, to the same backup', async () => {
    const world = await begin();
    const backup = backUp(world[name]);
    await goOn(world);
    restore(world, [backup]);
    await world.settle();
    world.acme.site.people.create('Ada', 'Cellar floods');
    await world.settle();
    restore(world, [backup]);
    world.globex.site.people.create('Grace', 'Roof leaks');
    await ended(world);
    expect(sayIssues(world.acme).size).toBe(6);
  });

  test('while the partner does not answer', async () => {
    const world = await begin();
    const backup = backUp(world[name]);
    await goOn(world);
    world.mischief = { ...world.mischief, fate: () => 'requestLost' };
    world.acme.site.people.comment('Ada', only(world.acme, 'Door').id, 'It sticks again');
    world.globex.site.people.comment('Grace', only(world.globex, 'Door').id, 'I oiled it');
    await world.run();
    restore(world, [backup]);
    await world.run();
    world.mischief = { ...world.mischief, fate: () => 'arrives' };
    await ended(world);
    expect(sayIssues(world.acme).get('Door')?.[0]?.comments).toHaveLength(2);
  });
});

describe('both sites', () => {
  test('are put back to the same moment', async () => {
    const world = await begin();
    const backups = [backUp(world.acme), backUp(world.globex)];
    await goOn(world);
    restore(world, backups, 8 * hour);
    world.acme.site.people.edit('Ada', only(world.acme, 'Lift').id, { summary: 'Lift stands still' });
    await ended(world);
    expect(sayIssues(world.globex).size).toBe(4);
  });

  test('are put back to before several issues of both', async () => {
    const world = await begin();
    const backups = [backUp(world.acme), backUp(world.globex)];
    for (const [index, what] of ['Tap', 'Wall', 'Roof', 'Cellar'].entries()) {
      if (index % 2 === 0) world.acme.site.people.create('Ada', `${what} is broken`);
      else world.globex.site.people.create('Grace', `${what} is broken`);
    }
    await goOn(world);
    restore(world, backups, 8 * hour);
    await ended(world);
    expect(sayIssues(world.acme).size).toBe(8);
  });

  test('are put back to different moments', async () => {
    const world = await begin();
    const first = backUp(world.acme);
    await goOn(world);
    const second = backUp(world.globex);
    world.acme.site.people.create('Ada', 'Cellar floods');
    world.globex.site.people.comment('Grace', only(world.globex, 'Window').id, 'Repaired');
    await world.settle();
    restore(world, [first, second]);
    world.globex.site.people.edit('Grace', only(world.globex, 'Lift').id, { duedate: '2027-05-06' });
    await ended(world);
    expect(sayIssues(world.acme).size).toBe(5);
    expect(sayIssues(world.acme).get('Window')?.[0]?.comments).toHaveLength(3);
  });
});
