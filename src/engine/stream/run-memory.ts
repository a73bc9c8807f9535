/** What one run remembers from one operation to the next; nothing here is durable, and nothing may rely on it. */
import type { BatchEntry } from '#core/protocol/envelope';
import type { EpochCause } from '../epoch/epoch-cause';
import type { IssueRead } from '../ports/site';

/** What became of a copy that was made, or looked for, together with others. */
export type ReadyCopy =
  /** `read`: as it was right after. `found`: made by an earlier request without these fields. */
  | { kind: 'made'; id: string; key: string; read?: IssueRead; found?: { without: string[] } }
  /** Jira refused it among others, or an earlier request made none: nothing of it can be at work any more. */
  | { kind: 'absent' };

export interface RunMemory {
  /** By pair. */
  copies: Map<string, ReadyCopy>;
  /** Pairs of new issues which were looked at together, whatever came of it. */
  lookedAhead: Set<string>;
  /** Twins of comments whose intent is durable, and for which no request was made. */
  announced: Set<string>;
  /** Writes go without mails, where Jira lets the app ask for that. */
  isQuiet: boolean;
  /** The partner answered after a silence. */
  isGreeted: boolean;
  /** A sweep asked for a look at what no event told of. */
  isCatchUpWanted: boolean;
  /** The run in which it did: what is done once an hour is done in it. */
  isHourly: boolean;
  /** An answer of the partner calls for a new epoch. */
  epoch?: EpochCause;
  /** Issues by twin, of projects that were looked through for what was forgotten, by project key. */
  marked: Map<string, Map<string, { id: string; key: string }>>;
  /** Issues of a list of pairs that could not be paired. */
  passedOver: Set<string>;
  /** Pairs whose issue was written, and what became of it is not durable yet. */
  unrecorded: Set<string>;
  /** Issues which a filter of this site keeps at home, or about which Jira could not say. */
  filtered: Map<string, 'outside' | 'undecided'>;
  /** Pairs which come to an end and whose twin stays: an admin decided so. */
  keptTwins: Set<string>;
  /** Pairs whose end counts as one of the last hour when it is acted on. */
  countedEnds: Set<string>;
  /** Deletions of comments, files and logged work which an admin decided on: they are not counted. */
  freeRemovals: number;
  /** An issue rests for so long, milliseconds. */
  restMs?: number;
  /** Batches of the partner that were read, by sequence. */
  batches: Map<number, BatchEntry[]>;
  /** Their bodies, until they are dealt with. */
  bodies: Map<number, string>;
}

export function newRunMemory(): RunMemory {
  return {
    copies: new Map(),
    lookedAhead: new Set(),
    announced: new Set(),
    isQuiet: false,
    isGreeted: false,
    isCatchUpWanted: false,
    isHourly: false,
    marked: new Map(),
    passedOver: new Set(),
    unrecorded: new Set(),
    filtered: new Map(),
    keptTwins: new Set(),
    countedEnds: new Set(),
    freeRemovals: 0,
    batches: new Map(),
    bodies: new Map(),
  };
}
