/** Jira's limits of pace and their headers (jira.md section 5, Rate limits; forge-platform.md 8.1) [doc, obs]. */
import { ISSUE_WRITE_WINDOWS, POINTS_PER_HOUR } from '../emulator/jira/limits';
import { PointsPool } from '../emulator/jira/points-pool';
import { Problem } from '../emulator/jira/problem';
import { RateLimits } from '../emulator/jira/rate-limits';

const HOUR = 3_600_000;
const NOON = Date.parse('2026-11-21T12:00:00Z');
const APP = { kind: 'app', appId: 'a', accountId: 'b' } as const;
const ROUTE = 'GET /rest/api/3/issue/{issueIdOrKey}';

function refusal(task: () => void): Problem | undefined {
  try {
    task();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  return undefined;
}

test.each(ISSUE_WRITE_WINDOWS)('an issue takes $writes writes in $ms ms and no more', ({ writes, ms }) => {
  const limits = new RateLimits();
  // Spread so that only this window is full at its end.
  const step = (ms - 1) / writes;
  for (let at = 0; at < writes; at += 1) limits.noteIssueWrite('1', NOON + at * step);
  const refused = refusal(() => limits.noteIssueWrite('1', NOON + ms - 1));
  expect(refused?.status).toBe(429);
  expect(refused?.headers).toMatchObject({
    'ratelimit-reason': 'jira-per-issue-on-write',
    'x-ratelimit-limit': String(writes),
    'x-ratelimit-remaining': '0',
    'x-ratelimit-nearlimit': 'true',
  });
  expect(refusal(() => limits.noteIssueWrite('2', NOON + ms - 1))).toBeUndefined();
  expect(refusal(() => limits.noteIssueWrite('1', NOON + ms + step))).toBeUndefined();
});

test('the points of an hour are shared by all who call for the app and come back at the full hour', () => {
  const limits = new RateLimits();
  limits.charge(APP, POINTS_PER_HOUR, NOON + 1_800_000);
  const refused = refusal(() => limits.check(ROUTE, APP, NOON + 1_800_000));
  expect(refused?.headers).toMatchObject({
    'ratelimit-reason': 'jira-quota-global-based',
    'retry-after': '1800',
    'x-ratelimit-reset': new Date(NOON + HOUR).toISOString(),
  });
  expect(
    refusal(() => limits.check(ROUTE, { kind: 'user', accountId: 'x' }, NOON + 1_800_000)),
  ).toBeUndefined();
  expect(refusal(() => limits.check(ROUTE, APP, NOON + HOUR))).toBeUndefined();
});

test('one pool for all sites: what the app spends on one is missing on the other', () => {
  const pool = new PointsPool();
  const [acme, globex] = [new RateLimits(pool), new RateLimits(pool)];
  acme.charge(APP, POINTS_PER_HOUR, NOON);
  expect(refusal(() => globex.check(ROUTE, APP, NOON))?.headers).toMatchObject({
    'ratelimit-reason': 'jira-quota-global-based',
  });
  // An app that acts for a user pays as well; a person at the door does not.
  expect(refusal(() => globex.check(ROUTE, { kind: 'user', accountId: 'x', appId: 'a' }, NOON))?.status).toBe(
    429,
  );
  expect(refusal(() => globex.check(ROUTE, { kind: 'user', accountId: 'x' }, NOON))).toBeUndefined();
});

test('before enforcement: nobody is refused, and the headers say Beta', () => {
  const limits = new RateLimits(new PointsPool(false));
  limits.charge(APP, POINTS_PER_HOUR + 5, NOON);
  expect(refusal(() => limits.check(ROUTE, APP, NOON))).toBeUndefined();
  expect(limits.headers(APP, NOON)).toMatchObject({
    'beta-x-ratelimit-limit': '65000',
    'beta-x-ratelimit-remaining': '0',
    'beta-ratelimit-policy': '"global-app-quota";q=65000;w=3600',
  });
  expect(Object.keys(limits.headers(APP, NOON)).filter((name) => !name.startsWith('beta-'))).toEqual([]);
});

test('headers tell what is left; the structured one names it when 80 % is used', () => {
  const limits = new RateLimits();
  limits.charge(APP, POINTS_PER_HOUR * 0.5, NOON);
  expect(limits.headers(APP, NOON)).toMatchObject({
    'x-ratelimit-limit': '65000',
    'x-ratelimit-remaining': '32500',
    'x-ratelimit-nearlimit': 'false',
    'ratelimit-policy': '"global-app-quota";q=65000;w=3600',
    ratelimit: '"global-app-quota";t=3600',
  });
  limits.charge(APP, POINTS_PER_HOUR * 0.4, NOON);
  expect(limits.headers(APP, NOON)).toMatchObject({
    'x-ratelimit-nearlimit': 'true',
    ratelimit: '"global-app-quota";r=6500;t=3600',
  });
  expect(limits.headers({ kind: 'user', accountId: 'x' }, NOON)).toEqual({});
});

test.each([
  ['GET /rest/api/3/project/search', 100],
  ['POST /rest/api/3/issue', 100],
  ['PUT /rest/api/3/issue/{issueIdOrKey}', 50],
  ['DELETE /rest/api/3/issue/{issueIdOrKey}', 50],
  [ROUTE, 150],
  ['GET /rest/api/3/issue/{issueIdOrKey}/changelog', 200],
  ['GET /rest/api/3/attachment/content/{id}', 300],
])('%s: %i at once, then jira-burst-based until tokens come back', (route, rate) => {
  const limits = new RateLimits();
  for (let call = 0; call < rate; call += 1) limits.check(route, APP, NOON);
  const refused = refusal(() => limits.check(route, APP, NOON));
  expect(refused?.headers).toMatchObject({
    'ratelimit-reason': 'jira-burst-based',
    'retry-after': '1',
    'x-ratelimit-limit': String(rate),
  });
  // Another endpoint has a bucket of its own.
  expect(refusal(() => limits.check('GET /rest/api/3/myself', APP, NOON))).toBeUndefined();
  expect(refusal(() => limits.check(route, APP, NOON + Math.ceil(1000 / rate)))).toBeUndefined();
});
