/** Place: one Jira as people use it, in the words of the ledger; the memory site and the emulated one both fulfil it. */
import type { Site } from '#engine/ports/site';
import type { SiteFacts } from '../site-facts';
import type { Link, PartKind, Seen, SiteName, Word } from './ledger-words';

export interface Place {
  name: SiteName;
  facts: SiteFacts;
  /** Name of the person who does everything: who it is makes no difference to the app. */
  person: string;
  /** What the app uses; without any fault. */
  port: Site;
  /** Ids of all issues, also of those that the app cannot see. */
  issueIds(): string[];
  /** First word of the summary; position of the status. */
  tagOf(issueId: string): string | undefined;
  statusOf(issueId: string): Word | Promise<Word>;
  /** Undefined: it was deleted. */
  look(issueId: string): Promise<Seen | undefined>;
  /** Answers the id. `mapping` says in which project. */
  create(mapping: string, words: Record<string, Word>): Promise<string>;
  set(issueId: string, slot: string, word: Word): Promise<void>;
  /** To one of the next statuses, by position; false: there is no way. */
  move(issueId: string, position: string): Promise<boolean>;
  comment(issueId: string, text: string, isRestricted: boolean): Promise<void>;
  /** Comments and logged work. `text`: as `Seen` says it. */
  editPart(kind: Exclude<PartKind, 'file'>, issueId: string, partId: string, text: string): Promise<void>;
  deletePart(kind: PartKind, issueId: string, partId: string): Promise<void>;
  log(issueId: string, text: string): Promise<void>;
  attach(issueId: string, name: string): Promise<void>;
  remove(issueId: string): Promise<void>;
  /** Undefined: nobody links issues here. */
  links?: {
    list(): (Link & { id: string })[];
    add(type: string, fromId: string, toId: string): void;
    remove(linkId: string): void;
  };
  /** Whether the app can see the issue. */
  show(issueId: string, isVisible: boolean): void;
  /** Writes of the app that changed nothing, as Jira noticed them. */
  echoes(): string[];
  /** Requests that are being answered, where that takes more than a moment. */
  busy(): number;
}

/** Words of logged work: Jira knows only how long it took. */
export function workWord(seconds: number): string {
  return `work of ${seconds} s`;
}

export function secondsOf(word: string): number {
  return Number(/\d+/.exec(word)?.[0] ?? 0);
}

/** Bytes of a file that is called so; never the same for two names. */
export function contentOf(name: string): Uint8Array {
  return new TextEncoder().encode(`${name} `.repeat(1 + (name.length % 7)));
}

/** What stands in a file is part of its word: half a file is another one. */
export function fileWord(name: string, bytes: Uint8Array): string {
  return Buffer.from(bytes).equals(contentOf(name)) ? name : `${name} with ${bytes.length} strange bytes`;
}

/** When all work was done. */
export const workedAt = Date.UTC(2026, 0, 5, 9, 30);
