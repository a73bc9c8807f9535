/** Asks Jira again after a passing failure, while a person waits for the answer. */
import type { JiraAnswer, JiraClient } from './jira-client';

/** Waits between attempts, milliseconds, when Jira names none: three attempts more, within two seconds. */
const waitsMs = [200, 500, 1_200] as const;
/** Who would have to wait longer than this is better told so. */
const longestWaitMs = 3_000;

/**
 * Only questions (GET) are repeated, so nothing is ever done twice. What the worker asks needs none of this: its work waits
 * in rows and comes again by the queue. `wait` resolves after so many milliseconds.
 */
export function patientClient(client: JiraClient, wait: (ms: number) => Promise<void>): JiraClient {
  return {
    async request(path, init) {
      let answer = await client.request(path, init);
      if (init.method !== 'GET') return answer;
      for (const defaultMs of waitsMs) {
        const ms = waitBefore(answer, defaultMs);
        if (ms === undefined) return answer;
        await wait(ms);
        answer = await client.request(path, init);
      }
      return answer;
    },
  };
}

/** Undefined when asking again is no use, or would take too long. */
function waitBefore({ status, headers }: JiraAnswer, defaultMs: number): number | undefined {
  if (status !== 429 && status < 500) return undefined;
  const said = Number(headers.get('Retry-After') ?? Number.NaN);
  const ms = Number.isFinite(said) ? Math.max(said * 1_000, defaultMs) : defaultMs;
  return ms <= longestWaitMs ? ms : undefined;
}
