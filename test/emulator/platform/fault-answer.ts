/** What a call gets when a fault answers in place of the platform: the error of that service, in its form. */
import type { CallError } from './fault-schema';

const TEXTS: Readonly<Record<number, string>> = {
  429: 'Rate limit exceeded.',
  500: 'Internal server error',
  502: 'Bad gateway',
  503: 'Service unavailable',
  504: 'Gateway timeout',
};

const MARK = { 'x-emulator-fault': 'error' };
/** Jira always says how long to wait; a fault that does not is taken for a second. */
const DEFAULT_RETRY_SECONDS = 1;

function tooManyForJira(error: CallError, now: number): Response {
  // Observed by clients: the gateway's refusal has no header to wait by.
  if (error.reason === 'gateway') return new Response('Too Many Requests', { status: 429, headers: MARK });
  const seconds = error.retryAfterSeconds ?? DEFAULT_RETRY_SECONDS;
  return Response.json(
    { errorMessages: [TEXTS[429]], errors: {} },
    {
      status: 429,
      headers: {
        ...MARK,
        'retry-after': String(seconds),
        'ratelimit-reason': error.reason,
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': new Date(now + seconds * 1000).toISOString(),
        'x-ratelimit-nearlimit': 'true',
      },
    },
  );
}

function jiraAnswer(error: CallError, now: number): Response {
  if (error.status === 429) return tooManyForJira(error, now);
  const headers = new Headers(MARK);
  if (error.retryAfterSeconds !== undefined) headers.set('retry-after', String(error.retryAfterSeconds));
  const text = TEXTS[error.status] ?? 'Server error';
  // 500 comes from Jira itself, the others from what stands before it.
  return error.status === 500
    ? Response.json({ errorMessages: [text], errors: {} }, { status: 500, headers })
    : Response.json({ code: error.status, message: text }, { status: error.status, headers });
}

/** `name` is the call as fault patterns see it; `now` the world's time. */
export function faultAnswer(name: string, error: CallError, now: number): Response {
  const [service] = name.split(':');
  const { status } = error;
  const text = TEXTS[status] ?? 'Server error';
  switch (service) {
    case 'jira':
      return jiraAnswer(error, now);
    case 'kvs': {
      const code = status === 429 ? 'RATE_LIMIT_EXCEEDED' : 'INTERNAL_SERVER_ERROR';
      return Response.json({ code, message: text }, { status, headers: MARK });
    }
    case 'queue':
      return Response.json(
        status === 429 ? { errorMessage: text } : { message: text, errors: [], code: status, details: '' },
        { status, headers: MARK },
      );
    default:
      return new Response(text, { status, headers: MARK });
  }
}
