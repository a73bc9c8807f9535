/** Prepares a random world: what its seed makes of it, up to the first round. */
import { type SeededRandom, seededRandom } from '../../support/seeded-random';
import { World } from '../world';
import { act } from './acts';
import { noCounts } from './counts';
import { simAcme } from './facts';
import { Faults } from './faults';
import { faultyJira, type Jira } from './faulty-jira';
import { type Forgets, type Loss, Memories, randomLosses, usualLosses } from './forget';
import { emulatedGround, memoryGround } from './ground';
import { drawKinds, type KindName } from './kinds';
import { Ledger } from './ledger';
import type { Place } from './place';
import { morePlan, randomPlan, silenceOf } from './plan';
import type { Stage } from './stage';
import { enriched, randomContract, termsOf } from './terms';

export interface PlayOptions {
  rounds?: number;
  /** As worlds were before there were files, logged work and conflicts: for seeds that failed then. */
  isPlain?: boolean;
  /** These kinds and no others, whatever the seed says. */
  kinds?: readonly KindName[];
  /** What the app remembers is put back: of one site, or of either or both. */
  forgets?: Forgets;
  /** Is told every step. */
  trace?: (line: string) => void;
}

/** Every so many worlds stand on the emulated Jira. */
const emulatedEvery = 25;
/** Usual length of a world. */
export const usualRounds = 60;
/** Longest index lag of a plan and more: existing issues are found by the search. */
const untilFoundMs = 600_000;

function lossesOf(seed: number, rounds: number, forgets: Forgets | 'usual' | 'none'): Loss[] {
  const lots = (plus: number): SeededRandom => seededRandom(seed * 15_485_863 + plus);
  if (forgets === 'none') return [];
  return forgets === 'usual' ? usualLosses(lots(9), rounds) : randomLosses(lots(5), rounds, forgets);
}

export async function prepare(
  seed: number,
  { rounds = usualRounds, isPlain = false, kinds, forgets, trace }: PlayOptions,
): Promise<Stage> {
  const random = seededRandom(seed * 7_919 + 1);
  const more = isPlain ? undefined : seededRandom(seed * 104_729 + 3);
  const plain = randomPlan(random, rounds);
  const silent = seededRandom(seed * 15_485_863 + 7);
  const drawn = isPlain || forgets !== undefined ? [] : drawKinds(seed, kinds);
  const isUsual = kinds === undefined && drawn.length === 0;
  const losses = lossesOf(seed, rounds, forgets ?? (isUsual ? 'usual' : 'none'));
  const plan =
    more === undefined ? plain : { ...plain, ...morePlan(more), silence: silenceOf(silent), losses };
  const terms = randomContract(random, simAcme);
  const rich = more === undefined ? terms : enriched(more, terms);
  const agreed = drawn.reduce((before, { kind, lots }) => kind.agree(lots, before), rich);
  const isEmulated = more !== undefined && seed % emulatedEvery === 0;
  const ground = isEmulated ? await emulatedGround(seed, agreed) : memoryGround(agreed);
  const { contract } = ground.setting;
  const world = new World(seed, ground.setting);
  const say = (line: string): void => {
    if (trace !== undefined) trace(`${new Date(world.clock.now()).toISOString().slice(11, 23)} ${line}`);
  };
  const ledger = new Ledger();
  const counts = noCounts();
  const places = [ground.place(world.acme), ground.place(world.globex)] as const;
  if (isEmulated) plan.existing = 0;
  const jira = (place: Place): Jira => {
    return {
      world,
      ledger,
      place,
      plan,
      counts,
      refused: undefined,
      inFlight: [],
      isCalm: () => faults.isCalm,
      trace: say,
    };
  };
  const jiras = [jira(places[0]), jira(places[1])] as const;
  const faults = new Faults(world, plan, counts, {
    siteOf: (invocation) => faultyJira(jiras[invocation.side === world.acme ? 0 : 1], invocation),
    silent,
  });
  ground.start(world, plan);
  const mappings = contract.mappings.map(({ id }) => id);
  const slotIds = new Set(contract.mappings.flatMap(({ fields }) => fields.map(({ id }) => id)));
  const stage: Stage = {
    world,
    plan,
    ledger,
    faults,
    counts,
    jiras,
    places,
    mappings,
    slotIds,
    more,
    kinds: drawn,
    hidden: [],
    memories: new Memories(plan),
    thrown: [],
    forgotten: [],
    isTraced: trace !== undefined,
    trace: say,
  };
  faults.trace = say;
  stage.trace(`plan ${JSON.stringify(plan)}`);
  stage.trace(`terms ${JSON.stringify(termsOf(contract))}`);
  ledger.terms.push(termsOf(contract));
  await connect(stage);
  world.mischief = faults.mischief();
  world.tellsOwn = plan.tellsOwn;
  for (const { store } of [world.acme, world.globex]) store.lagMs = plan.storeLagMs;
  return stage;
}

/** Some issues are there before; each admin chooses them or not. */
async function connect({ world, plan, ledger, places, mappings, slotIds, trace }: Stage): Promise<void> {
  const chosen = { acme: world.random.chance(0.7), globex: world.random.chance(0.3) };
  for (let count = 0; count < plan.existing; count += 1) {
    const place = world.random.pick(places);
    await act({
      ledger,
      random: world.random,
      place,
      mappings,
      slotIds,
      isCrashing: true,
      isBefore: true,
      trace,
    });
  }
  for (const story of ledger.stories.values()) story.takesPart = chosen[story.origin] ? 'yes' : 'no';
  world.clock.advance(untilFoundMs);
  const isChosen = (role: string) => (role === 'primary' ? chosen.acme : chosen.globex);
  await world.connectBoth(({ role }) =>
    plan.existing > 0 && isChosen(role) ? { existing: { mode: 'jql', jql: 'created is not empty' } } : {},
  );
  await world.run();
  world.sweep(world.acme);
  world.sweep(world.globex);
}
