/** Judges what filters keep at home: no twin of what never came in, none lost of what left, and no word that was written at home. */
import type { Edit, Ledger, Story } from './ledger';
import { type Finding, isOutside, type Leaving, otherSite, type Seen, sameWord } from './ledger-words';

/** What is agreed; it never changes in one world. */
export function leavingOf(ledger: Ledger, { mapping }: Pick<Story, 'mapping'>): Leaving | undefined {
  return ledger.terms[0]?.[mapping]?.leaving;
}

/** Whether the pair rests or is over, so that both sites go apart. `original`: as it stands now. */
export function isAtHome(ledger: Ledger, story: Story, original: Seen | undefined): boolean {
  const leaving = leavingOf(ledger, story);
  if (leaving === undefined || leaving === 'keep') return false;
  if (leaving === 'delete' && story.answers.size > 0) return true;
  return isOutside(original?.words['labels']);
}

/** How many twins there may be, of an original that is there. Undefined: the filter has nothing to say. */
export function rangeOfFilter(
  ledger: Ledger,
  story: Story,
  original: Seen | undefined,
): [number, number] | undefined {
  const leaving = leavingOf(ledger, story);
  if (leaving === undefined || original === undefined) return undefined;
  const edits = labelsOf(story);
  if (edits.every(({ word }) => isOutside(word))) return [0, 0];
  if (!edits.some(({ word }) => isOutside(word))) return undefined;
  if (leaving === 'delete') {
    const isAsked = story.answers.get(otherSite(story.origin)) === 'keep' || ledger.hasKeptMany;
    if (isAsked) return [0, 1];
    if (isOutside(original.words['labels'])) return [0, 0];
    return story.hadTwin ? undefined : [0, 1];
  }
  if (isOutside(original.words['labels'])) return [story.hadTwin ? 1 : 0, 1];
  return undefined;
}

/** An issue from before the start that nobody chose: an edit of what the filter looks at lets it in. */
export function mayHaveEntered(ledger: Ledger, story: Story): boolean {
  return leavingOf(ledger, story) !== undefined && labelsOf(story).length > 1;
}

/** Whether the filter may have let the app delete the twin: its original had left before. */
export function mayHaveLeft(ledger: Ledger, story: Story): boolean {
  return leavingOf(ledger, story) === 'delete' && labelsOf(story).some(({ word }) => isOutside(word));
}

/** A comment on the twin says that its original left; once, and only while it is away. */
export function judgeLeft(ledger: Ledger, story: Story, original: Seen | undefined, twin: Seen): Finding[] {
  if (original === undefined || leavingOf(ledger, story) !== 'mark') return [];
  if (story.removed.size > 0 || !isOutside(original.words['labels'])) return [];
  const count = twin.parts.comment.filter((one) => one.isCopy && marking.test(one.author)).length;
  const name = `the twin of ${story.tag}`;
  if (count > 1) return [{ what: 'duplicated', text: `${name} is marked ${count} times` }];
  return count === 1 ? [] : [{ what: 'lost', text: `nothing on ${name} says that its original left` }];
}

const marking = /^The twin of this issue.* does not match the filter any more/;

/** What people wrote while the issue was at home, and what nobody could see any more when it came back. */
export function keptAtHome(ledger: Ledger, story: Story): string[] {
  const leaving = leavingOf(ledger, story);
  if (leaving === undefined || leaving === 'keep') return [];
  const spans = spansOf(labelsOf(story));
  const words = ['summary', 'note'].flatMap((slot) => {
    // An answer chooses among words that were written before, and each is judged by when it was written: what both sites disagree
    // about was said before the issue left. The answer itself waits until it comes back, so it covers nothing either.
    const own = (story.edits.get(slot) ?? []).filter((edit) => {
      return edit.site === story.origin && edit.alsoShown === undefined;
    });
    return own.flatMap(({ n, word }, index) => {
      const span = spans.find(({ from, to }) => n > from && n < to);
      const next = own[index + 1];
      const isOver = next !== undefined && !sameWord(next.word, word) && next.n < (span?.to ?? 0);
      return span !== undefined && typeof word === 'string' && (isOver || span.to === always) ? [word] : [];
    });
  });
  const comments = story.parts
    .filter(({ kind, site, at, isDeleted, texts }) => {
      const span = spans.find(({ from, to }) => at > from && at < to);
      return (
        kind === 'comment' && site === story.origin && !isDeleted && texts.length === 1 && span?.to === always
      );
    })
    .flatMap(({ texts }) => texts);
  return [...words, ...comments];
}

const always = Number.POSITIVE_INFINITY;

/** When the original was at home, in the ledger's count. */
function spansOf(edits: readonly Edit[]): { from: number; to: number }[] {
  const spans: { from: number; to: number }[] = [];
  for (const { n, word } of edits) {
    const open = spans.at(-1);
    if (isOutside(word) && (open === undefined || open.to !== always)) spans.push({ from: n, to: always });
    else if (!isOutside(word) && open?.to === always) open.to = n;
  }
  return spans;
}

/** What people of its own site wrote there, from the beginning. */
function labelsOf({ edits, origin }: Story): Edit[] {
  const own = (edits.get('labels') ?? []).filter(({ site }) => site === origin);
  return own;
}
