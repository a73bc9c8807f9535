/** Reads what Jira says about its limits in the headers of an answer; also in the form that it had before limits counted. */
import { hourEnd, hourMs, type Seen } from './hour-budget';

type Header = (name: string) => string | null;

/** Why an answer is 429; `other`: Jira's gateway limits without a reason. */
export type LimitReason = 'quota' | 'burst' | 'issue' | 'other';

export function limitReason(header: Header): LimitReason {
  const reason = header('RateLimit-Reason') ?? '';
  if (reason.startsWith('jira-quota')) return 'quota';
  if (reason === 'jira-burst-based') return 'burst';
  return reason === 'jira-per-issue-on-write' ? 'issue' : 'other';
}

/** Undefined where Jira says nothing of a quota: limits of bursts use the same names, with small numbers. */
export function readSeen(header: Header, now: number): Seen | undefined {
  const either: Header = (name) => header(name) ?? header(`Beta-${name}`);
  const policy = either('RateLimit-Policy') ?? '';
  const window = numberIn(policy, 'w');
  const limit = numberIn(policy, 'q') ?? numeric(either('X-RateLimit-Limit'));
  if (limit === undefined || limit < smallestQuota || (window !== undefined && window !== 3_600))
    return undefined;
  const remaining = numberIn(either('RateLimit') ?? '', 'r') ?? numeric(either('X-RateLimit-Remaining'));
  if (remaining !== undefined) return { at: now, limit, remaining, isOwn: isOwn(policy) };
  const isNear = either('X-RateLimit-NearLimit') === 'true';
  // Between "near" and "not near" stands a fifth; the cautious reading of either.
  return { at: now, limit, remaining: Math.floor(limit * (isNear ? 0 : 0.2)), isOwn: isOwn(policy) };
}

/** When everything may go on after the quota was used up: at the full hour, or later where Jira says so. */
export function quotaOver(header: Header, now: number): number {
  const seconds = numeric(header('Retry-After'));
  const said = seconds === undefined ? 0 : now + Math.ceil(seconds * 1_000);
  return Math.min(Math.max(said, hourEnd(now)), now + hourMs);
}

/** A quota of an hour is never this small; numbers below it are of bursts. */
const smallestQuota = 1_000;

/** A site that was given its own quota is told so by the name of the policy. */
function isOwn(policy: string): boolean {
  return policy.includes('tenant');
}

/** A member of a structured header: `"global-app-quota";q=65000;w=3600`. */
function numberIn(structured: string, name: string): number | undefined {
  const match = new RegExp(`;\\s*${name}=(\\d+)`).exec(structured);
  return numeric(match?.[1] ?? null);
}

function numeric(text: string | null): number | undefined {
  const value = text === null || text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) && value >= 0 ? value : undefined;
}
