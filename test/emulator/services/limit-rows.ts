/** What the platform services enforce, as rows of the table of all limits. */
import { type LimitRow, limitsFrom } from '../core/limit';
import { KVS_LIMIT_ROWS } from './kvs/limit-rows';
import {
  BRIDGE_LIMITS,
  EVENT_LIMITS,
  MINUTE,
  QUEUE_LIMITS,
  SCHEDULE_LIMITS,
  WEBTRIGGER_LIMITS,
} from './limits';

const STOPS = 'the emulator does not start';
const ASYNC = 'DAC limits-async-events';
const PUSH = 'queue.test.ts: %s is refused ›';
const PUSH_RATES = 'queue.test.ts: 500 events a minute, 1000 pushes in one chain';
const RETRY_LOST = 'queue.test.ts: %s: the retry is lost ›';

const queueRows: readonly LimitRow[] = [
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

const WEBTRIGGERS = 'DAC limits-web-trigger, limits-invocation';
const WEBTRIGGER_RATES = 'webtriggers.test.ts: 300 calls a second, 7000 a minute';

const MANAGED = 'platform-limits.test.ts: are limited when they are %s ›';

const webtriggerRows: readonly LimitRow[] = [
  [
    'addresses of webtriggers got',
    WEBTRIGGER_LIMITS.getsPerMinute,
    'per minute and installation',
    WEBTRIGGERS,
    '429',
    `${MANAGED} got`,
  ],
  [
    'addresses of webtriggers made',
    WEBTRIGGER_LIMITS.createsPerMinute,
    'per minute and installation',
    WEBTRIGGERS,
    '429',
    `${MANAGED} made`,
  ],
  [
    'addresses of webtriggers deleted',
    WEBTRIGGER_LIMITS.deletesPerMinute,
    'per minute and address',
    WEBTRIGGERS,
    '429',
    `${MANAGED} deleted`,
  ],
  [
    'webtrigger request and answer',
    WEBTRIGGER_LIMITS.payloadBytes,
    'bytes',
    WEBTRIGGERS,
    '413',
    'webtriggers.test.ts: a request over 5 MB never reaches the function',
  ],
  [
    'webtrigger calls in a second',
    WEBTRIGGER_LIMITS.perSecond,
    'per second and installation',
    `${WEBTRIGGERS}; CHANGE-3420`,
    '429',
    WEBTRIGGER_RATES,
  ],
  [
    'webtrigger calls in a minute',
    WEBTRIGGER_LIMITS.perMinute,
    'per minute and installation',
    `${WEBTRIGGERS}; CHANGE-3420`,
    '429',
    WEBTRIGGER_RATES,
  ],
  [
    'outputs of a static webtrigger',
    'those declared',
    'outputs',
    'DAC web-trigger',
    '500',
    'webtriggers.test.ts: a static webtrigger gives declared outputs only',
  ],
  [
    'body of a static output',
    WEBTRIGGER_LIMITS.staticBodyChars,
    'characters',
    'SDK manifest schema',
    STOPS,
    'webtriggers.test.ts: a manifest with %s stops the start › a long body',
  ],
];

const EVENTS = 'DAC events-reference/product_events, trigger';

const eventRows: readonly LimitRow[] = [
  [
    'product event',
    EVENT_LIMITS.payloadBytes,
    'bytes',
    EVENTS,
    'dropped without a word',
    'events.test.ts: an event over 200 kB is dropped',
  ],
  [
    'retries of an event that the app asks for',
    EVENT_LIMITS.appRetries,
    'retries',
    EVENTS,
    'given up',
    'events.test.ts: a returned InvocationError is retried up to four times',
  ],
  [
    'retries of an event after a timeout or a crash',
    EVENT_LIMITS.platformRetries,
    'retries',
    'emulator',
    'given up',
    'events.test.ts: a function that ends by %s runs %i times',
  ],
  [
    'filter expression',
    EVENT_LIMITS.expressionChars,
    'characters',
    EVENTS,
    STOPS,
    'events-filters.test.ts: %s in an expression stops the deploy › more than 10000 characters',
  ],
  [
    'evaluation of a filter expression',
    EVENT_LIMITS.expressionSteps,
    'steps',
    EVENTS,
    'as onError says',
    'events-filters.test.ts: an evaluation of more than 50000 steps is an error',
  ],
  [
    'scheduled triggers',
    SCHEDULE_LIMITS.perApp,
    'modules',
    'DAC scheduled-trigger',
    STOPS,
    'scheduler.test.ts: a manifest with %s stops the start › six timers',
  ],
  [
    'scheduled triggers every five minutes',
    SCHEDULE_LIMITS.fiveMinutePerApp,
    'modules',
    'DAC scheduled-trigger',
    STOPS,
    'scheduler.test.ts: a manifest with %s stops the start › two five-minute timers',
  ],
  [
    'first run of a scheduled trigger',
    SCHEDULE_LIMITS.firstRunAfterMs / MINUTE,
    'minutes after the start',
    'DAC scheduled-trigger',
    'nothing runs before',
    'scheduler.test.ts: timers begin about five minutes after the start and keep their interval',
  ],
];

const bridgeRows: readonly LimitRow[] = [
  [
    'bridge invoke request',
    BRIDGE_LIMITS.invokeRequestBytes,
    'bytes',
    'DAC limits-invocation',
    'the promise of invoke() rejects and names the limit',
    'web-bridge-surface.test.ts: invoke: 500 KB may go in, 5 MB come out',
  ],
  [
    'bridge invoke answer',
    BRIDGE_LIMITS.invokeResponseBytes,
    'bytes',
    'DAC limits-invocation',
    'the promise of invoke() rejects and names the limit',
    'web-bridge-surface.test.ts: invoke: 500 KB may go in, 5 MB come out',
  ],
  [
    'bridge invokes of a page',
    BRIDGE_LIMITS.invokes,
    'in 25 seconds',
    'SDK bridge invoke',
    'the package throws before anything is sent',
    'web-bridge-surface.test.ts: invoke: the package stops after 500 calls in 25 seconds',
  ],
];

/** Storage, queues, webtriggers, product events, schedules, the bridge. */
export const SERVICE_LIMIT_ROWS = limitsFrom([
  ...KVS_LIMIT_ROWS,
  ...queueRows,
  ...webtriggerRows,
  ...eventRows,
  ...bridgeRows,
]);
