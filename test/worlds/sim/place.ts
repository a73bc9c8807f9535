/** Place: one Jira as people use it, in the words of the ledger; the memory site and the emulated one both fulfil it. */
import type { Site } from '#engine/ports/site';
import type { SiteFacts } from '../site-facts';
import type { Seen, SiteName, Word } from './ledger-words';

export interface Place {
  name: SiteName;
  facts: SiteFacts;
  /** What the app uses; without any fault. */
  port: Site;
  /** Ids of all issues, also of those that the app cannot see. */
  issueIds(): string[];
  /** First word of the summary, and the position of the status; for issues that the app touches. */
  tagOf(issueId: string): string | undefined;
  statusOf(issueId: string): Word;
  /** Undefined: it was deleted. */
  look(issueId: string): Promise<Seen | undefined>;
  /** Answers the id. `mapping` says in which project. */
  create(mapping: string, words: Record<string, Word>): Promise<string>;
  set(issueId: string, slot: string, word: Word): Promise<void>;
  /** To one of the next statuses, by position; false: there is no way. */
  move(issueId: string, position: string): Promise<boolean>;
  comment(issueId: string, text: string, isRestricted: boolean): Promise<void>;
  editComment(issueId: string, commentId: string, text: string): Promise<void>;
  deleteComment(issueId: string, commentId: string): Promise<void>;
  remove(issueId: string): Promise<void>;
  /** Whether the app can see the issue. */
  show(issueId: string, isVisible: boolean): void;
  /** Writes of the app that changed nothing, as Jira noticed them. */
  echoes(): string[];
}

/** The person who does everything: who it is makes no difference to the app. */
export const person = 'Ada';
