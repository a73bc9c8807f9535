/** Jira's protection against requests that a foreign page makes a browser send. */
import { refuse } from '../jira/problem';
import type { Call, Route } from '../jira/router';

/** Forms that a page can send to another origin without asking. */
const GUARDED_TYPES = /^(multipart\/form-data|application\/x-www-form-urlencoded|text\/plain)/i;

/**
 * Whether the write must be refused: one in a guarded form, or one by a browser from another origin, unless the header
 * `X-Atlassian-Token: no-check` shows that a program made it.
 */
function failsXsrfCheck({ headers, world }: Call): boolean {
  if (headers.get('x-atlassian-token') === 'no-check') return false;
  if (GUARDED_TYPES.test(headers.get('content-type') ?? '')) return true;
  const origin = headers.get('origin');
  const isBrowser = /^Mozilla\//.test(headers.get('user-agent') ?? '');
  return isBrowser && origin !== null && origin !== world.facts.publicUrl;
}

/** The routes with that check before every write. */
export function guardedFromForms(routes: readonly Route[]): Route[] {
  return routes.map((entry) =>
    entry.operation.startsWith('GET ')
      ? entry
      : {
          ...entry,
          run(call) {
            if (failsXsrfCheck(call)) throw refuse(403, 'XSRF check failed');
            return entry.run(call);
          },
        },
  );
}
