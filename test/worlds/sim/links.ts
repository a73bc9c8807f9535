/** Worlds in which people link issues with each other. */
import type { Contract } from '#core/model/contract';
import type { SeededRandom } from '../../support/seeded-random';
import { isForgetful } from './forget';
import type { Place } from './place';
import type { Kind, Stage } from './stage';

/** In a round: that somebody links two issues, or takes such a link away. */
const linking = 0.25;
const unlinking = 0.12;

export const links: Kind = { agree, play, beforeStart: async () => undefined, answer: async () => false };

function agree(lots: SeededRandom, contract: Contract): Contract {
  const mappings = contract.mappings.map((mapping) => ({
    ...mapping,
    links: lots.pick(['both', 'both', 'toSecondary', 'toPrimary'] as const),
  }));
  return { ...contract, mappings };
}

async function play(lots: SeededRandom, stage: Stage): Promise<void> {
  if (lots.chance(linking)) linkSome(lots, stage, lots.pick(stage.places));
  if (lots.chance(unlinking)) unlinkSome(lots, stage, lots.pick(stage.places));
}

/** No link is made twice: the ledger tells what somebody took away from what never came. */
function linkSome(lots: SeededRandom, { ledger, trace }: Stage, place: Place): void {
  const ids = place.issueIds();
  if (place.links === undefined || ids.length < 2) return;
  const [from, to] = [lots.pick(ids), lots.pick(ids)];
  const type = lots.pick(['Blocks', 'Relates'] as const);
  const link = { type, from: place.tagOf(from) ?? '', to: place.tagOf(to) ?? '' };
  if (from === to || ledger.link(link) !== undefined) return;
  if (!ledger.stories.has(link.from) || !ledger.stories.has(link.to)) return;
  ledger.tick();
  trace(`${place.name}: ${link.from} (${from}) ${type} ${link.to} (${to})`);
  ledger.linked(place.name, link);
  place.links.add(type, from, to);
}

/** Where workers die nobody takes back what came from the other site (see `Acting`). */
function unlinkSome(lots: SeededRandom, { ledger, plan, trace }: Stage, place: Place): void {
  const shown = (place.links?.list() ?? []).filter((one) => {
    const known = ledger.link(one);
    return (
      known !== undefined && known.removed === undefined && (!isForgetful(plan) || known.site === place.name)
    );
  });
  if (shown.length === 0) return;
  const link = lots.pick(shown);
  ledger.tick();
  trace(`${place.name}: ${link.from} no longer ${link.type} ${link.to}`);
  ledger.unlinked(place.name, link);
  place.links?.remove(link.id);
}
