/**
 * The governor of one invocation. Points are reserved in blocks by a conditional write, and what is left of a block stays in
 * the stream row, which every change writes anyway: an ordinary edit costs no row more. Nobody ever sleeps here: who has to
 * wait is told until when, and the work comes back by a delayed wake-up.
 */
import { limitReason, quotaOver, readSeen } from '#core/governor/limit-headers';
import { type Bucket, endpointOf, issueWait, takeToken, writtenIssue } from '#core/governor/pace';
import { type Priced, priceOf } from '#core/governor/price';
import type { GatedRequest, Governor, NotNow, RequestGate } from '../ports/governor';
import type { Ports } from '../ports/ports';
import { PointsAccount } from './points-account';

/** A shorter wait is not worth a wake-up, milliseconds. */
const shortestMs = 1_000;
/** After a full hour everybody begins again, not all in the same second. */
const spreadMs = 30_000;

const whyQuota = 'The points that Jira allows for this hour are used up.';
const whyShare = 'The points that this site plans for existing issues and checks in this hour are used up.';
const whyPace = 'Jira is not asked faster than it allows.';

/** `share`: part of a shared quota that is meant for this site, 0 to 1. */
export function createGovernor(
  ports: Pick<Ports, 'store' | 'clock' | 'random'>,
  share: number,
): Governor & RequestGate {
  const account = new PointsAccount(ports, share);
  const pace = createPace();
  let stopUntil = 0;

  function spread(): number {
    return Math.floor(((ports.random.bytes(1)[0] ?? 0) / 256) * spreadMs);
  }

  return {
    begin(connection, credit) {
      account.connection = connection;
      if (credit !== undefined) account.credit = credit;
    },
    setLane(lane) {
      account.lane = lane;
    },
    credit: () => (account.isSpent ? account.credit : undefined),
    backgroundPoints: () => account.backgroundPoints(ports.clock.now()),
    async before(request) {
      const now = ports.clock.now();
      if (stopUntil > now) return { ...notNow(stopUntil - now, whyQuota), isQuota: true };
      const waitMs = pace(request, now);
      if (waitMs > 0) return notNow(waitMs, whyPace);
      const until = await account.pay(pointsOf(request), now);
      if (until === undefined) return undefined;
      const afterMs = until - now + spread();
      return account.lane === 'live'
        ? { ...notNow(afterMs, whyQuota), isQuota: true }
        : { ...notNow(afterMs, whyShare), only: 'background' };
    },
    async after(status, header) {
      const now = ports.clock.now();
      if (status !== 429) {
        account.seen = readSeen(header, now) ?? account.seen;
        return undefined;
      }
      if (limitReason(header) !== 'quota') return undefined;
      stopUntil = quotaOver(header, now) + spread();
      await account.stop(stopUntil, now);
      return stopUntil - now;
    },
  };
}

/** Of one run: the requests to each endpoint and the writes of each issue. Answers how long to wait, milliseconds. */
function createPace(): (request: GatedRequest, now: number) => number {
  const buckets = new Map<string, Bucket>();
  const writes = new Map<string, number[]>();
  return ({ method, path }, now) => {
    const issue = writtenIssue(method, path);
    const { recent, waitMs } = issueWait(writes.get(issue ?? '') ?? [], now);
    if (issue !== undefined && waitMs > 0) return waitMs;
    const endpoint = endpointOf(method, path);
    const taken = takeToken(buckets.get(endpoint), endpoint, now);
    buckets.set(endpoint, taken.bucket);
    if (taken.waitMs === 0 && issue !== undefined) writes.set(issue, [...recent, now]);
    return taken.waitMs;
  };
}

function notNow(afterMs: number, why: string): NotNow {
  return { afterMs: Math.max(shortestMs, Math.ceil(afterMs)), why, isQuota: false };
}

function pointsOf({ method, path, body }: GatedRequest): number {
  const [plain = ''] = path.replace('/rest/api/3/', '').split('?');
  return priceOf({ method, path: plain, ...(body === undefined ? {} : { body: parse(body) }) });
}

/** Our own request, so its members are what they are called. */
function parse(body: string): NonNullable<Priced['body']> {
  try {
    return JSON.parse(body);
  } catch {
    return {};
  }
}
