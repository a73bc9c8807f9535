/** A crash at every port call of every invocation, before and after its effect: exactly one twin, nothing lost, no echo. */

import { CrashSignal, type Gate } from '../support/gate';
import { paragraph } from '../support/memory-site';
import { differences } from './compare-sites';
import { World } from './world';

interface Killing extends Gate {
  seen: string[];
  killed: boolean;
}

/** Kills the invocation at the n-th call of the world; counts all calls. */
function killAt(call: number, when: 'before' | 'after'): Killing {
  function kill(name: string): never {
    killing.killed = true;
    throw new CrashSignal(`${when} ${name}`);
  }
  const killing: Killing = {
    seen: [],
    killed: false,
    async enter(name) {
      killing.seen.push(name);
      const isIt = killing.seen.length === call;
      if (isIt && when === 'before') kill(name);
      return async () => {
        if (isIt && when === 'after') kill(name);
      };
    },
  };
  return killing;
}

interface Story {
  name: string;
  /** What happened before anything can crash. */
  before?: (world: World) => Promise<void>;
  act: (world: World) => void;
}

const stories: Story[] = [
  {
    name: 'a new issue with a comment and a status',
    act: (world) => {
      const issue = world.acme.site.people.create('Ada', 'One new', {
        description: paragraph('Text'),
        labels: ['a'],
        priority: { id: '2' },
      });
      world.acme.site.people.move('Ada', issue.id, '3');
      world.acme.site.people.comment('Ada', issue.id, 'Hello');
    },
  },
  {
    name: 'the same field edited on both sites at once',
    before: async (world) => {
      world.acme.site.people.create('Ada', 'Two old', { labels: ['a'] });
      await world.settle();
    },
    act: (world) => {
      for (const side of [world.acme, world.globex]) {
        const issue = [...side.site.issues.values()][0];
        side.site.people.edit('Somebody', issue?.id ?? '', {
          summary: `Two ${side.name}`,
          labels: ['a', side.name],
        });
        world.clock.advance(3);
      }
      const twin = [...world.globex.site.issues.values()][0];
      world.globex.site.people.move('Grace', twin?.id ?? '', '502');
    },
  },
  {
    name: 'comments edited and deleted',
    before: async (world) => {
      const issue = world.globex.site.people.create('Grace', 'Three old');
      world.globex.site.people.comment('Grace', issue.id, 'First');
      world.globex.site.people.comment('Grace', issue.id, 'Second');
      await world.settle();
    },
    act: (world) => {
      const issue = [...world.globex.site.issues.values()][0];
      const [first, second] = issue?.comments ?? [];
      world.globex.site.people.editComment('Grace', issue?.id ?? '', first?.id ?? '', 'First, again');
      world.globex.site.people.deleteComment(issue?.id ?? '', second?.id ?? '');
    },
  },
];

async function play(story: Story, gate: Gate | undefined): Promise<World> {
  const world = await World.start();
  world.tellsOwn = true;
  await story.before?.(world);
  if (gate !== undefined) world.mischief = { ...world.mischief, gate: () => gate };
  story.act(world);
  await world.settle();
  return world;
}

describe.each(stories)('$name', (story) => {
  test.each(['before', 'after'] as const)(
    'killed %s each call',
    async (when) => {
      const counting = killAt(Number.POSITIVE_INFINITY, when);
      await play(story, counting);
      const calls = counting.seen.length;
      expect(calls).toBeGreaterThan(40);
      const wrong: string[] = [];
      for (let call = 1; call <= calls; call += 1) {
        const killing = killAt(call, when);
        const world = await play(story, killing);
        expect(killing.killed).toBe(true);
        const found = [
          ...differences(world),
          ...world.acme.site.echoes,
          ...world.globex.site.echoes,
          ...leftovers(world),
        ];
        if (found.length > 0)
          wrong.push(`${when} call ${call} (${killing.seen[call - 1]}): ${found.join('; ')}`);
      }
      expect(wrong).toEqual([]);
    },
    120_000,
  );
});

function leftovers(world: World): string[] {
  const { dirty, outbox, inbox, problems } = world.tidy();
  const left = { dirty, outbox, inbox, problems: problems.length };
  return Object.entries(left)
    .filter(([, count]) => count > 0)
    .map(([what, count]) => `${count} left in ${what}`);
}
