/** Judges what became of twins of deleted issues: none stays that is to go, none goes that nobody wanted to go, no edit is lost with one. */
import { mayHaveLeft } from './judge-filters';
import { type Allowed, allowed } from './judge-parts';
import type { Ledger, Story } from './ledger';
import {
  type AppWrite,
  elementsOf,
  type Finding,
  isElements,
  otherSite,
  type Seen,
  type Shape,
  type SiteName,
  sameWord,
} from './ledger-words';

export interface EndCase {
  story: Story;
  site: SiteName;
  /** What stands there. */
  found: readonly Seen[];
  /** What stands on the other site. */
  partner: readonly Seen[];
  /** All that stands in logs, and how a word is said there. */
  logs: string;
  shapes: Readonly<Record<string, Shape>>;
  says(slot: string, word: Seen['words'][string]): string;
}

/** Whether a twin on this site may be there, after all that happened to both. Undefined: nothing did. */
export function rangeAfterEnd(ledger: Ledger, story: Story, site: SiteName): [number, number] | undefined {
  if (story.removed.has(site) || story.deleted.has(site)) return [0, 0];
  if (!story.removed.has(otherSite(site))) return undefined;
  const isKept = story.answers.get(site) === 'keep' || ledger.hasKeptMany;
  const mustGo = agreed(ledger, story, site, 'delete') === 'always' && !isKept;
  return mustGo ? [0, 0] : undefined;
}

export function judgeEnd(ledger: Ledger, one: EndCase): Finding[] {
  const { story, site } = one;
  const removal = story.removed.get(otherSite(site));
  const readAt = story.deleted.get(site);
  const name = `${story.tag} on ${site}`;
  if (readAt === undefined) return removal === undefined ? [] : judgeMarks(ledger, one, name);
  const hasEnded = removal !== undefined && agreed(ledger, story, site, 'delete') !== 'never';
  const hasLeft = site !== story.origin && mayHaveLeft(ledger, story);
  // An original that left goes on: what is not in it by now was never seen there.
  const shown = removal?.seen ?? one.partner.find(({ tag }) => tag === story.tag);
  if ((!hasEnded && !hasLeft) || shown === undefined) {
    return [{ what: 'lost', text: `the app deleted ${name}, and nobody wanted that` }];
  }
  if (story.answers.get(site) === 'delete') return [];
  return unseenIn(ledger, one, { readAt, shown }).map((what) => ({
    what: 'lost',
    text: `the app deleted ${name} with ${what}, which the other site had not seen`,
  }));
}

/** Whether that was the policy for the twin on this site. */
function agreed(ledger: Ledger, story: Story, site: SiteName, policy: 'delete' | 'mark'): Allowed {
  return allowed(ledger, (terms) => terms[story.mapping]?.ends[otherSite(site)] === policy);
}

/** What people of this site wrote before the app looked, and nobody of the other one could see when they deleted theirs. */
function unseenIn(
  ledger: Ledger,
  { story, site, logs, shapes, says }: EndCase,
  { readAt, shown }: { readAt: number; shown: Seen },
): string[] {
  const isShared = (may: (terms: Ledger['terms'][number]) => boolean | undefined) =>
    allowed(ledger, (terms) => may(terms) === true) === 'always';
  const fields = [...story.edits].flatMap(([slot, edits]) => {
    const last = edits.filter(({ n }) => n <= readAt).at(-1);
    if (last?.site !== site || last.isBlind || last.alsoShown !== undefined) return [];
    if (!isShared((terms) => terms[story.mapping]?.slots[slot]?.[site])) return [];
    // Of values that come back the log says nothing; the app decided about it, as about any that both sites changed.
    if (shapes[slot] === 'few' && isWrittenOver(ledger, { tag: story.tag, site, slot, n: last.n })) return [];
    const stood = shown.words[slot] ?? null;
    const isSeen = isElements(last.word)
      ? elementsOf(last.word).every(
          (name) => elementsOf(last.shown).includes(name) || elementsOf(stood).includes(name),
        )
      : sameWord(last.word, stood);
    return isSeen || logs.includes(says(slot, last.word)) ? [] : [`an edit of ${slot}`];
  });
  const parts = story.parts.flatMap(({ kind, site: where, texts, isDeleted, isRestricted, isOld, at }) => {
    if (where !== site || isDeleted || isRestricted || isOld || at > readAt) return [];
    if (!isShared((terms) => terms[story.mapping]?.parts[kind][site])) return [];
    const text = texts.at(-1) ?? '';
    return shown.parts[kind].some((part) => part.text === text) ? [] : [`${kind} "${text}"`];
  });
  return [...fields, ...parts];
}

function isWrittenOver({ appWrites }: Ledger, edit: Pick<AppWrite, 'tag' | 'site' | 'slot' | 'n'>): boolean {
  return appWrites.some(({ tag, site, slot, n }) => {
    return tag === edit.tag && site === edit.site && slot === edit.slot && n >= edit.n;
  });
}

/** A comment of the app says that the twin was deleted: once, and only where that is agreed. */
function judgeMarks(ledger: Ledger, { story, site, found }: EndCase, name: string): Finding[] {
  const [twin] = found;
  if (twin === undefined || story.removed.has(site)) return [];
  const count = twin.parts.comment.filter(({ isCopy, author }) => isCopy && marking.test(author)).length;
  const policy = agreed(ledger, story, site, 'mark');
  if (count > 1) return [{ what: 'duplicated', text: `${name} is marked ${count} times` }];
  if (count === 1 && policy === 'never') return [{ what: 'diverged', text: `${name} is marked` }];
  if (count === 0 && policy === 'always' && !ledger.hasKeptMany && story.answers.size === 0) {
    return [{ what: 'lost', text: `nothing on ${name} says that its twin was deleted` }];
  }
  return [];
}

const marking = /^The twin of this issue.* was deleted on the partner site/;
