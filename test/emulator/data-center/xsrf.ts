/** Jira's protection against requests that a foreign page makes a browser send. */

const GUARDED_TYPES = /^(multipart\/form-data|application\/x-www-form-urlencoded|text\/plain)/i;
const WRITES: ReadonlySet<string> = new Set(['POST', 'PUT', 'DELETE', 'PATCH']);

/**
 * Whether the request must be refused: a write in a form that pages can send without asking, or one by a browser from
 * another origin, unless the header `X-Atlassian-Token: no-check` shows that a program made it.
 */
export function failsXsrfCheck(request: Request, publicUrl: string): boolean {
  if (!WRITES.has(request.method)) return false;
  if (request.headers.get('x-atlassian-token') === 'no-check') return false;
  if (GUARDED_TYPES.test(request.headers.get('content-type') ?? '')) return true;
  const origin = request.headers.get('origin');
  const isBrowser = /^Mozilla\//.test(request.headers.get('user-agent') ?? '');
  return isBrowser && origin !== null && origin !== publicUrl;
}
