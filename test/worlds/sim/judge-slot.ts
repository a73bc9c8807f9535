/** Judges one field of one issue on both sites by what people wrote. */
import type { Edit } from './ledger';
import {
  elementsOf,
  type Finding,
  type Senders,
  type Shape,
  type SiteName,
  sameWord,
  type Word,
} from './ledger-words';

export interface SlotCase {
  /** For people: issue and field. */
  name: string;
  shape: Shape;
  edits: readonly Edit[];
  found: Readonly<Record<SiteName, Word>>;
  /** Whose changes travelled under every revision. */
  senders: Senders;
  /** All that stands in logs and quarantine, and how a word is said there. */
  logs: string;
  says(word: Word): string;
}

/** Only for a field whose direction never changed. */
export function judgeSlot(slot: SlotCase): Finding[] {
  const { acme, globex } = slot.senders;
  if (acme && globex) return judgeShared(slot);
  return acme ? judgeOneWay(slot, 'acme', 'globex') : judgeOneWay(slot, 'globex', 'acme');
}

function judgeShared(slot: SlotCase): Finding[] {
  const { acme, globex } = slot.found;
  if (!sameWord(acme, globex)) {
    const text = `${slot.name} is ${say(acme)} on acme and ${say(globex)} on globex`;
    return [{ what: 'diverged', text: `${text}; ${history(slot)}` }];
  }
  switch (slot.shape) {
    case 'unique':
      return judgeUnique(slot, acme);
    case 'few':
      return judgeFew(slot, acme);
    case 'set':
      return judgeElements(slot, elementsOf(acme), false);
    case 'list':
      return judgeElements(slot, elementsOf(acme), true);
  }
}

/** The site that sends keeps its people's word; the other one has it too unless its own people wrote over it. */
function judgeOneWay(slot: SlotCase, from: SiteName, to: SiteName): Finding[] {
  const findings: Finding[] = [];
  const own = slot.edits.filter(({ site }) => site === from);
  const theirs = slot.edits.filter(({ site }) => site === to);
  const last = own.at(-1);
  if (last !== undefined && !sameWord(last.word, slot.found[from])) {
    const text = `${slot.name} is ${say(slot.found[from])} on ${from}, where only its people write; ${history(slot)}`;
    findings.push({ what: 'lost', text });
  }
  const isTheirs =
    theirs.some(({ word }) => sameWord(word, slot.found[to])) || theirs.some(({ isBlind }) => isBlind);
  const isFree = theirs.length > 0 && (isTheirs || slot.shape === 'set' || slot.shape === 'list');
  if (!isFree && last !== undefined && !sameWord(slot.found[from], slot.found[to])) {
    const text = `${slot.name} is ${say(slot.found[from])} on ${from} and ${say(slot.found[to])} on ${to}`;
    findings.push({ what: 'diverged', text: `${text}; ${history(slot)}` });
  }
  return findings;
}

/** One of the last words that nobody who saw it wrote over; the others stand in the log. */
function judgeUnique(slot: SlotCase, found: Word): Finding[] {
  if (slot.edits.length === 0) return [];
  const last = slot.edits.filter((edit) => !isOverwritten(edit, slot.edits));
  const isKnown = last.some(({ word }) => sameWord(word, found));
  const isExcused =
    last.some(({ isBlind }) => isBlind) && slot.edits.some(({ word }) => sameWord(word, found));
  if (!isKnown && !isExcused) {
    return [{ what: 'lost', text: `${slot.name} is ${say(found)}; ${history(slot)}` }];
  }
  return last
    .filter((edit) => !edit.isBlind && edit.alsoShown === undefined && !wasAsked(edit, slot.edits))
    .filter((edit) => !sameWord(edit.word, found) && edit.word !== null)
    .filter(({ word }) => !slot.logs.includes(slot.says(word)))
    .map(({ word }) => ({
      what: 'lost' as const,
      text: `${slot.name}: ${say(word)} was overwritten in silence by ${say(found)}; ${history(slot)}`,
    }));
}

function isOverwritten(edit: Edit, all: readonly Edit[]): boolean {
  return all.some((later) => {
    // An answer to a conflict that comes too late is dropped, so it takes nothing away for sure.
    if (later.n <= edit.n || later.alsoShown !== undefined) return false;
    return later.site === edit.site || sameWord(later.shown, edit.word);
  });
}

