/** What the outside knew when values were translated: people and issues of this site behind the words of the agreement. */
import type { Person } from '#core/model/value';
import type { InlineFiles } from './rich-text/inline-files';

/** Answers are looked up before a translation (`engine/pairs/look-around`); what nobody looked up is undefined. */
export interface Here {
  /** The active account of this site that stands for a person of the partner. */
  account(person: Person): string | undefined;
  /** Why there is none, if that is known. */
  whyNot(person: Person): string | undefined;
  /** Our issue of a pair. */
  issueOf(pair: string): { id: string; key: string } | undefined;
  /** The pair of one of our issues. */
  pairOf(issueId: string): string | undefined;
  /** The form of rich text on this site; absent: documents. */
  texts?: 'wiki';
  /** Files that texts show; absent where no files are shared. */
  files?: InlineFiles;
}

/** For agreements without people and parents. */
export const nobodyHere: Here = {
  account: () => undefined,
  whyNot: () => undefined,
  issueOf: () => undefined,
  pairOf: () => undefined,
};
