/** The Transport port: sealed text to another installation's webtrigger, by Forge's egress-checked fetch. */
import { fetch } from '@forge/api';
import type { SendAnswer, Transport } from '#engine/ports/world';
import { longestAnswerBytes } from './limits';

/** What manifest.yml lets out; the caller has pinned the exact host of its partner. */
const webtriggerUrl = /^https:\/\/[0-9a-f-]{36}\.webtrigger\.atlassian\.app\/public\/[A-Za-z0-9_-]+$/;

export const forgeTransport: Transport = {
  async send(endpoint, body) {
    if (!webtriggerUrl.test(endpoint))
      return { kind: 'unreachable', reason: 'The address is not one of this app.' };
    try {
      const response = await fetch(endpoint, {
        method: 'POST',
        headers: { 'content-type': 'text/plain; charset=utf-8' },
        body,
        redirect: 'error',
      });
      if (response.status === 429 || response.status >= 500 || response.status === 424) {
        return unreachable(response.status, response.headers.get('retry-after'));
      }
      const text = await response.text();
      if (text.length > longestAnswerBytes)
        return { kind: 'unreachable', reason: 'The answer was too long.' };
      return { kind: 'answered', status: response.status, body: text };
    } catch (error) {
      return { kind: 'unreachable', reason: error instanceof Error ? error.message : 'No connection.' };
    }
  },
};

/** 424 is a webtrigger that ran into its deadline: it may or may not have stored the message. */
function unreachable(status: number, retryAfter: string | null): SendAnswer {
  const reason = `The partner's app answered with status ${status}.`;
  const seconds = Number(retryAfter);
  return Number.isFinite(seconds) && seconds > 0
    ? { kind: 'unreachable', reason, retryAfterMs: seconds * 1_000 }
    : { kind: 'unreachable', reason };
}
