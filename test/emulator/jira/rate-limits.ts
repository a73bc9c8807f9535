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
import { type Problem, refuse } from './problem';

const HOUR_MS = 3_600_000;

/** What the router asks of the limits of a site. */
export type RequestLimits = Pick<RateLimits, 'check' | 'noteIssueWrite' | 'charge' | 'headers'>;

export class RateLimits {
  private readonly buckets = new Map<string, { tokens: number; at: number }>();
  private readonly writes = new Map<string, number[]>();
  private readonly used = new Map<string, { hour: number; points: number }>();

  /** Throws the 429 of the first limit that this request breaks. */
  check(route: string, actor: Actor, now: number): void {
    this.takeToken(route, now);
    if (actor.kind === 'app' && this.pointsLeft(actor.appId, now) <= 0) {
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
    if (actor.kind !== 'app') return;
    const hour = Math.floor(now / HOUR_MS);
    const before = this.used.get(actor.appId);
    this.used.set(actor.appId, { hour, points: (before?.hour === hour ? before.points : 0) + points });
  }

  /** Headers that every answer to an app carries, as documented. */
  headers(actor: Actor, now: number): Record<string, string> {
    if (actor.kind !== 'app') return {};
    const left = this.pointsLeft(actor.appId, now);
    const share = left / POINTS_PER_HOUR;
    const seconds = Math.ceil((hourEnd(now) - now) / 1000);
    return {
      'x-ratelimit-limit': String(POINTS_PER_HOUR),
      'x-ratelimit-remaining': String(left),
      'x-ratelimit-reset': new Date(hourEnd(now)).toISOString(),
      'x-ratelimit-nearlimit': String(share < NEAR_LIMIT_SHARE),
      'ratelimit-policy': `"global-app-quota";q=${POINTS_PER_HOUR};w=3600`,
      // What is left is only named when 80 % is used.
      ratelimit: `"global-app-quota";${share < NEAR_LIMIT_SHARE ? `r=${left};` : ''}t=${seconds}`,
    };
  }

  clear(): void {
    this.buckets.clear();
    this.writes.clear();
    this.used.clear();
  }

  private pointsLeft(appId: string, now: number): number {
    const used = this.used.get(appId);
    const current = used !== undefined && used.hour === Math.floor(now / HOUR_MS) ? used.points : 0;
    return Math.max(0, POINTS_PER_HOUR - current);
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

function hourEnd(now: number): number {
  return (Math.floor(now / HOUR_MS) + 1) * HOUR_MS;
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
