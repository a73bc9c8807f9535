/** What every question to a Jira can come to, and the mark by which we know our own things there. */

/** Property under which our mark is stored on issues and comments. */
export interface Mark {
  connection: string;
  twin: string;
}

/** Why Jira did not do it, in the words that an admin needs; `fields` by local field id. */
export type SiteFailure =
  | { kind: 'gone'; message: string }
  | { kind: 'denied'; message: string }
  | { kind: 'invalid'; message: string; fields: Record<string, string> }
  /** `only`: what is live may still pass. */
  | { kind: 'limited'; message: string; retryAfterMs: number; quota: boolean; only?: 'background' }
  | { kind: 'unavailable'; message: string };

/** Expected failures are values; only bugs throw. */
export type SiteResult<T> = { ok: true; value: T } | { ok: false; failure: SiteFailure };
