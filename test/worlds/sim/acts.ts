/** What random people do: one entry for each kind of act. A new kind is a new entry. */
import type { SeededRandom } from '../../support/seeded-random';
import { type Act, type Acting, deletePart, type OnIssue, ownPart } from './acting';
import { moreActs } from './acts-more';
import type { Edit } from './ledger';
import { elementsOf, sameWord, type Word } from './ledger-words';
import { slots } from './slots';

/** Some issue of the place, or a new one. */
export async function act(acting: Acting): Promise<void> {
  const { ledger, random, place } = acting;
  ledger.tick();
  const ids = place.issueIds();
  if (ids.length === 0 || random.chance(ids.length < 3 ? 0.2 : 0.05)) return create(acting);
  await actOn(acting, random.pick(ids), acts);
}

/** What came to people later than the rest; apart from it, so that old seeds mean what they meant. */
export async function actMore(acting: Acting): Promise<void> {
  acting.ledger.tick();
  const ids = acting.place.issueIds();
  if (ids.length > 0) await actOn(acting, acting.random.pick(ids), moreActs);
}

/** Where it can be seen, and people know it. */
export async function editAField(acting: Acting, issueId: string): Promise<void> {
  acting.ledger.tick();
  await actOn(acting, issueId, acts.slice(0, 1));
}

async function actOn(acting: Acting, issueId: string, choices: readonly Act[]): Promise<void> {
  const { ledger, place } = acting;
  const seen = await place.look(issueId);
  const story = seen === undefined ? undefined : ledger.stories.get(seen.tag);
  if (seen === undefined || story === undefined) return;
  const chosen = choose(acting.random, choices);
  acting.trace(`${place.name}: ${chosen.name} at ${seen.tag} (${seen.id})`);
  await chosen.run({ ...acting, seen, story });
}

async function create({ ledger, random, place, mappings, slotIds, isBefore, trace }: Acting): Promise<void> {
  const tag = `T${ledger.now}`;
  const mapping = random.pick(mappings);
  const words: Record<string, Word> = { summary: `${tag} new` };
  if (slotIds.has('labels') && random.chance(0.6)) words['labels'] = [`l${ledger.now}`];
  if (slotIds.has('body') && random.chance(0.5)) words['body'] = [`body ${ledger.now}.`];
  if (slotIds.has('due') && random.chance(0.3)) words['due'] = '2019-05-05';
  const id = await place.create(mapping, words);
  trace(`${place.name}: somebody makes ${tag} (${id}) ${JSON.stringify(words)}`);
  const seen = await place.look(id);
  const takesPart = isBefore ? 'perhaps' : 'yes';
  ledger.created({ tag, mapping, origin: place.name, takesPart }, seen?.words ?? words);
}

function choose(random: SeededRandom, choices: readonly Act[]): Act {
  let rest = random.below(choices.reduce((sum, { weight }) => sum + weight, 0));
  for (const one of choices) {
    if (rest < one.weight) return one;
    rest -= one.weight;
  }
  throw new Error('No act.');
}

const acts: readonly Act[] = [
  { name: 'edit a field', weight: 55, run: editField },
  { name: 'move through the workflow', weight: 9, run: moveStatus },
  { name: 'comment', weight: 12, run: (on) => comment(on, false) },
  { name: 'comment in private', weight: 2, run: (on) => comment(on, true) },
  { name: 'edit a comment', weight: 7, run: editComment },
  { name: 'delete a comment', weight: 4, run: (on) => deletePart(on, 'comment') },
  { name: 'delete the issue', weight: 1, run: removeIssue },
];

/** In worlds with crashes each of these is edited on one site only, so that nobody sets one back by chance. */
const homes: Record<string, string> = { priority: 'acme' };

async function editField(on: OnIssue): Promise<void> {
  const { ledger, random, place, seen, story, isCrashing, slotIds } = on;
  const own = slots.filter(
    ({ id }) => slotIds.has(id) && (!isCrashing || (homes[id] ?? place.name) === place.name),
  );
  const slot = random.pick(own);
  const shown = seen.words[slot.id] ?? null;
  const edits = story.edits.get(slot.id) ?? [];
  const word = slot.fresh({
    random,
    n: ledger.now,
    tag: seen.tag,
    facts: place.facts,
    shown,
    used: new Set(
      edits.flatMap((edit) => (typeof edit.word === 'string' ? edit.word : elementsOf(edit.word))),
    ),
    mayRemove: (element) => !isCrashing || isOwn(edits, place.name, element),
  });
  if (word === undefined || sameWord(word, shown)) return;
  ledger.wrote(place.name, seen.tag, slot.id, { shown, word });
  on.trace(
    `${place.name}: somebody edits ${seen.tag} (${seen.id}) ${slot.id} ${JSON.stringify(shown)} > ${JSON.stringify(word)}`,
  );
  await place.set(seen.id, slot.id, word);
}

/** True when the element was added by people of this site. */
function isOwn(edits: readonly Edit[], site: string, element: string): boolean {
  return edits.find(({ word }) => elementsOf(word).includes(element))?.site === site;
}

async function moveStatus({ ledger, random, place, seen, slotIds }: OnIssue): Promise<void> {
  const shown = seen.words['status'] ?? null;
  const position = String(random.below(place.facts.statuses.length));
  if (!slotIds.has('status') || position === shown) return;
  if (!(await place.move(seen.id, position))) return;
  ledger.wrote(place.name, seen.tag, 'status', { shown, word: position });
}

async function comment({ ledger, place, seen, isBefore }: OnIssue, isRestricted: boolean): Promise<void> {
  const text = `comment ${ledger.now}.`;
  const part = {
    kind: 'comment',
    site: place.name,
    author: place.person,
    isRestricted,
    isOld: isBefore,
  } as const;
  ledger.added(seen.tag, part, text);
  await place.comment(seen.id, text, isRestricted);
}

async function editComment(on: OnIssue): Promise<void> {
  const own = ownPart(on, 'comment');
  if (own === undefined) return;
  const text = `comment ${on.ledger.now}.`;
  on.ledger.editedPart(on.seen.tag, own.text, text);
  await on.place.editPart('comment', on.seen.id, own.id, text);
}

/** A copy that is deleted before a dead worker's record of it is made up for looks as if it had never been made. */
async function removeIssue({ ledger, random, place, seen, story, isCrashing }: OnIssue): Promise<void> {
  if (random.chance(0.5) || (isCrashing && story.origin !== place.name)) return;
  ledger.removed(place.name, seen);
  await place.remove(seen.id);
}
