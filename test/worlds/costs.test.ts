/** What changes cost: the same however long the history is, and many edits of one issue in a moment are few writes. */
import type { MemoryIssue } from '../support/memory-site';
import { type Side, World } from './world';

/** Jira's points for an operation of the site: one, and one more for each object that is read (performance.md section 1). */
const points: Record<string, number> = { readIssue: 2, writeIssue: 1 };

/** Calls to both Jiras and their points, and bytes written on both sites, for what `act` brings about. */
async function costOf(world: World, act: () => void) {
  const sides = [world.acme, world.globex];
  for (const { site } of sides) site.calls = {};
  const before = sides.map(({ store }) => store.written.bytes);
  act();
  await world.run();
  const bytes = sides.reduce((sum, { store }, index) => sum + store.written.bytes - (before[index] ?? 0), 0);
  const calls = sides.flatMap(({ site }) => Object.entries(site.calls));
  const paid = calls.reduce((sum, [operation, count]) => {
    const price = points[operation];
    if (price === undefined) throw new Error(`What ${operation} costs is not known here.`);
    return sum + price * count;
  }, 0);
  return { acme: world.acme.site.calls, globex: world.globex.site.calls, points: paid, bytes };
}

/** An issue which was edited, commented and worked on so often, among as many others, in a synchronization as old. */
async function lived(times: number): Promise<{ world: World; issue: MemoryIssue }> {
  const world = await World.start();
  const issue = world.acme.site.people.create('Ada', 'Printer smokes');
  await world.run();
  for (let time = 0; time < times; time += 1) {
    world.clock.advance(60_000);
    world.acme.site.people.edit('Ada', issue.id, { summary: `Printer smokes, ${time % 10} times` });
    world.acme.site.people.comment('Ada', issue.id, `It smokes ${time}.`);
    world.acme.site.people.create('Ada', `Another issue ${time}`);
    await world.run();
  }
  world.clock.advance(60_000);
  return { world, issue };
}

test('an edit costs the same when everything is 10 and 33 times as old', async () => {
  const edit = async (times: number) => {
    const { world, issue } = await lived(times);
    return costOf(world, () => world.acme.site.people.edit('Ada', issue.id, { labels: ['hot'] }));
  };
  const young = await edit(2);
  for (const times of [10, 33]) {
    const old = await edit(2 * times);
    process.stdout.write(
      `edit: history x${times}, bytes ${old.bytes} (${(old.bytes / young.bytes).toFixed(3)} of a young one's ${young.bytes}), ` +
        `points ${old.points} (${(old.points / young.points).toFixed(3)}), calls ${JSON.stringify([old.acme, old.globex])}\n`,
    );
    expect([old.acme, old.globex]).toEqual([young.acme, young.globex]);
    expect(old.points).toBeGreaterThan(0);
    expect(old.points).toBeLessThanOrEqual(young.points * 1.05);
    expect(old.bytes).toBeLessThanOrEqual(young.bytes * 1.05);
  }
}, 120_000);

test.each([
  ['as fast as can be', 0],
  ['a second later', 1_000],
])(
  'twenty edits of one issue in two seconds are two writes over there, when events come %s',
  async (_how, delayMs) => {
    const world = await World.start();
    const issue = world.acme.site.people.create('Ada', 'Printer smokes');
    await world.run();
    world.clock.advance(60_000);
    world.globex.site.calls = {};
    world.mischief = { ...world.mischief, delay: (what) => (what === 'event' ? delayMs : 0) };
    for (let edit = 1; edit <= 20; edit += 1) {
      world.acme.site.people.edit('Ada', issue.id, { summary: `Printer smokes ${edit}` });
      await world.run();
      world.clock.advance(100);
    }
    for (let second = 0; second < 10; second += 1) {
      await world.run();
      world.clock.advance(1_000);
    }
    expect(summaries(world.globex)).toEqual(['Printer smokes 20']);
    expect(world.globex.site.calls['writeIssue']).toBeLessThanOrEqual(2);
    expect(world.globex.site.calls['writeIssue']).toBeGreaterThanOrEqual(1);
    await world.settle();
    expect(world.globex.site.calls['writeIssue']).toBeLessThanOrEqual(2);
    expect(world.tidy()).toMatchObject({ dirty: 0, outbox: 0, inbox: 0, problems: [] });
  },
);

function summaries({ site }: Side): unknown[] {
  return [...site.issues.values()].map(({ fields }) => fields['summary']);
}
