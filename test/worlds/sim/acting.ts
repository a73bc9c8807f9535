/** What somebody who does something has before them: the place, one issue as it is shown, and what is known of it. */
import type { SeededRandom } from '../../support/seeded-random';
import type { Ledger, Story } from './ledger';
import type { PartKind, Seen } from './ledger-words';
import type { Place } from './place';

export interface Acting {
  ledger: Ledger;
  random: SeededRandom;
  place: Place;
  mappings: readonly string[];
  /**
   * Workers die. An edit that takes back exactly what the app wrote, after that write and before a dead worker's record
   * of it is made up for, looks like no edit at all; only Jira's changelog could tell. So in such worlds nobody takes back
   * what came from the other site.
   */
  isCrashing: boolean;
  /** Slots that this world's contract knows. */
  slotIds: ReadonlySet<string>;
  trace(line: string): void;
  /** Existing issues: made before the two sites knew each other. */
  isBefore: boolean;
}

export interface OnIssue extends Acting {
  seen: Seen;
  story: Story;
}

export interface Act {
  name: string;
  /** How often, in relation to the others. */
  weight: number;
  run(on: OnIssue): Promise<void>;
}

/** A comment, file or logged work that people of this place added. */
export function ownPart(
  { ledger, random, place, seen }: OnIssue,
  kind: PartKind,
): { id: string; text: string } | undefined {
  const known = ledger.story(seen.tag).parts.filter((one) => one.site === place.name && !one.isRestricted);
  const own = seen.parts[kind].filter(
    (one) => !one.isCopy && known.some(({ texts }) => texts.at(-1) === one.text),
  );
  return own.length === 0 ? undefined : random.pick(own);
}

export async function deletePart(on: OnIssue, kind: PartKind): Promise<void> {
  const own = ownPart(on, kind);
  if (own === undefined) return;
  on.ledger.deletedPart(on.seen.tag, own.text);
  await on.place.deletePart(kind, on.seen.id, own.id);
}
