/** Asks the governor before every request to Jira and tells it every answer; who has to wait gets an answer as Jira gives it. */
import type { RequestGate } from '#engine/ports/governor';
import type { JiraAnswer, JiraClient } from './jira-client';

/** Our own header on answers of our own: only what may wait is refused. */
export const laneHeader = 'X-Concord-Lane';

export function governedClient(client: JiraClient, gate: RequestGate): JiraClient {
  return {
    async request(path, init) {
      const body = typeof init.body === 'string' ? init.body : undefined;
      const refused = await gate.before({ method: init.method, path, body });
      if (refused !== undefined) {
        const { afterMs, why, isQuota, only } = refused;
        return tooMany(why, {
          'Retry-After': String(Math.ceil(afterMs / 1_000)),
          ...(isQuota ? { 'RateLimit-Reason': 'jira-quota' } : {}),
          ...(only === undefined ? {} : { [laneHeader]: only }),
        });
      }
      const answer = await client.request(path, init);
      const afterMs = await gate.after(answer.status, (name) => answer.headers.get(name));
      return afterMs === undefined ? answer : waiting(answer, afterMs);
    },
  };
}

function tooMany(why: string, headers: Record<string, string>): JiraAnswer {
  return {
    status: 429,
    headers: new Headers(headers),
    text: async () => JSON.stringify({ errorMessages: [why] }),
  };
}

/** The same answer with a later moment to come back. */
function waiting(answer: JiraAnswer, afterMs: number): JiraAnswer {
  const seconds = String(Math.ceil(afterMs / 1_000));
  return {
    status: answer.status,
    headers: {
      get: (name) => (name.toLowerCase() === 'retry-after' ? seconds : answer.headers.get(name)),
    },
    text: () => answer.text(),
  };
}
