/** Enforces Jira's three rate limits: points per hour of the app, requests per second, writes per issue. */
import type { Actor } from '../seam';
import {
  BURST_CAPACITY_SECONDS,
  BURST_OVERRIDES,
  BURST_PER_SECOND,
  ISSUE_WRITE_WINDOWS,
  NEAR_LIMIT_SHARE,
  POINTS_PER_HOUR,
} from './limits';
import { hourEnd, PointsPool } from './points-pool';
import { type Problem, refuse } from './problem';

/** What the router asks of the limits of a site. */
export type RequestLimits = Pick<RateLimits, 'check' | 'noteIssueWrite' | 'charge' | 'headers'>;

export class RateLimits {
  private readonly buckets = new Map<string, { tokens: number; at: number }>();
  private readonly writes = new Map<string, number[]>();
  private readonly pool: PointsPool;

  constructor(pool: PointsPool = new PointsPool()) {
    this.pool = pool;
  }

  /** Throws the 429 of the first limit that this request breaks. */
  check(route: string, actor: Actor, now: number): void {
    this.takeToken(route, now);
    const payer = payerOf(actor);
    if (payer !== undefined && this.pool.enforced && this.pool.left(payer, now) <= 0) {
      throw tooMany('jira-quota-global-based', POINTS_PER_HOUR, 0, hourEnd(now), now);
    }
  }

  /** Counts one write to an issue, or throws its 429. */
  noteIssueWrite(issueId: string, now: number): void {
    const longest = Math.max(...ISSUE_WRITE_WINDOWS.map((window) => window.ms));
    const recent = (this.writes.get(issueId) ?? []).filter((at) => at > now - longest);
    for (const window of ISSUE_WRITE_WINDOWS) {
      const within = recent.filter((at) => at > now - window.ms);
      if (within.length >= window.writes) {
        throw tooMany('jira-per-issue-on-write', window.writes, 0, (within[0] ?? now) + window.ms, now);
      }
    }
    recent.push(now);
    this.writes.set(issueId, recent);
  }

  /** Books the points of an answered request; only apps pay. */
  charge(actor: Actor, points: number, now: number): void {
    const payer = payerOf(actor);
    if (payer !== undefined) this.pool.charge(payer, points, now);
  }

  /** Headers that every answer to an app carries, as documented. */
  headers(actor: Actor, now: number): Record<string, string> {
    const payer = payerOf(actor);
    if (payer === undefined) return {};
    const left = this.pool.left(payer, now);
    const share = left / POINTS_PER_HOUR;
    const seconds = Math.ceil((hourEnd(now) - now) / 1000);
    const headers = {
      'x-ratelimit-limit': String(POINTS_PER_HOUR),
      'x-ratelimit-remaining': String(left),
      'x-ratelimit-reset': new Date(hourEnd(now)).toISOString(),
      'x-ratelimit-nearlimit': String(share < NEAR_LIMIT_SHARE),
      'ratelimit-policy': `"global-app-quota";q=${POINTS_PER_HOUR};w=3600`,
      // What is left is only named when 80 % is used.
      ratelimit: `"global-app-quota";${share < NEAR_LIMIT_SHARE ? `r=${left};` : ''}t=${seconds}`,
    };
    if (this.pool.enforced) return headers;
    return Object.fromEntries(Object.entries(headers).map(([name, value]) => [`beta-${name}`, value]));
  }

  clear(): void {
    this.buckets.clear();
    this.writes.clear();
    this.pool.clear();
  }

  private takeToken(route: string, now: number): void {
    const rate = BURST_OVERRIDES[route] ?? BURST_PER_SECOND[route.slice(0, route.indexOf(' '))] ?? 50;
    const capacity = rate * BURST_CAPACITY_SECONDS;
    const bucket = this.buckets.get(route) ?? { tokens: capacity, at: now };
    const tokens = Math.min(capacity, bucket.tokens + ((now - bucket.at) / 1000) * rate);
    if (tokens < 1) {
      this.buckets.set(route, { tokens, at: now });
      throw tooMany('jira-burst-based', rate, 0, now + ((1 - tokens) / rate) * 1000, now);
    }
    this.buckets.set(route, { tokens: tokens - 1, at: now });
  }
}

/** The app that pays for a request: as itself, or for a user whom one of its functions stands for. */
function payerOf(actor: Actor): string | undefined {
  return actor.kind === 'anonymous' ? undefined : actor.appId;
}

function tooMany(reason: string, limit: number, remaining: number, reset: number, now: number): Problem {
  return refuse(429, 'Rate limit exceeded.', {
    'retry-after': String(Math.max(1, Math.ceil((reset - now) / 1000))),
    'ratelimit-reason': reason,
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': new Date(reset).toISOString(),
    'x-ratelimit-nearlimit': 'true',
  });
}
