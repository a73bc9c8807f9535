/**
 * A crash at a port call of a small backfill, before and after its effect: every issue and comment once, nothing left.
 * BACKFILL_EVERY=1 tries every call (three minutes).
 */
import { CrashSignal, type Gate } from '../../support/gate';
import { differences } from '../compare-sites';
import { World } from '../world';

/** Every so many calls; a prime, so that no rhythm of the work is always missed. */
const every = Number(process.env['BACKFILL_EVERY'] ?? 11);

interface Killing extends Gate {
  seen: string[];
}

function killAt(call: number, when: 'before' | 'after'): Killing {
  const killing: Killing = {
    seen: [],
    async enter(name) {
      killing.seen.push(name);
      const isIt = killing.seen.length === call;
      if (isIt && when === 'before') throw new CrashSignal(`before ${name}`);
      return async () => {
        if (isIt && when === 'after') throw new CrashSignal(`after ${name}`);
      };
    },
  };
  return killing;
}

/** Seven issues on two pages; one has more comments than come along, one was moved on, one is refused together with others. */
async function play(gate: Gate, prepare: (world: World) => void = () => undefined): Promise<World> {
  const world = new World();
  world.tellsOwn = true;
  const { people } = world.acme.site;
  const old = Array.from({ length: 7 }, (_, number) =>
    people.create('Ada', `Old${number} one`, { labels: ['x'] }),
  );
  for (let count = 0; count < 22; count += 1) people.comment('Ada', old[1]?.id ?? '', `Said ${count}`);
  people.comment('Ada', old[2]?.id ?? '', 'Hello');
  people.move('Ada', old[4]?.id ?? '', '3');
  // The refusal is of a field: the copy is made alone without it, and it is written afterwards.
  let refusals = 1;
  world.globex.site.failure = (call, request) => {
    if (call !== 'createIssue' || request['summary'] !== 'Old3 one' || refusals === 0) return undefined;
    refusals -= 1;
    return { kind: 'invalid', message: 'No.', fields: { labels: 'Not on the screen.' } };
  };
  prepare(world);
  world.clock.advance(3_600_000);
  await world.run();
  world.mischief = { ...world.mischief, gate: () => gate };
  await world.connectBoth(({ role }) =>
    role === 'primary' ? { existing: { mode: 'jql', jql: 'labels = x' } } : {},
  );
  await world.settle();
  return world;
}

function wrong(world: World): string[] {
  const { dirty, outbox, inbox, problems } = world.tidy();
  const left = Object.entries({ dirty, outbox, inbox, problems: problems.length });
  return [
    ...differences(world),
    ...world.acme.site.echoes,
    ...world.globex.site.echoes,
    ...left.filter(([, count]) => count > 0).map(([what, count]) => `${count} left in ${what}`),
    ...(world.globex.site.issues.size === 7 ? [] : [`${world.globex.site.issues.size} copies of 7`]),
  ];
}

test.each(['before', 'after'] as const)(
  'killed %s each call',
  async (when) => {
    const counting = killAt(Number.POSITIVE_INFINITY, when);
    const calm = await play(counting);
    expect(wrong(calm)).toEqual([]);
    expect(calm.globex.site.calls).toMatchObject({ createIssues: 1, createIssue: 1, createComment: 23 });
    const found: string[] = [];
    for (
      let call = when === 'before' ? 1 : 1 + Math.floor(every / 2);
      call <= counting.seen.length;
      call += every
    ) {
      const faults = wrong(await play(killAt(call, when)));
      if (faults.length > 0)
        found.push(`${when} call ${call} (${counting.seen[call - 1]}): ${faults.join('; ')}`);
    }
    expect(found).toEqual([]);
  },
  300_000,
);

test('what a copy still lacks is written without mails, where Jira lets the app ask for that', async () => {
  const gate = killAt(Number.POSITIVE_INFINITY, 'before');
  const quiet: (boolean | undefined)[] = [];
  await play(gate, (world) => {
    // Jira gives a new issue a priority, whatever the original has.
    const [first] = [...world.acme.site.issues.values()];
    world.acme.site.people.edit('Ada', first?.id ?? '', { priority: null });
    const { site } = world.globex;
    const write = site.writeIssue;
    site.writeIssue = (issueId, fields, readBack, isQuiet) => {
      quiet.push(isQuiet);
      return write(issueId, fields, readBack, isQuiet);
    };
  });
  expect(quiet).toEqual([true]);
});
