/** Translates what Jira refuses into the failures that the engine knows; the only place which looks at HTTP statuses. */
import { z } from 'zod';
import type { SiteFailure } from '#engine/ports/site-result';
import { laneHeader } from './governed-client';
import type { JiraAnswer } from './jira-client';

const errorCollection = z.looseObject({
  errorMessages: z.array(z.string()).optional(),
  errors: z.record(z.string(), z.unknown()).optional(),
  /** Some endpoints answer with one message only. */
  message: z.string().optional(),
});

/** Used where Jira limits without saying how long (seen from its gateway). */
const defaultRetryMs = 5_000;

/** `body`: text of the answer; it may be empty or HTML. */
export function toFailure(answer: Pick<JiraAnswer, 'status' | 'headers'>, body: string): SiteFailure {
  const { message, fields } = readErrors(body, answer.status);
  const { status } = answer;
  if (status === 429) {
    const reason = answer.headers.get('RateLimit-Reason') ?? '';
    const quota = reason.startsWith('jira-quota');
    const only = answer.headers.get(laneHeader) === 'background' ? { only: 'background' as const } : {};
    return { kind: 'limited', message, retryAfterMs: retryAfterMs(answer) ?? defaultRetryMs, quota, ...only };
  }
  if (status === 404 || status === 410) return { kind: 'gone', message };
  if (status === 401 || status === 403) return { kind: 'denied', message };
  if (status === 400 || status === 413 || status === 422) return { kind: 'invalid', message, fields };
  const wait = status === 503 ? retryAfterMs(answer) : undefined;
  if (wait !== undefined) return { kind: 'limited', message, retryAfterMs: wait, quota: false };
  // 409 too: somebody else changes the same issue at this moment.
  return { kind: 'unavailable', message };
}

/** An error of one element of many: it has a status and errors of its own, but no headers. */
export function failureOf(status: number | undefined, errors: unknown): SiteFailure {
  return toFailure({ status: status ?? 400, headers: new Headers() }, JSON.stringify(errors ?? {}));
}

/** Nothing was answered at all. */
export function unreachable(error: unknown): SiteFailure {
  const why = error instanceof Error ? error.message : String(error);
  return { kind: 'unavailable', message: `Jira could not be reached: ${why}` };
}

/** Seconds, as Jira gives them. */
function retryAfterMs(answer: Pick<JiraAnswer, 'headers'>): number | undefined {
  const seconds = Number(answer.headers.get('Retry-After') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.ceil(seconds * 1_000) : undefined;
}

function readErrors(body: string, status: number): { message: string; fields: Record<string, string> } {
  const parsed = errorCollection.safeParse(parseJson(body));
  const said = parsed.success ? parsed.data : {};
  const fields: Record<string, string> = {};
  for (const [field, text] of Object.entries(said.errors ?? {})) fields[field] = String(text);
  const messages = [...(said.errorMessages ?? []), ...(said.message === undefined ? [] : [said.message])];
  const message = [...messages, ...Object.values(fields)].join(' ').slice(0, 1_000);
  return { message: message === '' ? `Jira answered with status ${status}.` : message, fields };
}

/** The value, or undefined where the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
