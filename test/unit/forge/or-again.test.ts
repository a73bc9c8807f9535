/** An event that could not be noted is asked for again as often as the platform grants, later each time; then the failure is told. */
import { orAgain } from '#forge/triggers/or-again';

const failing = async (): Promise<void> => {
  throw new Error('The storage is busy.');
};
const brought = (retryCount: number) => ({
  eventType: 'avi:jira:deleted:issue',
  retryContext: { retryCount },
});

beforeEach(() => {
  jest.spyOn(console, 'warn').mockImplementation(() => undefined);
});

test('what was noted is not asked for again', async () => {
  expect(await orAgain({}, async () => undefined)).toBeUndefined();
});

test.each([
  [{}, 2],
  [{ retryContext: 'something else' }, 2],
  [brought(1), 20],
  [brought(2), 150],
  [brought(3), 900],
])('%j comes again after %i seconds', async (event, retryAfter) => {
  expect(await orAgain(event, failing)).toMatchObject({ _retry: true, retryOptions: { retryAfter } });
});

test('the fifth failure is the last', async () => {
  await expect(orAgain(brought(4), failing)).rejects.toThrow('The storage is busy.');
});
