/** Governor: sees that Jira is asked no more than it allows. It stands in front of the Site port; verbs need not know it. */
import type { Lane } from '#core/governor/hour-budget';

/** Points of a reserved block that are left; they end with the hour. */
export interface Credit {
  /** Hours since the epoch. */
  hour: number;
  /** Below zero: points that were spent ahead of the next block. */
  left: number;
}

/** What a worker tells the governor of its run. */
export interface Governor {
  /** What follows is for this connection; `credit` is left of its last block. */
  begin(connection: string, credit: Credit | undefined): void;
  /** What follows may wait, or may not. */
  setLane(lane: Lane): void;
  /** What is left now, to be kept with the next write of the run; undefined while nothing was spent. */
  credit(): Credit | undefined;
  /** Points that what may wait can have in an hour, and how many of them are left in this one. */
  backgroundPoints(): Promise<{ perHour: number; left: number }>;
}

/** A request to Jira: its body as it is sent, where that is text. */
export interface GatedRequest {
  method: string;
  /** Starts with `/rest/api/3/`. */
  path: string;
  body?: string | undefined;
}

/** Not now: the request must not be made before this time, milliseconds. `only`: what is live may still pass. */
export interface NotNow {
  afterMs: number;
  why: string;
  isQuota: boolean;
  only?: Lane;
}

/** Asked before every request to Jira and told of every answer. */
export interface RequestGate {
  before(request: GatedRequest): Promise<NotNow | undefined>;
  /** `header`: of the answer. An answer says how long to wait where Jira's own word is not enough, milliseconds. */
  after(status: number, header: (name: string) => string | null): Promise<number | undefined>;
}
