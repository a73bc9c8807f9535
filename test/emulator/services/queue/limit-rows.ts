/** What async events enforce, as rows of the table of all limits. */
import type { LimitRow } from '../../core/limit';
import { QUEUE_LIMITS } from '../limits';

const STOPS = 'the emulator does not start';
const ASYNC = 'DAC limits-async-events';
const PUSH = 'queue.test.ts: %s is refused ›';
const PUSH_RATES = 'queue.test.ts: 500 events a minute, 1000 pushes in one chain';
const RETRY_TIME = 'queue.test.ts: a retry after %s comes within 1 to 900 seconds ›';
const RETRIED =
  'queue.test.ts: a function that fails (%s) is tried again with growing waits, until 24 hours are over';
const QUEUES = 'queue.test.ts: a manifest with %s stops the start ›';
const RETRY_LOST = 'queue.test.ts: %s: the retry is lost ›';

/** Pushes, deliveries, retries, consumers of the manifest. */
export const QUEUE_LIMIT_ROWS: readonly LimitRow[] = [
  ['events of a push', QUEUE_LIMITS.eventsPerPush, 'events', ASYNC, '400', `${PUSH} 51 events`],
  ['payload of a push', QUEUE_LIMITS.pushBytes, 'bytes', ASYNC, '413', `${PUSH} a payload over 200 KB`],
  [
    'event for a long-running consumer',
    QUEUE_LIMITS.longRunningEventBytes,
    'bytes',
    ASYNC,
    '413',
    `${PUSH} over 100 KB for a long-running consumer`,
  ],
  ['delay of an event', QUEUE_LIMITS.delaySeconds, 'seconds', ASYNC, '400', `${PUSH} a delay over 900 s`],
  ['events pushed', QUEUE_LIMITS.eventsPerMinute, 'per minute and installation', ASYNC, '429', PUSH_RATES],
  [
    'pushes in one chain',
    QUEUE_LIMITS.pushesPerChain,
    'pushes',
    ASYNC,
    '405, InvocationLimitReachedError of the package',
    PUSH_RATES,
  ],
  [
    'order of queue events',
    'none',
    'order',
    'DAC async-events-api',
    'events due together come in a seeded random order',
    'queue.test.ts: events due together come in a seeded random order, each once',
  ],
  [
    'deliveries of a queue event',
    'at least once',
    'deliveries',
    'DAC async-events-api',
    'the same event, with the same eventId, may come again',
    'queue.test.ts: faults double and delay a delivery',
  ],
  [
    'events at once under a concurrency key',
    'as the push says',
    'running functions',
    'DAC async-events-api',
    `tried again after ${QUEUE_LIMITS.blockedFirstMs} ms and growing`,
    'queue.test.ts: a concurrency key bounds what runs at once, over all queues; blocked events come later',
  ],
  [
    'retry that a consumer asks for, at most',
    QUEUE_LIMITS.retryAfterSeconds,
    'seconds',
    'DAC async-events-api',
    'the retry comes then',
    `${RETRY_TIME} a day`,
  ],
  [
    'retry that a consumer asks for, at least',
    QUEUE_LIMITS.retryAfterMinSeconds,
    'seconds',
    'DAC async-events-api',
    'the retry comes then',
    `${RETRY_TIME} nothing`,
  ],
  [
    'retries of the platform, first',
    QUEUE_LIMITS.backoffFirstMs,
    'ms',
    'emulator',
    'the retry comes then',
    RETRIED,
  ],
  [
    'retries of the platform, longest wait',
    QUEUE_LIMITS.backoffMaxMs,
    'ms',
    'DAC async-events-api',
    'the retry comes then',
    RETRIED,
  ],
  [
    'retention of a queue event',
    QUEUE_LIMITS.retentionMs,
    'ms',
    'DAC async-events-api',
    'dropped, the job counts it as failed',
    RETRIED,
  ],
  [
    'timeout of a consumer',
    QUEUE_LIMITS.consumerTimeoutSeconds,
    'seconds',
    ASYNC,
    STOPS,
    `${QUEUES} a timeout of 901 s`,
  ],
  [
    'length of the name of a queue',
    QUEUE_LIMITS.queueNameMax,
    'characters',
    'SDK manifest schema',
    STOPS,
    `${QUEUES} a queue name of 37 characters`,
  ],
  [
    'retryData of an event',
    QUEUE_LIMITS.retryDataBytes,
    'bytes',
    'DAC async-events-api',
    'the retry is lost',
    `${RETRY_LOST} retryData over 4 KB`,
  ],
  [
    'event and retryData together',
    QUEUE_LIMITS.retryTotalBytes,
    'bytes',
    'ECO-759',
    'the retry is lost',
    `${RETRY_LOST} event and retryData over 200 KB together`,
  ],
  [
    'name of a queue',
    String(QUEUE_LIMITS.queueNamePattern),
    'pattern',
    'SDK events',
    'the package refuses it',
    'service-sdk.test.ts: a push of %s is an error of the package › a queue name with a space',
  ],
];
