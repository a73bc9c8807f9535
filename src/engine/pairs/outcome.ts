/** What became of one piece of work. */
import type { SiteFailure } from '../ports/site-result';

/** Jira did not answer; nothing was lost, the same work is to be tried again. */
export interface Later {
  kind: 'later';
  afterMs: number;
  /** In Jira's words, for an admin. */
  why: string;
  /** What is live goes on meanwhile. */
  only?: 'background';
}

/** `blocked`: it waits for the partner's answer to an open offer. */
export type Outcome = { kind: 'done' } | { kind: 'blocked' } | Later;

export const done: Outcome = { kind: 'done' };
export const blocked: Outcome = { kind: 'blocked' };

type PassingFailure = Extract<SiteFailure, { kind: 'limited' | 'unavailable' }>;

/** Pause after an answer that says nothing about when to come back, milliseconds. */
const pauseMs = 30_000;

/** True for failures that pass by themselves. */
export function isPassing(failure: SiteFailure): failure is PassingFailure {
  return failure.kind === 'limited' || failure.kind === 'unavailable';
}

export function later(failure: PassingFailure): Later {
  const afterMs = failure.kind === 'limited' ? Math.max(1_000, failure.retryAfterMs) : pauseMs;
  const only = failure.kind === 'limited' && failure.only !== undefined ? { only: failure.only } : {};
  return { kind: 'later', afterMs, why: failure.message, ...only };
}