/** Somebody who was asked saw it, and chose. */
function wasAsked(edit: Edit, all: readonly Edit[]): boolean {
  return all.some(({ n, shown, alsoShown }) => {
    if (n <= edit.n || alsoShown === undefined) return false;
    return sameWord(shown, edit.word) || sameWord(alsoShown, edit.word);
  });
}

/** Values come back, so only the last word of each site can be held against what is there. */
function judgeFew(slot: SlotCase, found: Word): Finding[] {
  const answers = slot.edits.filter(({ alsoShown }) => alsoShown !== undefined);
  const typed = slot.edits.filter(({ alsoShown }) => alsoShown === undefined);
  const last = [
    ...(['acme', 'globex'] as const).flatMap(
      (site) => typed.filter((edit) => edit.site === site).at(-1) ?? [],
    ),
    ...answers,
  ];
  const possible = last.some(({ isBlind }) => isBlind) ? slot.edits : last;
  if (last.length === 0 || possible.some(({ word }) => sameWord(word, found))) return [];
  return [{ what: 'lost', text: `${slot.name} is ${say(found)}; ${history(slot)}` }];
}

interface Element {
  isAdded: boolean;
  isRemoved: boolean;
  isBlind: boolean;
}

/** `isText`: edits that touch each other go by the policy, and who loses stands in the log. */
function judgeElements(slot: SlotCase, found: readonly string[], isText: boolean): Finding[] {
  const findings: Finding[] = [];
  const isContested = isText && hasConcurrent(slot.edits);
  const elements = elementsIn(slot.edits);
  for (const [name, element] of elements) {
    const count = found.filter((one) => one === name).length;
    if (count > 1) findings.push({ what: 'duplicated', text: `${slot.name} has "${name}" ${count} times` });
    if (element.isBlind) continue;
    const isLogged = isContested && slot.logs.includes(slot.says(name));
    if (count === 0 && element.isAdded && !element.isRemoved && !isLogged) {
      findings.push({
        what: 'lost',
        text: `${slot.name} has lost "${name}": ${say(found)}; ${history(slot)}`,
      });
    }
    if (count > 0 && element.isRemoved && !isContested) {
      findings.push({
        what: 'lost',
        text: `${slot.name} has "${name}" again, which was removed; ${history(slot)}`,
      });
    }
  }
  for (const name of found) {
    if (!elements.has(name))
      findings.push({ what: 'duplicated', text: `${slot.name}: nobody wrote "${name}"` });
  }
  return findings;
}

function elementsIn(edits: readonly Edit[]): Map<string, Element> {
  const elements = new Map<string, Element>();
  for (const edit of edits) {
    const before = [...elementsOf(edit.shown), ...elementsOf(edit.alsoShown)];
    const after = elementsOf(edit.word);
    for (const name of [...before, ...after]) {
      const known = elements.get(name) ?? { isAdded: false, isRemoved: false, isBlind: false };
      const isChanged = before.includes(name) !== after.includes(name);
      elements.set(name, {
        isAdded: known.isAdded || (isChanged && after.includes(name)),
        isRemoved: known.isRemoved || (isChanged && before.includes(name)),
        isBlind: known.isBlind || (isChanged && edit.isBlind),
      });
    }
  }
  return elements;
}

/** Somebody wrote while an edit of the other site was still on its way. */
function hasConcurrent(edits: readonly Edit[]): boolean {
  return edits.some((edit) =>
    edits.some((other) => {
      if (other.n <= edit.n || other.site === edit.site) return false;
      const added = elementsOf(edit.word).filter((name) => !elementsOf(edit.shown).includes(name));
      const removed = elementsOf(edit.shown).filter((name) => !elementsOf(edit.word).includes(name));
      const shown = elementsOf(other.shown);
      return added.some((name) => !shown.includes(name)) || removed.some((name) => shown.includes(name));
    }),
  );
}

function say(word: Word): string {
  return JSON.stringify(word);
}

function history({ edits }: SlotCase): string {
  const lines = edits.map(({ n, site, shown, word, isBlind }) => {
    return `${n} ${site} ${say(shown)} > ${say(word)}${isBlind ? ' (written over unseen)' : ''}`;
  });
  return `people wrote: ${lines.slice(-8).join(', ')}`;
}
