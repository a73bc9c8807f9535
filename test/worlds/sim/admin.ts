/** What admins do while the world goes on: stop, start, publish new terms, confirm them, try again what waits. */
import { confirmationOf, narrowContract } from '#core/agreement/narrow-contract';
import type { Contract } from '#core/model/contract';
import { readNewestContract, setContract, setPublished } from '#engine/agree/read-contract';
import { tellTermsIfDue } from '#engine/agree/tell-terms';
import { answerBrake } from '#engine/brakes/answer-brake';
import { requirePair } from '#engine/conflicts/leave-order';
import { listConflicts } from '#engine/conflicts/list-conflicts';
import { resolveConflict } from '#engine/conflicts/resolve-conflict';
import { Refusal } from '#engine/errors';
import { retryProblems } from '#engine/retry-problems';
import { startRun } from '#engine/start-run';
import { stopRun } from '#engine/stop-run';
import { readConnection, updateConnection } from '#engine/update-connection';
import type { SeededRandom } from '../../support/seeded-random';
import { link, type Side, type World } from '../world';
import type { Ledger } from './ledger';
import type { Place } from './place';
import { sharedWord } from './slots';
import { bindingsOf, changedContract, enriched, termsOf } from './terms';

export async function stopOrStart(world: World): Promise<void> {
  const side = world.random.pick([world.acme, world.globex]);
  if (world.random.chance(0.4)) await stopRun(side.ports(), { id: link });
  else await start(side);
}

/** A safety stop has to be answered first. */
export async function start(side: Side): Promise<void> {
  try {
    await startRun(side.ports(), { id: link });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}

/**
 * As the screen does it, without the checks against the catalog, which random terms always pass. False: the last revision
 * is not confirmed yet.
 */
export async function publish(
  world: World,
  ledger: Ledger,
  more: SeededRandom | undefined,
): Promise<boolean> {
  const ports = world.acme.ports();
  const row = await readConnection(ports, link);
  if (row === undefined || row.agreedRevision < row.latestRevision) return false;
  const before = await readNewestContract(ports, row);
  const changed = changedContract(world.random, before ?? world.setting.contract);
  const contract = more?.chance(0.4) === true ? enriched(more, changed) : changed;
  ledger.terms.push(termsOf(contract));
  await setTerms(world, contract);
  return true;
}

/**
 * The primary forgot a revision and says that what stands there is right: it is published again. False: nobody is asked that.
 */
export async function publishAgain(world: World, ledger: Ledger): Promise<boolean> {
  const ports = world.acme.ports();
  const row = await readConnection(ports, link);
  if (row?.brake?.reason !== 'termsLost') return false;
  await answerBrake(ports, { id: link, at: row.brake.at, answer: 'publish' });
  const known = (await readNewestContract(ports, row)) ?? world.setting.contract;
  const contract = { ...known, revision: row.latestRevision + 1 };
  ledger.terms.push(termsOf(contract));
  await setTerms(world, contract);
  return true;
}

async function setTerms(world: World, contract: Contract): Promise<void> {
  const ports = world.acme.ports();
  await updateConnection(
    ports,
    link,
    (current) => ({
      ...current,
      latestRevision: contract.revision,
      proposal: bindingsOf(contract, world.globex.facts),
      termsDue: { kind: 'publish' },
    }),
    () => setPublished(link, contract),
  );
  await tellTermsIfDue(ports, link);
}

/** The secondary imports the newest revision, if there is one. */
export async function confirm(world: World): Promise<void> {
  const ports = world.globex.ports();
  const row = await readConnection(ports, link);
  if (row === undefined || row.agreedRevision >= row.latestRevision) return;
  const contract = await readNewestContract(ports, row);
  if (contract === undefined) return;
  const confirmation = confirmationOf(contract, row.bindings);
  await updateConnection(
    ports,
    link,
    (current) => ({
      ...current,
      agreedRevision: contract.revision,
      termsDue: { kind: 'confirm', revision: contract.revision, ...confirmation },
    }),
    () => [setContract(link, narrowContract(contract, confirmation))],
  );
  await tellTermsIfDue(ports, link);
}

/** Somebody on this site answers one of its conflicts: for one of both values. False: nobody is asked. */
export async function decide(
  world: World,
  ledger: Ledger,
  place: Place,
  more: SeededRandom,
): Promise<boolean> {
  const ports = world[place.name].ports();
  const { conflicts } = await listConflicts(ports, { id: link });
  if (conflicts.length === 0) return false;
  const { pair, slot: id, version, here, partner } = more.pick(conflicts);
  const take = more.pick(['here', 'partner'] as const);
  try {
    const { pair: row } = await requirePair(ports, link, pair);
    await resolveConflict(ports, { id: link, pair, slot: id, version, take });
    const tag = place.tagOf(row.local?.id ?? '');
    if (tag === undefined) return true;
    const [mine, theirs] = [sharedWord(id, here.value), sharedWord(id, partner.value)];
    ledger.tick();
    ledger.decided(place.name, tag, id, { mine, theirs, word: take === 'here' ? mine : theirs });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
  return true;
}

/** *Try again* on both sites; false when nothing waits. */
export async function tryAgain(world: World): Promise<boolean> {
  let retried = 0;
  for (const side of [world.acme, world.globex]) {
    try {
      retried += (await retryProblems(side.ports(), { id: link })).retried;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
  return retried > 0;
}
