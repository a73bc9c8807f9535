/** Plays one random world: people, a bad wire, late and lost wake-ups, workers that race and die; then all faults stop. */
import { CrashSignal } from '../support/gate';
import { differences } from './compare-sites';
import { Ledger } from './ledger';
import { type Fate, type Mischief, noMischief, World } from './world';

export interface Verdict {
  /** Differences between the sites and between the sites and the ledger; all empty in a good world. */
  wrong: string[];
  messages: number;
  crashes: number;
}

const fates: Fate[] = ['arrives', 'arrives', 'arrives', 'requestLost', 'answerLost', 'twice', 'late'];

export async function playSeed(seed: number, rounds = 60): Promise<Verdict> {
  const world = await World.start(seed);
  const { random } = world;
  const counts = { crashes: 0 };
  const ledger = new Ledger(world);
  world.tellsOwn = random.chance(0.5);
  world.acme.store.lagMs = random.below(20_000);
  world.globex.store.lagMs = random.below(20_000);
  world.mischief = mischiefOf(world, counts);
  for (let round = 0; round < rounds; round += 1) {
    for (let acts = random.below(4); acts > 0; acts -= 1) ledger.act();
    if (random.chance(0.1)) world.sweep(random.pick([world.acme, world.globex]));
    world.clock.advance(random.below(random.chance(0.1) ? 120_000 : 3_000));
    for (let steps = random.below(5); steps > 0; steps -= 1) await world.step(1 + random.below(3));
  }
  world.mischief = noMischief;
  await world.settle();
  const { problems, ...left } = world.tidy();
  const leftovers = Object.entries(left).filter(([, count]) => count > 0);
  return {
    wrong: [
      ...differences(world),
      ...ledger.judge(),
      ...world.acme.site.echoes.map((echo) => `echo on acme: ${echo}`),
      ...world.globex.site.echoes.map((echo) => `echo on globex: ${echo}`),
      ...problems.map((problem) => `problem: ${JSON.stringify(problem)}`),
      ...leftovers.map(([what, count]) => `${count} left in ${what}`),
    ],
    messages: world.wire.length,
    crashes: counts.crashes,
  };
}

function mischiefOf({ random }: World, counts: { crashes: number }): Mischief {
  return {
    fate: () => random.pick(fates),
    delay: (what) => {
      if (what === 'wake' && random.chance(0.1)) return undefined;
      return random.chance(0.3) ? random.below(60_000) : random.below(1_000);
    },
    copies: () => (random.chance(0.1) ? 2 : 1),
    gate: () => ({
      async enter(name) {
        // Turns of other invocations come in between.
        for (let turns = random.below(4); turns > 0; turns -= 1) await Promise.resolve();
        if (random.chance(0.002)) kill(name);
        return async () => {
          if (random.chance(0.002)) kill(name);
        };
      },
    }),
    remainingMs: () => (random.chance(0.02) ? 6_000 : 55_000),
    next: (count) => random.below(count),
  };

  function kill(name: string): never {
    counts.crashes += 1;
    throw new CrashSignal(name);
  }
}
