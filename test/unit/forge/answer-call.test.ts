/** What a screen is told when the platform or Jira takes no more for the moment. */
import { ForgeKvsAPIError } from '@forge/kvs';
import type { SiteFailure } from '#engine/ports/site-result';
import { answerCall } from '#forge/resolvers/answer-call';
import { connectWorld } from '../../support/connect-world';

beforeEach(() => {
  jest.spyOn(console, 'warn').mockReturnValue();
  jest.spyOn(console, 'error').mockReturnValue();
});
afterEach(() => jest.restoreAllMocks());

const caller = { accountId: 'ana', issueId: undefined };

async function ask(name: string, failing: { storage?: Error; jira?: SiteFailure }) {
  const { ports } = connectWorld().site('acme');
  const { storage, jira } = failing;
  const failed = jira && { ok: false as const, failure: jira };
  return answerCall(
    {
      ...ports,
      ...(storage ? { store: { ...ports.store, get: () => Promise.reject(storage) } } : {}),
      ...(failed ? { site: { ...ports.site, outline: () => Promise.resolve(failed) } } : {}),
    },
    caller,
    { name, request: {} },
    () => Promise.resolve(true),
  );
}

function storageError(status: number, code: string): Error {
  return new ForgeKvsAPIError({ status, statusText: '' }, { code, message: 'Rate limit exceeded' });
}

test.each([
  [429, 'RATE_LIMIT_EXCEEDED'],
  [429, 'TOO_MANY_REQUESTS'],
  [429, 'UNKNOWN_ERROR'],
])('the storage refuses with %d %s', async (status, code) => {
  expect(await ask('list', { storage: storageError(status, code) })).toEqual({
    ok: false,
    error: {
      code: 'busy',
      message: 'The platform is busy for the moment. Nothing is lost: try again in a few seconds.',
    },
  });
});

test('whatever else the storage says is no limit', async () => {
  const answer = await ask('list', { storage: storageError(500, 'INTERNAL_SERVER_ERROR') });
  expect(answer).toMatchObject({ error: { code: 'unavailable' } });
});

test.each<[SiteFailure, unknown]>([
  [
    { kind: 'limited', message: 'Rate limit exceeded.', retryAfterMs: 5_000, quota: false },
    {
      code: 'busy',
      message: 'Jira is busy for the moment. Nothing is lost: try again in a few seconds.',
      retryAfterMs: 5_000,
    },
  ],
  [
    { kind: 'limited', message: 'Rate limit exceeded.', retryAfterMs: 690_000, quota: true },
    {
      code: 'busy',
      message:
        'Jira answers no more questions of this app for about 12 minutes. Nothing is lost: try again then.',
      retryAfterMs: 690_000,
    },
  ],
  [
    { kind: 'unavailable', message: 'Jira answered with status 502.' },
    { code: 'unavailable', message: 'Jira did not answer: Jira answered with status 502.' },
  ],
])('Jira answers %o', async (jira, error) => {
  expect(await ask('newOptions', { jira })).toEqual({ ok: false, error });
});
