/** Plays one random world: people, a bad wire, late and lost wake-ups, workers that race and die; then all faults stop. */
import type { SiteFailure } from '#engine/ports/site';
import { startRun } from '#engine/start-run';
import { stopRun } from '#engine/stop-run';
import { CrashSignal } from '../support/gate';
import { differences } from './compare-sites';
import { Ledger } from './ledger';
import { type Fate, link, type Mischief, noMischief, World } from './world';

export interface Verdict {
  /** Differences between the sites and between the sites and the ledger; all empty in a good world. */
  wrong: string[];
  messages: number;
  crashes: number;
}

const limited: SiteFailure = {
  kind: 'limited',
  message: 'Rate limit exceeded.',
  retryAfterMs: 10_000,
  quota: false,
};
const fates: Fate[] = ['arrives', 'arrives', 'arrives', 'requestLost', 'answerLost', 'twice', 'late'];

export async function playSeed(seed: number, rounds = 60): Promise<Verdict> {
  const world = await World.start(seed);
  const { random } = world;
  const counts = { crashes: 0 };
  const isCrashing = seed % 2 === 1;
  const ledger = new Ledger(world, isCrashing);
  world.tellsOwn = random.chance(0.5);
  world.acme.store.lagMs = random.below(20_000);
  world.globex.store.lagMs = random.below(20_000);
  world.mischief = mischiefOf(world, counts, isCrashing ? 0.002 : 0);
  for (const { site } of [world.acme, world.globex]) {
    site.failure = () => (random.chance(0.02) ? limited : undefined);
    site.losesAnswer = () => isCrashing && random.chance(0.01);
  }
  for (let round = 0; round < rounds; round += 1) {
    for (let acts = random.below(4); acts > 0; acts -= 1) ledger.act();
    if (random.chance(0.03)) await stopOrStart(world);
    if (random.chance(0.1)) world.sweep(random.pick([world.acme, world.globex]));
    world.clock.advance(random.below(random.chance(0.1) ? 120_000 : 3_000));
    for (let steps = random.below(5); steps > 0; steps -= 1) await world.step(1 + random.below(3));
  }
  world.mischief = noMischief;
  for (const side of [world.acme, world.globex]) {
    side.site.failure = () => undefined;
    side.site.losesAnswer = () => false;
    await startRun(side.ports(), { id: link });
  }
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

/** An admin stops one side, or starts it again. */
async function stopOrStart(world: World): Promise<void> {
  const side = world.random.pick([world.acme, world.globex]);
  const change = world.random.chance(0.4) ? stopRun : startRun;
  await change(side.ports(), { id: link });
}

/** `deadly`: how probably a call kills its invocation, before and after each. */
function mischiefOf({ random }: World, counts: { crashes: number }, deadly: number): Mischief {
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
        if (random.chance(deadly)) kill(name);
        return async () => {
          if (random.chance(deadly)) kill(name);
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
