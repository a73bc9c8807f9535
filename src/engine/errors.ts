/** Errors of the engine: an expected refusal is told to the admin in its own words; everything else is a bug. */

import type { SiteFailure } from './ports/site-result';

/** Same codes as the api's CallError, so that a resolver hands them on unchanged. `busy`: a limit of pace, which passes by itself. */
export type RefusalCode =
  | 'invalid'
  | 'forbidden'
  | 'notFound'
  | 'notPossible'
  | 'conflict'
  | 'busy'
  | 'unavailable';

/**
 * An expected refusal. `message` says what happened and what to do; `fields`: messages by request field, for forms;
 * `retryAfterMs`: when it is worth trying again.
 */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly fields: Record<string, string> | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(code: RefusalCode, message: string, fields?: Record<string, string>, retryAfterMs?: number) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
    this.fields = fields;
    this.retryAfterMs = retryAfterMs;
  }
}

/** From here on a pause is named in minutes. */
const secondsEndMs = 60_000;

/** The refusal of a call for which Jira was asked in vain; `asked` says what for, where Jira's own words would not. */
export function jiraRefusal(failure: SiteFailure, asked = 'Jira did not answer:'): Refusal {
  if (failure.kind !== 'limited') return new Refusal('unavailable', `${asked} ${failure.message}`);
  const { retryAfterMs } = failure;
  const minutes = Math.ceil(retryAfterMs / 60_000);
  const when =
    retryAfterMs < secondsEndMs
      ? 'Jira is busy for the moment. Nothing is lost: try again in a few seconds.'
      : `Jira answers no more questions of this app for about ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}. Nothing is lost: try again then.`;
  return new Refusal('busy', when, undefined, retryAfterMs);
}
