/** Rate limiting of Data Center: tokens per user that come back in batches. Off unless an administrator switches it on. */
import { type Problem, refuse } from '../jira/problem';
import type { RequestLimits } from '../jira/rate-limits';
import type { Actor } from '../seam';

/** Settings of the rate limiting page: so many tokens at most, so many new ones per interval. */
export interface ServerLimit {
  capacity: number;
  fillRate: number;
  intervalSeconds: number;
}

interface Bucket {
  tokens: number;
  /** When the last batch of tokens came. */
  at: number;
}

/** Nothing is counted per issue and nothing costs points on Data Center. */
export class ServerLimits implements RequestLimits {
  private readonly buckets = new Map<string, Bucket>();
  private limit: ServerLimit | undefined;

  /** Undefined switches it off. */
  set(limit: ServerLimit | undefined): void {
    this.limit = limit;
    this.buckets.clear();
  }

  /** Takes a token of the caller, or throws the 429. Visitors share one bucket. */
  check(_route: string, actor: Actor, now: number): void {
    if (this.limit === undefined) return;
    const bucket = this.bucketOf(this.limit, actor, now);
    if (bucket.tokens < 1) throw this.tooMany(this.limit, bucket, now);
    bucket.tokens -= 1;
  }

  noteIssueWrite(): void {}

  charge(): void {}

  headers(actor: Actor, now: number): Record<string, string> {
    return this.limit === undefined ? {} : describe(this.limit, this.bucketOf(this.limit, actor, now), now);
  }

  private tooMany(limit: ServerLimit, bucket: Bucket, now: number): Problem {
    return refuse(429, 'Rate limit exceeded.', describe(limit, bucket, now));
  }

  private bucketOf(limit: ServerLimit, actor: Actor, now: number): Bucket {
    const id = actor.kind === 'anonymous' ? '' : actor.accountId;
    const bucket = this.buckets.get(id) ?? { tokens: limit.capacity, at: now };
    const batches = Math.floor((now - bucket.at) / (limit.intervalSeconds * 1000));
    bucket.tokens = Math.min(limit.capacity, bucket.tokens + batches * limit.fillRate);
    bucket.at += batches * limit.intervalSeconds * 1000;
    this.buckets.set(id, bucket);
    return bucket;
  }
}

/** Headers of every answer while it is on; Retry-After is 0 as long as tokens are left. */
function describe(limit: ServerLimit, bucket: Bucket, now: number): Record<string, string> {
  const wait = Math.ceil((bucket.at + limit.intervalSeconds * 1000 - now) / 1000);
  return {
    'x-ratelimit-limit': String(limit.capacity),
    'x-ratelimit-remaining': String(bucket.tokens),
    'x-ratelimit-interval-seconds': String(limit.intervalSeconds),
    'x-ratelimit-fillrate': String(limit.fillRate),
    'retry-after': String(bucket.tokens > 0 ? 0 : Math.max(1, wait)),
  };
}
