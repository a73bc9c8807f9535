/** Plays one random world: people and admins on both sites, all faults at once; then calm, and the judge. */
import { type SeededRandom, seededRandom } from '../../support/seeded-random';
import { World } from '../world';
import { act, actMore } from './acts';
import { confirm, decide, publish, start, stopOrStart, tryAgain } from './admin';
import { type Counts, noCounts } from './counts';
import { evidenceOf, leftovers, messagesOf } from './evidence';
import { simAcme } from './facts';
import { Faults } from './faults';
import { faultyJira, type Jira, land } from './faulty-jira';
import { type Forgets, greet, isForgetful, linger, Memories, randomLosses } from './forget';
import { emulatedGround, memoryGround } from './ground';
import { heal } from './heal';
import { judge } from './judge';
import { Ledger } from './ledger';
import type { Finding } from './ledger-words';
import type { Place } from './place';
import { morePlan, type Plan, randomPlan, silenceOf } from './plan';
import { slots } from './slots';
import { enriched, randomContract, termsOf } from './terms';

export interface Verdict {
  seed: number;
  /** Empty in a good world. */
  findings: Finding[];
  counts: Counts;
  messages: number;
}

export interface PlayOptions {
  rounds?: number;
  /** As worlds were before there were files, logged work and conflicts: for seeds that failed then. */
  isPlain?: boolean;
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

/** An invocation with less time than this left is let go on, milliseconds. */
const mostPatienceMs = 20_000;
/** Nothing is in flight any more after this time, milliseconds. */
const untilLandedMs = 15_000;
/** An hour, and the minutes by which events may be late. */
const untilCaughtUpMs = 4_200_000;

interface Stage {
  world: World;
  plan: Plan;
  ledger: Ledger;
  faults: Faults;
  counts: Counts;
  jiras: readonly [Jira, Jira];
  places: readonly [Place, Place];
  mappings: string[];
  slotIds: ReadonlySet<string>;
  /** Absent in plain worlds. */
  more: SeededRandom | undefined;
  hidden: { place: Place; issueId: string }[];
  memories: Memories;
  thrown: string[];
  isTraced: boolean;
  trace: (line: string) => void;
}

export async function playSeed(seed: number, options: PlayOptions = {}): Promise<Verdict> {
  const stage = await prepare(seed, options);
  const { world, plan, counts, ledger } = stage;
  for (let round = 0; round < plan.rounds; round += 1) {
    await forget(stage, round);
    await playRound(stage);
  }
  const findings = await conclude(stage);
  counts.conflicts = ledger.conflicts;
  for (const text of stage.thrown) findings.unshift({ what: 'diverged', text: `the app threw: ${text}` });
  return { seed, findings, counts, messages: world.wire.length };
}

async function prepare(
  seed: number,
  { rounds = usualRounds, isPlain = false, forgets, trace }: PlayOptions,
): Promise<Stage> {
  const random = seededRandom(seed * 7_919 + 1);
  const more = isPlain ? undefined : seededRandom(seed * 104_729 + 3);
  const plain = randomPlan(random, rounds);
  const silent = seededRandom(seed * 15_485_863 + 7);
  const losses =
    forgets === undefined ? [] : randomLosses(seededRandom(seed * 15_485_863 + 5), rounds, forgets);
  const plan =
    more === undefined ? plain : { ...plain, ...morePlan(more), silence: silenceOf(silent), losses };
  const terms = randomContract(random, simAcme);
  const rich = more === undefined ? terms : enriched(more, terms);
  const isEmulated = more !== undefined && seed % emulatedEvery === 0;
  const ground = isEmulated ? await emulatedGround(seed, rich) : memoryGround(rich);
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
    hidden: [],
    memories: new Memories(plan.losses),
    thrown: [],
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

async function playRound(stage: Stage): Promise<void> {
  const { world, plan, ledger, faults, places, mappings, slotIds, trace } = stage;
  const { random, clock } = world;
  for (const jira of stage.jiras) await land(jira);
  for (let acts = random.below(4); acts > 0; acts -= 1) {
    const place = random.pick(places);
    await act({
      ledger,
      random,
      place,
      mappings,
      slotIds,
      isCrashing: isForgetful(plan),
      isBefore: false,
      trace,
    });
  }
  if (stage.more !== undefined) await playMore(stage, stage.more);
  await playAdmins(stage);
  for (let begins = random.below(4); begins > 0; begins -= 1) begin(stage);
  await drain(places);
  const patience = faults.running.size > 6 ? 60 : 16;
  for (let turns = random.below(patience); turns > 0 && faults.release(); turns -= 1) await drain(places);
  if (random.chance(0.08)) world.sweep(random.pick([world.acme, world.globex]));
  const pause = random.below(random.chance(0.06) ? 120_000 : 3_000);
  // Where nobody dies nobody runs out of time either.
  const isUrgent = [...faults.running].some(
    ({ deadline }) => deadline - clock.now() < mostPatienceMs + pause,
  );
  if (plan.deadly === 0 && isUrgent) await finish(stage);
  clock.advance(pause);
}

async function forget(stage: Stage, round: number): Promise<void> {
  const { memories, world, ledger, counts, jiras } = stage;
  if (memories.isDue(round)) {
    await linger(world, async () => {
      for (const jira of jiras) await land(jira);
      for (let begun = 0; world.isDue() && begun < mostTurns; begun += 1) {
        begin(stage);
        await finish(stage);
      }
    });
    memories.putBack(world, ledger, counts);
    stage.trace('memory is put back');
  }
  memories.keep(world, ledger, round);
}

async function playMore(stage: Stage, more: SeededRandom): Promise<void> {
  const { plan, ledger, places, mappings, slotIds, trace } = stage;
  if (more.chance(plan.parts)) {
    const place = more.pick(places);
    const isCrashing = isForgetful(plan);
    await actMore({ ledger, random: more, place, mappings, slotIds, isCrashing, isBefore: false, trace });
  }
  if (more.chance(plan.deciding)) await decideOn(more.pick(places), stage, more);
}

/** False: nobody is asked anything. */
function decideOn(place: Place, { world, ledger }: Stage, more: SeededRandom): Promise<boolean> {
  return decide(world[place.name], place, ledger, more);
}

/** Until nobody is at work any more. */
async function finish({ faults, places }: Stage): Promise<void> {
  for (let turns = 0; faults.running.size > 0; turns += 1) {
    if (turns > mostTurns) throw new Error(`${faults.running.size} invocations never end.`);
    faults.release();
    await drain(places);
  }
}

async function playAdmins(stage: Stage): Promise<void> {
  const { world, plan, ledger, counts } = stage;
  const { random } = world;
  if (random.chance(plan.stops)) {
    counts.stops += 1;
    await stopOrStart(world);
  }
  if (random.chance(plan.revisions) && (await publish(world, ledger, stage.more))) {
    counts.revisions += 1;
    stage.trace('published');
  }
  if (random.chance(plan.revisions * 3)) await confirm(world);
  if (random.chance(plan.refusing)) {
    const jira = random.pick(stage.jiras);
    jira.refused = random.chance(0.5) ? undefined : random.pick(slots).id;
    stage.trace(`${jira.place.name} refuses ${jira.refused}`);
  }
  if (random.chance(plan.hiding)) hideOrShow(stage);
}

function hideOrShow({ world: { random }, plan, ledger, places, hidden, trace }: Stage): void {
  const shown = random.chance(0.5) ? hidden.shift() : undefined;
  if (shown !== undefined) {
    shown.place.show(shown.issueId, true);
    trace(`${shown.place.name} shows ${shown.issueId} again`);
    return;
  }
  const place = random.pick(places);
  const ids = place.issueIds();
  if (ids.length === 0) return;
  const issueId = random.pick(ids);
  // Nobody tells the app when an issue that it never saw comes back.
  const story = ledger.stories.get(place.tagOf(issueId) ?? '');
  const other = places.find((one) => one !== place);
  const isPaired = other?.issueIds().some((id) => other.tagOf(id) === story?.tag) === true;
  // A copy whose record died with its worker is found again by looking, which needs it to be visible.
  const isRecorded = !isForgetful(plan) || story?.origin === place.name;
  if (story === undefined || !isPaired || !isRecorded) return;
  place.show(issueId, false);
  hidden.push({ place, issueId });
  trace(`${place.name} hides ${issueId}`);
}

function begin(stage: Stage): void {
  const { world, counts, thrown, trace } = stage;
  const begun = world.begin();
  if (begun === undefined) return;
  if (!begun.isFirst) counts.reorderings += 1;
  trace(`begins ${begun.label}`);
  begun.over.catch((error: unknown) => {
    thrown.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  });
}

/** Until everything that runs waits for its turn. */
async function drain(places: readonly Place[]): Promise<void> {
  do await new Promise((resolve) => setImmediate(resolve));
  while (places.some((place) => place.busy() > 0));
}

const mostTries = 4;
const mostAnswers = 100;
/** More turns than all invocations of a world can take. */
const mostTurns = 100_000;

async function conclude(stage: Stage): Promise<Finding[]> {
  const { world, ledger } = stage;
  try {
    await calm(stage);
    if (stage.plan.losses.length > 0) await greet(stage.world);
    await finishAdmins(stage);
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return [{ what: 'diverged', text: `never came to rest: ${text}` }];
  }
  const evidence = await evidenceOf(world, stage.places, ledger, stage.memories.said);
  for (const line of evidence.logs.split('\n')) stage.trace(`log: ${line}`);
  if (stage.isTraced) for (const line of messagesOf(world)) stage.trace(`sent: ${line}`);
  const echoes = stage.places.flatMap((place) => place.echoes().map((echo) => `${place.name} ${echo}`));
  const findings: Finding[] = [
    ...judge(ledger, evidence),
    ...echoes.map((text) => ({ what: 'echo' as const, text: `a write that changes nothing: ${text}` })),
    ...leftovers(world, stage.places, ledger).map((text) => ({ what: 'diverged' as const, text })),
  ];
  if (stage.more !== undefined && findings.length === 0) findings.push(...(await heal(world, ledger)));
  return findings;
}

/** Everybody who is asked answers, and what waits is tried again. */
async function finishAdmins(stage: Stage): Promise<void> {
  const { world, more } = stage;
  for (let tries = 0; tries < mostTries; tries += 1) {
    if (more !== undefined) await decideAll(stage, more);
    if (!(await tryAgain(world))) return;
    await world.settle();
  }
}

async function decideAll(stage: Stage, more: SeededRandom): Promise<void> {
  for (let answers = 0; answers < mostAnswers; answers += 1) {
    const [first, second] = more.chance(0.5) ? stage.places : [stage.places[1], stage.places[0]];
    if (!(await decideOn(first, stage, more)) && !(await decideOn(second, stage, more))) return;
    await stage.world.settle();
  }
}

/** All faults end; what was lost by events is found, and admins start, confirm and show everything. */
async function calm(stage: Stage): Promise<void> {
  const { world, faults, jiras, hidden, trace } = stage;
  trace('calm');
  faults.isCalm = true;
  world.mischief = { ...faults.mischief(), delay: () => 0, next: () => 0 };
  world.clock.advance(untilLandedMs);
  for (const jira of jiras) {
    jira.refused = undefined;
    await land(jira);
  }
  await finish(stage);
  for (const { place, issueId } of hidden) place.show(issueId, true);
  await confirm(world);
  for (const side of [world.acme, world.globex]) await start(side);
  if (stage.more === undefined)
    for (const { side, event } of faults.untold.values()) world.event(side, event);
  await world.settle();
  if (stage.more === undefined) return;
  // What no event told of is found by the look of the next hour.
  world.clock.advance(untilCaughtUpMs);
  await world.settle();
}
