/** Worlds in which filters keep issues at home: some are made so, some leave and come back. A label of its own each time says so. */
import type { Contract } from '#core/model/contract';
import type { SeededRandom } from '../../support/seeded-random';
import { answerAllBrakes, answerAny } from './ends-answers';
import { elementsOf, isOutside, outsideLabel, type Seen, type Word } from './ledger-words';
import type { Place } from './place';
import type { Kind, Stage } from './stage';

/** In a round: that somebody makes an issue that stays at home; that one leaves or comes back; that somebody answers. */
const making = 0.04;
const crossing = 0.25;
const answering = 0.1;

export const filters: Kind = { agree, play, beforeStart: answerAllBrakes, answer: answerAny };

/** The filters themselves stand in the bindings (`outsideFilter`). */
function agree(lots: SeededRandom, contract: Contract): Contract {
  const mappings = contract.mappings.map((mapping) => ({
    ...mapping,
    leaving: lots.pick(['keep', 'stop', 'mark', 'delete'] as const),
  }));
  return { ...contract, mappings };
}

async function play(lots: SeededRandom, stage: Stage): Promise<void> {
  if (lots.chance(making)) await make(lots, stage);
  if (lots.chance(crossing)) await cross(lots, stage);
  if (lots.chance(answering)) await answerAny(lots, stage);
}

async function make(lots: SeededRandom, { ledger, places, mappings, trace }: Stage): Promise<void> {
  ledger.tick();
  const place = lots.pick(places);
  const tag = `T${ledger.now}`;
  const mapping = lots.pick(mappings);
  const words: Record<string, Word> = { summary: `${tag} new`, labels: [outsideLabel(0)] };
  const id = await place.create(mapping, words);
  trace(`${place.name}: somebody makes ${tag} (${id}), which stays at home`);
  const seen = await place.look(id);
  ledger.created({ tag, mapping, origin: place.name, takesPart: 'yes' }, seen?.words ?? words);
}

/** Only originals: filters speak of issues of their own site. */
async function cross(lots: SeededRandom, stage: Stage): Promise<void> {
  const { ledger, places, counts, trace } = stage;
  const place = lots.pick(places);
  const own = place
    .issueIds()
    .filter((id) => ledger.stories.get(place.tagOf(id) ?? '')?.origin === place.name);
  const seen = own.length === 0 ? undefined : await place.look(lots.pick(own));
  if (seen === undefined) return;
  ledger.tick();
  const shown = seen.words['labels'] ?? [];
  const isBack = isOutside(shown);
  const word = isBack ? elementsOf(shown).filter((one) => !isOutside([one])) : withNext(stage, seen);
  const hasTwin = places.some((one) => one !== place && hasIssue(one, seen.tag));
  if (!isBack && hasTwin) counts.leavings += 1;
  trace(`${place.name}: ${seen.tag} (${seen.id}) ${isBack ? 'comes back' : 'leaves'}, labels ${word}`);
  ledger.wrote(place.name, seen.tag, 'labels', { shown, word });
  if (hasTwin) ledger.story(seen.tag).hadTwin = true;
  await place.set(seen.id, 'labels', word);
}

/** No label is given twice to one issue: the ledger tells words apart by their name. */
function withNext({ ledger }: Stage, { tag, words }: Seen): Word {
  const all = (ledger.story(tag).edits.get('labels') ?? []).flatMap(({ word }) => elementsOf(word));
  const count = new Set(all.filter((one) => isOutside([one]))).size;
  return [...elementsOf(words['labels']), outsideLabel(count)].sort();
}

function hasIssue(place: Place, tag: string): boolean {
  return place.issueIds().some((id) => place.tagOf(id) === tag);
}
