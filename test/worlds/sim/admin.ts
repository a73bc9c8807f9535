/** What admins do while the world goes on: stop, start, publish new terms, confirm them, try again what waits. */
import { confirmationOf, narrowContract } from '#core/agreement/narrow-contract';
import { readNewestContract, setContract, setPublished } from '#engine/agree/read-contract';
import { tellTermsIfDue } from '#engine/agree/tell-terms';
import { Refusal } from '#engine/errors';
import { retryProblems } from '#engine/retry-problems';
import { startRun } from '#engine/start-run';
import { stopRun } from '#engine/stop-run';
import { readConnection, updateConnection } from '#engine/update-connection';
import { link, type Side, type World } from '../world';
import type { Ledger } from './ledger';
import { bindingsOf, changedContract, termsOf } from './terms';

export async function stopOrStart(world: World): Promise<void> {
  const side = world.random.pick([world.acme, world.globex]);
  if (world.random.chance(0.4)) await stopRun(side.ports(), { id: link });
  else await start(side);
}

export async function start(side: Side): Promise<void> {
  await startRun(side.ports(), { id: link });
}

/**
 * As the screen does it, without the checks against the catalog, which random terms always pass. False: the last revision
 * is not confirmed yet.
 */
export async function publish(world: World, ledger: Ledger): Promise<boolean> {
  const ports = world.acme.ports();
  const row = await readConnection(ports, link);
  if (row === undefined || row.agreedRevision < row.latestRevision) return false;
  const before = await readNewestContract(ports, row);
  const contract = changedContract(world.random, before ?? world.setting.contract);
  ledger.terms.push(termsOf(contract));
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
  return true;
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
