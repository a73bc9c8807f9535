/** Words of the ledger: what people did and what stands on a site, in words that belong to neither site nor to the app. */

export type SiteName = 'acme' | 'globex';

/** A value: a text, nothing, the elements of a set, or the paragraphs of a document. */
export type Word = string | null | readonly string[];

/**
 * How a field can be judged. `unique`: every value that somebody writes is another one. `few`: values come back.
 * `set` and `list`: elements are written once and removed at most once. A `list` has an order.
 */
export type Shape = 'unique' | 'few' | 'set' | 'list';

/** An issue as a person sees it. */
export interface Seen {
  id: string;
  /** First word of the summary; nobody changes it. */
  tag: string;
  words: Record<string, Word>;
  parts: Readonly<Record<PartKind, readonly SeenPart[]>>;
}

/** What hangs on an issue. */
export const partKinds = ['comment', 'work', 'file'] as const;
export type PartKind = (typeof partKinds)[number];

export interface SeenPart {
  id: string;
  /** Text of a comment, length of logged work, name and content of a file: never twice the same. */
  text: string;
  /** The person whose it is; a copy names the author in its first line, a file does not. */
  author: string;
  isCopy: boolean;
}

/** Who may send something. */
export type Senders = Readonly<Record<SiteName, boolean>>;

/** What one revision of the terms lets travel, by mapping. */
export type Terms = Readonly<Record<string, MappingTerms>>;

export interface MappingTerms {
  slots: Readonly<Record<string, Senders>>;
  parts: Readonly<Record<PartKind, Senders>>;
  creates: Senders;
  /** A copy of a file stays when its original is deleted. */
  keepsFiles: boolean;
  /** What becomes of the twin of an issue that is deleted on this site. */
  /** Undefined: links do not travel. */
  links?: Senders | undefined;
  /** Undefined: no filter. */
  leaving?: Leaving | undefined;
  ends: Readonly<Record<SiteName, 'ignore' | 'mark' | 'delete'>>;
}

/** A value that the app wrote into a field of an issue. `n`: when, in the ledger's own count. */
export interface AppWrite {
  n: number;
  site: SiteName;
  tag: string;
  slot: string;
  word: Word;
}

/** One issue points at another one; both by their tags. */
export interface Link {
  type: string;
  from: string;
  to: string;
}

/** What becomes of the twin of an issue that does not match the filter of its site any more. */
export type Leaving = 'keep' | 'stop' | 'mark' | 'delete';

/** A label that keeps its issue at home. */
export function outsideLabel(index: number): string {
  return `out${index}`;
}

/** Whether an issue with these labels stays at home. */
export function isOutside(labels: Word | undefined): boolean {
  return elementsOf(labels).some((one) => one.startsWith('out'));
}

export interface Finding {
  what: 'lost' | 'duplicated' | 'diverged' | 'echo';
  text: string;
}

export function otherSite(site: SiteName): SiteName {
  return site === 'acme' ? 'globex' : 'acme';
}

export function sameWord(a: Word | undefined, b: Word | undefined): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}

export function isElements(word: Word | undefined): word is readonly string[] {
  return Array.isArray(word);
}

/** Elements of a set or list; none for anything else. */
export function elementsOf(word: Word | undefined): readonly string[] {
  return isElements(word) ? word : [];
}
