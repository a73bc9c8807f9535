/** What Jira refuses and what the engine hears of it. */
import { createJiraSite } from '#jira/create-jira-site';
import { fakeJira } from '../../support/fake-jira';

const gone = { errorMessages: ['Issue does not exist or you do not have permission to see it.'], errors: {} };
const rows: {
  what: string;
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
  failure: Record<string, unknown>;
}[] = [
  {
    what: 'an issue that is not there',
    status: 404,
    body: gone,
    failure: { kind: 'gone', message: gone.errorMessages[0] },
  },
  {
    what: 'no permission',
    status: 403,
    body: { errorMessages: ['No.'] },
    failure: { kind: 'denied', message: 'No.' },
  },
  {
    what: 'a field that is refused',
    status: 400,
    body: { errorMessages: [], errors: { customfield_10042: "Option id '7' is not valid" } },
    failure: {
      kind: 'invalid',
      fields: { customfield_10042: "Option id '7' is not valid" },
      message: "Option id '7' is not valid",
    },
  },
  {
    what: 'the hourly quota',
    status: 429,
    headers: { 'Retry-After': '1800', 'RateLimit-Reason': 'jira-quota-global-based' },
    failure: { kind: 'limited', retryAfterMs: 1_800_000, quota: true },
  },
  {
    what: 'too many writes to one issue',
    status: 429,
    headers: { 'Retry-After': '2', 'RateLimit-Reason': 'jira-per-issue-on-write' },
    failure: { kind: 'limited', retryAfterMs: 2_000, quota: false },
  },
  {
    what: 'a limit without a time',
    status: 429,
    failure: { kind: 'limited', retryAfterMs: 5_000, quota: false },
  },
  {
    what: 'maintenance with a time',
    status: 503,
    headers: { 'Retry-After': '60' },
    body: '<html>down</html>',
    failure: { kind: 'limited', retryAfterMs: 60_000, quota: false },
  },
  {
    what: 'a gateway error page',
    status: 502,
    body: '<html></html>',
    failure: { kind: 'unavailable', message: 'Jira answered with status 502.' },
  },
  { what: 'somebody else at the same issue', status: 409, failure: { kind: 'unavailable' } },
  {
    what: 'an answer in another form',
    status: 200,
    body: { id: 5 },
    failure: { kind: 'unavailable', message: expect.stringContaining('unexpected form') },
  },
];

test.each(rows)('$what', async ({ status, headers, body, failure }) => {
  const { client } = fakeJira({
    'GET /rest/api/3/issue/10001': { status, body, ...(headers === undefined ? {} : { headers }) },
  });
  const result = await createJiraSite(client).readIssue('10001', ['summary']);
  expect(result).toEqual({ ok: false, failure: expect.objectContaining(failure) });
});

test('a network that is down is a failure, not an exception', async () => {
  const site = createJiraSite({ request: () => Promise.reject(new Error('socket hang up')) });
  expect(await site.info()).toEqual({
    ok: false,
    failure: { kind: 'unavailable', message: 'Jira could not be reached: socket hang up' },
  });
});
