/** Files and logged work: what people do with them. */
import { type Act, deletePart, type OnIssue, ownPart } from './acting';
import type { PartStory } from './ledger';
import type { PartKind } from './ledger-words';
import { workWord } from './place';

export const moreActs: readonly Act[] = [
  { name: 'attach a file', weight: 5, run: attach },
  { name: 'delete a file', weight: 2, run: (on) => deletePart(on, 'file') },
  { name: 'log work', weight: 5, run: log },
  { name: 'edit logged work', weight: 3, run: editWork },
  { name: 'delete logged work', weight: 2, run: (on) => deletePart(on, 'work') },
];

function partOf({ place, isBefore }: OnIssue, kind: PartKind): Omit<PartStory, 'texts' | 'at' | 'isDeleted'> {
  return { kind, site: place.name, author: place.person, isRestricted: false, isOld: isBefore };
}

async function attach(on: OnIssue): Promise<void> {
  const name = `file-${on.ledger.now}.txt`;
  on.ledger.added(on.seen.tag, partOf(on, 'file'), name);
  await on.place.attach(on.seen.id, name);
}

async function log(on: OnIssue): Promise<void> {
  const text = freshWork(on);
  on.ledger.added(on.seen.tag, partOf(on, 'work'), text);
  await on.place.log(on.seen.id, text);
}

async function editWork(on: OnIssue): Promise<void> {
  const own = ownPart(on, 'work');
  if (own === undefined) return;
  const text = freshWork(on);
  on.ledger.editedPart(on.seen.tag, own.text, text);
  await on.place.editPart('work', on.seen.id, own.id, text);
}

/** Jira counts minutes. */
function freshWork({ ledger }: OnIssue): string {
  return workWord(60 * ledger.now);
}
