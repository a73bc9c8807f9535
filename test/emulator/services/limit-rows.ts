/** What the platform services enforce, as rows of the table of all limits. */
import { type LimitRow, limitsFrom } from '../core/limit';
import { KVS_LIMIT_ROWS } from './kvs/limit-rows';
import { BRIDGE_LIMITS, EVENT_LIMITS, MINUTE, SCHEDULE_LIMITS, SECOND, WEBTRIGGER_LIMITS } from './limits';
import { QUEUE_LIMIT_ROWS } from './queue/limit-rows';

const STOPS = 'the emulator does not start';
const WEBTRIGGERS = 'DAC limits-web-trigger, limits-invocation';
const WEBTRIGGER_RATES = 'webtriggers.test.ts: 300 calls a second, 7000 a minute';

const OUTPUTS = 'webtriggers.test.ts: a manifest with %s stops the start ›';
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
    '429, with X-Ratelimit-Limit, -Remaining and -Reset as every answer has them',
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
    'outputs that a static webtrigger may declare',
    WEBTRIGGER_LIMITS.staticOutputs,
    'outputs',
    'SDK manifest schema',
    STOPS,
    `${OUTPUTS} 21 outputs`,
  ],
  [
    'key of a static output',
    WEBTRIGGER_LIMITS.staticKeyChars,
    'characters',
    'SDK manifest schema',
    STOPS,
    `${OUTPUTS} a long key of an output`,
  ],
  [
    'content type of a static output',
    WEBTRIGGER_LIMITS.staticContentTypeChars,
    'characters',
    'SDK manifest schema',
    STOPS,
    `${OUTPUTS} a long content type`,
  ],
  [
    'body of a static output',
    WEBTRIGGER_LIMITS.staticBodyChars,
    'characters',
    'SDK manifest schema',
    STOPS,
    `${OUTPUTS} a long body`,
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
    'product events late, doubled, out of order',
    'as the faults say',
    'deliveries',
    EVENTS,
    'the function runs later, again, or after a later event',
    'events.test.ts: faults lose, double, delay and reorder',
  ],
  [
    'product events of what hung on a deleted issue',
    0,
    'events',
    EVENTS,
    'only the issue itself makes an event',
    'semantics-events.test.ts: nothing cascades: a deleted issue is one event, whatever hung on it',
  ],
  [
    'product events of the app itself under ignoreSelf',
    0,
    'deliveries',
    EVENTS,
    'not delivered',
    'events.test.ts: events of the app itself are marked, carry its trace, and pass by who ignores them',
  ],
  [
    'filter expression that fails',
    0,
    'deliveries, unless onError says so',
    EVENTS,
    'dropped; told where onError says so',
    'events-filters.test.ts: %s is an error, which drops the event and is told',
  ],
  [
    'retry of an event that the app asks for',
    EVENT_LIMITS.retryAfterSeconds,
    'seconds',
    EVENTS,
    'the retry comes then',
    'events.test.ts: a retry waits 900 seconds at most',
  ],
  [
    'retryData of a product event',
    EVENT_LIMITS.retryDataBytes,
    'bytes',
    EVENTS,
    'the retry is lost',
    'events.test.ts: retryData over 4 KB: the retry is lost',
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
    'intervals of scheduled triggers',
    Object.keys(SCHEDULE_LIMITS.intervalsMs).join(', '),
    'intervals',
    'DAC scheduled-trigger',
    STOPS,
    'scheduler.test.ts: a manifest with %s stops the start › an unknown interval',
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
    `in ${BRIDGE_LIMITS.invokesWindowMs / SECOND} seconds`,
    'SDK bridge invoke',
    'the package throws before anything is sent',
    'web-bridge-surface.test.ts: invoke: the package stops after 500 calls in 25 seconds',
  ],
];

/** Storage, queues, webtriggers, product events, schedules, the bridge. */
export const SERVICE_LIMIT_ROWS = limitsFrom([
  ...KVS_LIMIT_ROWS,
  ...QUEUE_LIMIT_ROWS,
  ...webtriggerRows,
  ...eventRows,
  ...bridgeRows,
]);
