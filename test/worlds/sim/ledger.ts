/** Ledger: what people did, kept apart from everything the app does. Imports nothing of the app. */
import {
  type AppWrite,
  elementsOf,
  type Link,
  otherSite,
  type PartKind,
  type Seen,
  type SiteName,
  type Terms,
  type Word,
} from './ledger-words';

/** One edit of one field by a person. */
export interface Edit {
  n: number;
  site: SiteName;
  word: Word;
  /** What the person saw before. */
  shown: Word;
  /** The answer to a conflict: what stood on the other site. */
  alsoShown?: Word;
  /** The app wrote over it between reading and writing, which Jira cannot prevent. */
  isBlind: boolean;
}

/** A comment, logged work or a file. */
export interface PartStory {
  kind: PartKind;
  site: SiteName;
  author: string;
  /** What it said, one after the other; `at`: the last of it, in the ledger's own count. */
  texts: string[];
  at: number;
  isDeleted: boolean;
  /** When, in the ledger's own count; `isForgotten`: and the app may have forgotten that it heard of it. */
  deletedAt?: number;
  isForgotten?: true;
  isRestricted: boolean;
  /** Written before the two sites knew each other. */
  isOld: boolean;
}

/** Everything that people did with one issue. */
export interface Story {
  tag: string;
  mapping: string;
  origin: SiteName;
  /** Existing issue: whether somebody chose it. */
  takesPart: 'yes' | 'no' | 'perhaps';
  edits: Map<string, Edit[]>;
  parts: PartStory[];
  removed: Map<SiteName, Removal>;
  /** The app deleted it, having read it at this time. */
  deleted: Map<SiteName, number>;
  /** What an admin said about it when its twin was gone. */
  answers: Map<SiteName, 'delete' | 'keep'>;
  /** A twin was there when it left, or came back. */
  hadTwin: boolean;
}

/** Somebody deleted an issue, and what stood in it then. */
interface Removal {
  n: number;
  seen: Seen;
}

/** A link that somebody made on one site, and took away on one. */
export interface LinkStory extends Link {
  site: SiteName;
  removed: SiteName | undefined;
}

export class Ledger {
  readonly stories = new Map<string, Story>();
  /** Every revision that was ever published. */
  readonly terms: Terms[] = [];
  readonly appWrites: AppWrite[] = [];
  readonly links: LinkStory[] = [];
  /** Edits of a field whose last edit on the other site was not to be seen yet. */
  conflicts = 0;
  blind = 0;
  /** An admin said of many deletions at once that the twins stay. */
  hasKeptMany = false;
  private count = 0;

  /** The next moment; also makes values that nobody wrote before. */
  tick(): number {
    this.count += 1;
    return this.count;
  }

  get now(): number {
    return this.count;
  }

  created(story: Pick<Story, 'tag' | 'mapping' | 'origin' | 'takesPart'>, words: Record<string, Word>): void {
    const edits = new Map<string, Edit[]>();
    for (const [slot, word] of Object.entries(words)) {
      edits.set(slot, [{ n: this.count, site: story.origin, word, shown: null, isBlind: false }]);
    }
    this.stories.set(story.tag, {
      ...story,
      edits,
      parts: [],
      removed: new Map(),
      deleted: new Map(),
      answers: new Map(),
      hadTwin: false,
    });
  }

  wrote(site: SiteName, tag: string, slot: string, { shown, word }: { shown: Word; word: Word }): void {
    const edits = this.editsOf(tag, slot);
    const apart = edits.filter((one) => one.site === otherSite(site)).at(-1);
    if (apart !== undefined && !isSeen(apart, shown)) this.conflicts += 1;
    edits.push({ n: this.count, site, word, shown, isBlind: false });
  }

