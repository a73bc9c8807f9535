/** Worlds which agree on what becomes of twins of deleted issues: who deletes, one by one or everything. */
import type { Contract } from '#core/model/contract';
import type { SeededRandom } from '../../support/seeded-random';
import { answerAllBrakes, answerAny } from './ends-answers';
import { isForgetful } from './forget';
import type { Place } from './place';
import type { Kind, Stage } from './stage';

/** In a round: that somebody deletes an issue; that somebody answers. */
const removing = 0.15;
const answering = 0.1;
/** Share of worlds in which somebody deletes everything at once: then both sites stop and ask. */
const clearing = 0.1;

export const ends: Kind = { agree, play, beforeStart: answerAllBrakes, answer: answerAny };

function agree(lots: SeededRandom, contract: Contract): Contract {
  const mappings = contract.mappings.map((mapping) => ({
    ...mapping,
    lifecycle: {
      direction: lots.pick(['both', 'both', 'toSecondary', 'toPrimary'] as const),
      deletion: lots.pick(['delete', 'delete', 'mark', 'ignore'] as const),
      move: 'ignore' as const,
      archive: 'ignore' as const,
    },
  }));
  return { ...contract, mappings };
}

async function play(lots: SeededRandom, stage: Stage): Promise<void> {
  const { plan } = stage;
  if (lots.chance(removing)) {
    const place = lots.pick(stage.places);
    const ids = place.issueIds();
    if (ids.length > 0) await remove(stage, place, lots.pick(ids));
  }
  if (lots.chance(clearing / plan.rounds)) await removeAll(lots, stage);
  if (lots.chance(answering)) await answerAny(lots, stage);
}

async function remove({ ledger, plan, trace }: Stage, place: Place, issueId: string): Promise<void> {
  const seen = await place.look(issueId);
  const story = seen === undefined ? undefined : ledger.stories.get(seen.tag);
  if (seen === undefined || story === undefined) return;
  // Where workers die only originals are deleted (see `removeIssue`).
  if (isForgetful(plan) && story.origin !== place.name) return;
  ledger.tick();
  trace(`${place.name}: somebody deletes ${seen.tag} (${seen.id})`);
  ledger.removed(place.name, seen);
  await place.remove(seen.id);
}

async function removeAll(lots: SeededRandom, stage: Stage): Promise<void> {
  const place = lots.pick(stage.places);
  for (const issueId of place.issueIds()) await remove(stage, place, issueId);
}
