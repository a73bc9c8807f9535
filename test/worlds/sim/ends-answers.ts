/** What admins answer where they are asked whether a twin is to go: about one issue, and after many deletions at once. */
import { answerBrake } from '#engine/brakes/answer-brake';
import { answerEnd } from '#engine/lifecycle/answer-end';
import { listEnds } from '#engine/lifecycle/list-ends';
import { rowKeys } from '#engine/rows/keys';
import { readConnection } from '#engine/update-connection';
import type { SeededRandom } from '../../support/seeded-random';
import { link } from '../world';
import type { Place } from './place';
import type { Stage } from './stage';

export async function answerAllBrakes(lots: SeededRandom, stage: Stage): Promise<void> {
  while (await answerBrakes(lots, stage));
}

/** One question. False: there is none. */
export async function answerAny(lots: SeededRandom, stage: Stage): Promise<boolean> {
  if (await answerBrakes(lots, stage)) return true;
  const [first, second] = lots.chance(0.5) ? stage.places : [stage.places[1], stage.places[0]];
  return (await answerEnds(lots, stage, first)) || answerEnds(lots, stage, second);
}

/** An admin answers what becomes of an issue whose twin was deleted. */
async function answerEnds(
  lots: SeededRandom,
  { world, ledger, counts, trace }: Stage,
  place: Place,
): Promise<boolean> {
  const ports = world[place.name].ports();
  const listed = await listEnds(ports, { id: link });
  // What only waits to be seen again is for *Try again*.
  const open = listed.ends.find(({ answers }) => answers.some(({ id }) => id === 'delete'));
  if (open === undefined) return false;
  const chosen = lots.pick(['delete', 'keep'] as const);
  const row = await ports.store.get('pair', rowKeys.pair(link, open.pair));
  const { local } = (row?.body ?? {}) as { local?: { id: string } };
  const tag = place.tagOf(local?.id ?? '');
  trace(`${place.name}: asked about ${tag} (${open.reason}), an admin says ${chosen}`);
  await answerEnd(ports, { id: link, pair: open.pair, answer: chosen });
  counts.answers += 1;
  if (tag !== undefined) ledger.answered(place.name, tag, chosen);
  return true;
}

async function answerBrakes(lots: SeededRandom, stage: Stage): Promise<boolean> {
  const { world } = stage;
  for (const side of [world.acme, world.globex]) {
    const brake = (await readConnection(side.ports(), link))?.brake;
    if (brake?.reason !== 'massDeletion') continue;
    const chosen = lots.pick(['carryOut', 'carryOut', 'keep']);
    stage.trace(`${side.name}: ${brake.text} An admin says ${chosen}`);
    await answerBrake(side.ports(), { id: link, at: brake.at, answer: chosen });
    stage.counts.answers += 1;
    if (chosen === 'keep') stage.ledger.hasKeptMany = true;
    return true;
  }
  return false;
}