  /** Somebody who saw both values of a conflict chose one; it is written later. */
  decided(
    site: SiteName,
    tag: string,
    slot: string,
    { mine, theirs, word }: { mine: Word; theirs: Word; word: Word },
  ): void {
    this.editsOf(tag, slot).push({
      n: this.count,
      site,
      word,
      shown: mine,
      alsoShown: theirs,
      isBlind: false,
    });
  }

  added(tag: string, part: Omit<PartStory, 'texts' | 'at' | 'isDeleted'>, text: string): void {
    this.story(tag).parts.push({ ...part, texts: [text], at: this.count, isDeleted: false });
  }

  editedPart(tag: string, before: string, after: string): void {
    const part = this.part(tag, before);
    part.texts.push(after);
    part.at = this.count;
  }

  deletedPart(tag: string, text: string): void {
    const part = this.part(tag, text);
    part.isDeleted = true;
    part.deletedAt = this.count;
  }

  removed(site: SiteName, seen: Seen): void {
    this.story(seen.tag).removed.set(site, { n: this.count, seen });
  }

  answered(site: SiteName, tag: string, answer: 'delete' | 'keep'): void {
    this.story(tag).answers.set(site, answer);
  }

  appDeleted(site: SiteName, tag: string, readAt: number): void {
    this.stories.get(tag)?.deleted.set(site, readAt);
  }

  /** The app wrote. `readAt`: when it had read the issue; an edit after that could not be seen by it. */
  appWrote(write: Omit<AppWrite, 'n'>, readAt: number): void {
    this.appWrites.push({ ...write, n: this.count });
    // The history that comes with the answer of an edit shows what was there; a transition has no such answer.
    if (write.slot !== 'status') return;
    const unseen = this.editsOf(write.tag, write.slot).filter(
      (edit) => edit.site === write.site && edit.n > readAt && !edit.isBlind,
    );
    for (const edit of unseen) {
      edit.isBlind = true;
      this.blind += 1;
    }
  }

  link({ type, from, to }: Link): LinkStory | undefined {
    return this.links.find((one) => one.type === type && one.from === from && one.to === to);
  }

  linked(site: SiteName, { type, from, to }: Link): void {
    this.links.push({ type, from, to, site, removed: undefined });
  }

  unlinked(site: SiteName, link: Link): void {
    const known = this.link(link);
    if (known !== undefined) known.removed = site;
  }

  /** The app of this site forgot what it had heard between these two, and nobody could know. */
  forgot(site: SiteName, since: number, until: number): void {
    for (const { parts } of this.stories.values()) {
      for (const part of parts) {
        const at = part.deletedAt ?? 0;
        if (part.site === site && at >= since && at <= until) part.isForgotten = true;
      }
    }
  }

  story(tag: string): Story {
    const story = this.stories.get(tag);
    if (story === undefined) throw new Error(`Nobody made ${tag}.`);
    return story;
  }

  /** Whether anything must never leave. */
  hasSecrets(): boolean {
    const hasFilter = this.terms.some((terms) => Object.values(terms).some(({ leaving }) => leaving));
    return hasFilter || this.secrets().length > 0;
  }

  /** Texts of restricted comments: they must never leave. */
  secrets(): string[] {
    return [...this.stories.values()].flatMap(({ parts }) =>
      parts.filter(({ isRestricted }) => isRestricted).flatMap(({ texts }) => texts),
    );
  }

  private part(tag: string, text: string): PartStory {
    const part = this.story(tag).parts.find(({ texts }) => texts.at(-1) === text);
    if (part === undefined) throw new Error(`Nobody wrote "${text}".`);
    return part;
  }

  private editsOf(tag: string, slot: string): Edit[] {
    const { edits } = this.story(tag);
    const known = edits.get(slot) ?? [];
    edits.set(slot, known);
    return known;
  }
}

function isSeen(edit: Edit, shown: Word): boolean {
  const elements = elementsOf(edit.word);
  if (elements.length === 0) return JSON.stringify(edit.word) === JSON.stringify(shown);
  return elements.every((element) => elementsOf(shown).includes(element));
}
