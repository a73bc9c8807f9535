/** Plays one random world: people and admins on both sites, all faults at once; then calm, and the judge. */
import type { SeededRandom } from '../../support/seeded-random';
import { act, actMore } from './acts';
import { confirm, decide, publish, stopOrStart } from './admin';
import { conclude } from './calm';
import type { Counts } from './counts';
import { land } from './faulty-jira';
import { isForgetful, linger } from './forget';
import type { Finding } from './ledger-words';
import { type PlayOptions, prepare } from './prepare';
import { slots } from './slots';
import type { Stage } from './stage';
import { begin, drain, finish, mostTurns } from './turns';

export interface Verdict {
  seed: number;
  /** Empty in a good world. */
  findings: Finding[];
  counts: Counts;
  messages: number;
}

/** An invocation with less time than this left is let go on, milliseconds. */
const mostPatienceMs = 20_000;

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
  for (const { kind, lots } of stage.kinds) await kind.play(lots, stage);
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
  if (more.chance(plan.deciding)) await decide(stage.world, ledger, more.pick(places), more);
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
