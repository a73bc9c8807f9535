/** Calm: all faults end, everybody who is asked answers, everything settles, and the judge speaks. */
import type { SeededRandom } from '../../support/seeded-random';
import { confirm, decide, publishAgain, start, tryAgain } from './admin';
import { evidenceOf, leftovers, messagesOf } from './evidence';
import { land } from './faulty-jira';
import { greet } from './forget';
import { forgotten, sayings } from './forgotten';
import { heal } from './heal';
import { judge } from './judge';
import type { Finding } from './ledger-words';
import type { Place } from './place';
import type { Stage } from './stage';
import { finish } from './turns';

/** Nothing is in flight any more after this time, milliseconds. */
const untilLandedMs = 15_000;
/** An hour, and the minutes by which events may be late. */
const untilCaughtUpMs = 4_200_000;

const mostTries = 4;
const mostAnswers = 100;
export async function conclude(stage: Stage): Promise<Finding[]> {
  const { world, ledger } = stage;
  try {
    await calm(stage);
    if (stage.plan.losses.length > 0) await greet(stage.world, () => answerTerms(stage));
    await finishAdmins(stage);
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return [{ what: 'diverged', text: `never came to rest: ${text}` }];
  }
  stage.memories.excuse(world, ledger);
  const evidence = await evidenceOf(world, stage.places, ledger, stage.memories.said);
  for (const line of evidence.logs.split('\n')) stage.trace(`log: ${line}`);
  if (stage.isTraced) for (const line of messagesOf(world)) stage.trace(`sent: ${line}`);
  const echoes = stage.places.flatMap((place) => place.echoes().map((echo) => `${place.name} ${echo}`));
  const findings: Finding[] = [
    ...judge(ledger, evidence),
    ...echoes.map((text) => ({ what: 'echo' as const, text: `a write that changes nothing: ${text}` })),
    ...stage.forgotten.map((text) => ({ what: 'lost' as const, text })),
    ...leftovers(world, stage.places, ledger, evidence).map((text) => ({ what: 'diverged' as const, text })),
  ];
  if (stage.more !== undefined && findings.length === 0) findings.push(...(await heal(world, ledger)));
  return findings;
}

/** A primary that forgot a revision is asked, and nothing goes on before. */
async function answerTerms({ world, ledger, plan, trace }: Stage): Promise<void> {
  if (plan.losses.length === 0 || !(await publishAgain(world, ledger))) return;
  trace('published again');
  await world.run();
  await confirm(world);
}

/** Everybody who is asked answers, and what waits is tried again. */
async function finishAdmins(stage: Stage): Promise<void> {
  const { world, more } = stage;
  for (let tries = 0; tries < mostTries; tries += 1) {
    if (more !== undefined) await decideAll(stage, more);
    for (const { kind, lots } of stage.kinds) await answerAll(() => kind.answer(lots, stage), stage);
    if (!(await tryAgain(world))) return;
    await world.settle();
  }
}

async function decideAll(stage: Stage, more: SeededRandom): Promise<void> {
  for (let answers = 0; answers < mostAnswers; answers += 1) {
    const [first, second] = more.chance(0.5) ? stage.places : [stage.places[1], stage.places[0]];
    const ask = (place: Place) => decide(stage.world, stage.ledger, place, more);
    if (!(await ask(first)) && !(await ask(second))) return;
    await stage.world.settle();
  }
}

async function answerAll(answer: () => Promise<boolean>, { world }: Stage): Promise<void> {
  for (let answers = 0; answers < mostAnswers && (await answer()); answers += 1) await world.settle();
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
  for (const { kind, lots } of stage.kinds) await kind.beforeStart(lots, stage);
  for (const side of [world.acme, world.globex]) await start(side);
  if (stage.more === undefined)
    for (const { side, event } of faults.untold.values()) world.event(side, event);
  await world.settle(() => answerTerms(stage));
  if (stage.more === undefined) return;
  // What no event told of is found by the look of the next hour.
  const before = sayings(world);
  world.clock.advance(untilCaughtUpMs);
  await world.settle(() => answerTerms(stage));
  stage.forgotten = forgotten(stage, before);
}
