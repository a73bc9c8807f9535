/** Ledger: what people did, kept apart from everything the app does. Imports nothing of the app. */
import { type AppWrite, elementsOf, otherSite, type SiteName, type Terms, type Word } from './ledger-words';

/** One edit of one field by a person. */
export interface Edit {
  n: number;
  site: SiteName;
  word: Word;
  /** What the person saw before. */
  shown: Word;
  /** The app wrote over it between reading and writing, which Jira cannot prevent. */
  isBlind: boolean;
}

export interface CommentStory {
  site: SiteName;
  author: string;
  texts: string[];
  isDeleted: boolean;
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
  comments: CommentStory[];
  removed: Set<SiteName>;
}

export class Ledger {
  readonly stories = new Map<string, Story>();
  /** Every revision that was ever published. */
  readonly terms: Terms[] = [];
  readonly appWrites: AppWrite[] = [];
  /** Edits of a field whose last edit on the other site was not to be seen yet. */
  conflicts = 0;
  blind = 0;
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
    this.stories.set(story.tag, { ...story, edits, comments: [], removed: new Set() });
  }

  wrote(site: SiteName, tag: string, slot: string, { shown, word }: { shown: Word; word: Word }): void {
    const edits = this.editsOf(tag, slot);
    const apart = edits.filter((one) => one.site === otherSite(site)).at(-1);
    if (apart !== undefined && !isSeen(apart, shown)) this.conflicts += 1;
    edits.push({ n: this.count, site, word, shown, isBlind: false });
  }

  commented(
    site: SiteName,
    tag: string,
    comment: Pick<CommentStory, 'author' | 'isRestricted' | 'isOld'>,
    text: string,
  ): void {
    this.story(tag).comments.push({ ...comment, site, texts: [text], isDeleted: false });
  }

  editedComment(tag: string, before: string, after: string): void {
    this.comment(tag, before).texts.push(after);
  }

  deletedComment(tag: string, text: string): void {
    this.comment(tag, text).isDeleted = true;
  }

  removed(site: SiteName, tag: string): void {
    this.story(tag).removed.add(site);
  }

  /** The app wrote. `readAt`: when it had read the issue; an edit after that could not be seen by it. */
  appWrote(write: Omit<AppWrite, 'n'>, readAt: number): void {
    this.appWrites.push({ ...write, n: this.count });
    const unseen = this.editsOf(write.tag, write.slot).filter(
      (edit) => edit.site === write.site && edit.n > readAt && !edit.isBlind,
    );
    for (const edit of unseen) {
      edit.isBlind = true;
      this.blind += 1;
    }
  }

  story(tag: string): Story {
    const story = this.stories.get(tag);
    if (story === undefined) throw new Error(`Nobody made ${tag}.`);
    return story;
  }

  /** Texts of restricted comments: they must never leave. */
  secrets(): string[] {
    return [...this.stories.values()].flatMap(({ comments }) =>
      comments.filter(({ isRestricted }) => isRestricted).flatMap(({ texts }) => texts),
    );
  }

  private comment(tag: string, text: string): CommentStory {
    const comment = this.story(tag).comments.find(({ texts }) => texts.at(-1) === text);
    if (comment === undefined) throw new Error(`Nobody wrote "${text}".`);
    return comment;
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
