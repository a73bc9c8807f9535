/** Endpoints, prices, windows and headers, as Jira documents them. */
import { limitReason, quotaOver, readSeen } from '#core/governor/limit-headers';
import { type Bucket, endpointOf, issueWait, takeToken, writtenIssue } from '#core/governor/pace';
import { priceOf } from '#core/governor/price';

const header = (headers: Record<string, string>) => (name: string) => headers[name] ?? null;

test.each([
  ['GET', '/rest/api/3/issue/10001?fields=summary', 'GET issue/*'],
  ['PUT', '/rest/api/3/issue/SUP-1', 'PUT issue/*'],
  ['POST', '/rest/api/3/issue/bulkfetch', 'POST issue/bulkfetch'],
  ['DELETE', '/rest/api/3/issue/10001/comment/10100', 'DELETE issue/*/comment/*'],
  ['GET', '/rest/api/3/search/jql', 'GET search/jql'],
])('%s %s is %s', (method, path, endpoint) => expect(endpointOf(method, path)).toBe(endpoint));

test.each([
  ['PUT', '/rest/api/3/issue/10001', '10001'],
  ['POST', '/rest/api/3/issue/SUP-1/comment', 'SUP-1'],
  ['POST', '/rest/api/3/issue/bulkfetch', undefined],
  ['POST', '/rest/api/3/issue', undefined],
  ['GET', '/rest/api/3/issue/10001', undefined],
])('%s %s writes to %s', (method, path, issue) => expect(writtenIssue(method, path)).toBe(issue));

test.each([
  ['an issue', { method: 'GET', path: 'issue/10001' }, 2],
  [
    'a hundred issues',
    { method: 'POST', path: 'issue/bulkfetch', body: { issueIdsOrKeys: Array(100).fill('1') } },
    101,
  ],
  ['a page of a search', { method: 'POST', path: 'search/jql', body: { maxResults: 50 } }, 51],
  ['a write', { method: 'PUT', path: 'issue/10001' }, 1],
  [
    'fifty creations at once',
    { method: 'POST', path: 'issue/bulk', body: { issueUpdates: Array(50).fill({}) } },
    50,
  ],
])('%s costs its points', (_name, request, points) => expect(priceOf(request)).toBe(points));

test('a bucket gives what an endpoint allows, then a token at a time', () => {
  let bucket: Bucket | undefined;
  let given = 0;
  for (let ms = 0; ms < 2_000; ms += 1) {
    const taken = takeToken(bucket, 'PUT issue/*', ms);
    bucket = taken.bucket;
    if (taken.waitMs === 0) given += 1;
  }
  // Half of Jira's 50 in a second, and as much again that the bucket held.
  expect(given).toBe(74);
});

test('writes of an issue stay below both windows, and the wait is exact', () => {
  let times: number[] = [];
  const made: number[] = [];
  for (let now = 0; now < 60_000; ) {
    const { recent, waitMs } = issueWait(times, now);
    if (waitMs === 0) {
      times = [...recent, now];
      made.push(now);
      now += 10;
    } else {
      expect(issueWait(times, now + waitMs - 1).waitMs).toBe(1);
      now += waitMs;
    }
  }
  const most = (ms: number) =>
    Math.max(...made.map((from) => made.filter((at) => at >= from && at < from + ms).length));
  expect(most(2_000)).toBe(16);
  expect(most(30_000)).toBe(80);
});

const shared = { 'RateLimit-Policy': '"global-app-quota";q=65000;w=3600', 'X-RateLimit-Remaining': '41000' };

test.each([
  ['the quota of all', shared, { limit: 65_000, remaining: 41_000, isOwn: false }],
  [
    'a quota of its own',
    { 'RateLimit-Policy': '"tenant-app-quota";q=130000;w=3600', RateLimit: '"tenant-app-quota";r=9000;t=60' },
    { limit: 130_000, remaining: 9_000, isOwn: true },
  ],
  [
    'before it counted',
    {
      'Beta-RateLimit-Policy': '"global-app-quota";q=65000;w=3600',
      'Beta-RateLimit': '"global-app-quota";r=12000;t=90',
    },
    { limit: 65_000, remaining: 12_000, isOwn: false },
  ],
  [
    'without what is left, far from the end',
    { 'X-RateLimit-Limit': '65000', 'X-RateLimit-NearLimit': 'false' },
    { limit: 65_000, remaining: 13_000, isOwn: false },
  ],
  [
    'without what is left, near the end',
    { 'X-RateLimit-Limit': '65000', 'X-RateLimit-NearLimit': 'true' },
    { limit: 65_000, remaining: 0, isOwn: false },
  ],
  ['a limit of bursts', { 'X-RateLimit-Limit': '100', 'X-RateLimit-Remaining': '0' }, undefined],
  ['nothing', {}, undefined],
])('headers that tell of %s', (_name, headers, wanted) => {
  expect(readSeen(header(headers as Record<string, string>), 7)).toEqual(wanted && { at: 7, ...wanted });
});

test.each([
  ['jira-quota-global-based', 'quota'],
  ['jira-quota-tenant-based', 'quota'],
  ['jira-burst-based', 'burst'],
  ['jira-per-issue-on-write', 'issue'],
  ['', 'other'],
])('%s is a limit of kind %s', (reason, kind) => {
  expect(limitReason(header(reason === '' ? {} : { 'RateLimit-Reason': reason }))).toBe(kind);
});

test('after the quota everything waits for the full hour, whatever is said before it', () => {
  const hour = 3_600_000;
  expect(quotaOver(header({ 'Retry-After': '5' }), 10 * hour + 1)).toBe(11 * hour);
  expect(quotaOver(header({}), 10 * hour + 1)).toBe(11 * hour);
  expect(quotaOver(header({ 'Retry-After': '99999' }), 10 * hour)).toBe(11 * hour);
});
