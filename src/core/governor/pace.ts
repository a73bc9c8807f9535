/** How fast requests may follow each other: per endpoint by a token bucket, per issue by two windows. */

/** Requests in a second, per site, endpoint and method (Atlassian's rate-limiting page, August 2026). */
const usualRates: Readonly<Record<string, number>> = { GET: 100, POST: 100, PUT: 50, DELETE: 50 };
const otherRates: Readonly<Record<string, number>> = {
  'GET issue/*': 150,
  'GET attachment/content/*': 300,
  'GET user': 150,
  'POST search/approximate-count': 150,
};
/** One run takes at most this part of a rate: others work at the same time, and nothing here is shared between them. */
const partOfRate = 0.5;
/** Writes of one issue within a window, below Jira's 20 in 2 s and 100 in 30 s: people write too. */
const issueWindows = [
  { writes: 16, ms: 2_000 },
  { writes: 80, ms: 30_000 },
] as const;
const longestWindowMs = 30_000;

export interface Bucket {
  tokens: number;
  at: number;
}

/** The endpoint of a request, with ids left out: `PUT issue/*`. */
export function endpointOf(method: string, path: string): string {
  const parts = partsOf(path);
  const named = parts.map((part) => (isName(part) ? part : '*'));
  return `${method} ${named.join('/')}`;
}

/** Takes a token, or says how long to wait for one, milliseconds. */
export function takeToken(
  bucket: Bucket | undefined,
  endpoint: string,
  now: number,
): { bucket: Bucket; waitMs: number } {
  const method = endpoint.slice(0, endpoint.indexOf(' '));
  const rate = (otherRates[endpoint] ?? usualRates[method] ?? 50) * partOfRate;
  const before = bucket ?? { tokens: rate, at: now };
  const tokens = Math.min(rate, before.tokens + (Math.max(0, now - before.at) / 1_000) * rate);
  if (tokens >= 1) return { bucket: { tokens: tokens - 1, at: now }, waitMs: 0 };
  return { bucket: { tokens, at: now }, waitMs: Math.ceil(((1 - tokens) / rate) * 1_000) };
}

/** The issue that a request writes to; undefined for reading and for what belongs to no issue. */
export function writtenIssue(method: string, path: string): string | undefined {
  const [first, issue = ''] = partsOf(path);
  const isWrite = method !== 'GET' && first === 'issue' && issue !== '' && !isName(issue);
  return isWrite ? issue : undefined;
}

/** Writes of an issue that still count, and how long to wait before another one, milliseconds. */
export function issueWait(times: readonly number[], now: number): { recent: number[]; waitMs: number } {
  const recent = times.filter((at) => at > now - longestWindowMs);
  let waitMs = 0;
  for (const { writes, ms } of issueWindows) {
    const within = recent.filter((at) => at > now - ms);
    const oldest = within[within.length - writes];
    if (oldest !== undefined) waitMs = Math.max(waitMs, oldest + ms - now);
  }
  return { recent, waitMs };
}

/** Behind `/rest/api/3/`. */
function partsOf(path: string): string[] {
  const [plain = ''] = path.split('?');
  return plain.split('/').slice(4);
}

/** Ids and keys hold a digit or a colon; names of resources do not. */
function isName(part: string): boolean {
  return /^[a-z][a-z-]*$/i.test(part);
}
