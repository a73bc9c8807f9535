/**
 * Every limit the platform services enforce, with where it comes from.
 * DAC = developer.atlassian.com page, SDK = read in the installed `@forge` package, measured = seen on the real platform by
 * third parties (October 2026), emulator = chosen here because no source names it.
 */

const KIB = 1024;
/** Rates are stated in MB; the smaller reading is the strict one. */
const MB = 1_000_000;
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Key-value and entity storage. DAC limits-kvs-ce, kvs-batch, kvs-api-query, handling-errors-customentities. */
export const KVS_LIMITS = {
  keyChars: 500,
  keyPattern: /^(?!\s+$)[a-zA-Z0-9:._\s\-#]+$/,
  valueBytes: 240 * KIB,
  /** DAC kvs-api-secret. */
  secretBytes: 128 * KIB,
  depth: 31,
  pageDefault: 10,
  pageMax: 100,
  batchKeys: 25,
  batchBytes: 4 * KIB * KIB,
  transactionOperations: 25,
  transactionBytes: 4 * KIB * KIB,
  conditions: 100,
  rangeValueBytes: 900,
  partitionBytes: 1700,
  integerMin: -(2 ** 31),
  integerMax: 2 ** 31 - 1,
  requestsPerSecond: 1000,
  readUnitsPerMinute: 4000,
  writeUnitsPerMinute: 4000,
  unitBytes: 10 * KIB,
  keyReadBytesPerSecond: 12 * MB,
  keyWriteBytesPerSecond: MB,
  /** One partition of one index, read by queries. */
  indexValueReadBytesPerSecond: 24 * MB,
  /** "The cursor must not be persisted" (DAC kvs-api-query); when it dies is unpublished. Emulator. */
  cursorLivesMs: 15 * MINUTE,
  /** Pricing counts an empty read as 1 KB (DAC forge-platform-pricing). */
  emptyReadBytes: KIB,
  ttlMaxMs: 365 * 24 * HOUR,
  /** A row may be readable this long after its expiry (DAC kvs-api). */
  ttlDeletesAfterMs: 48 * HOUR,
} as const;

/** Custom entities as the manifest declares them. DAC custom entities; SDK manifest schema; index rules measured. */
export const ENTITY_LIMITS = {
  perApp: 20,
  indexes: 7,
  attributes: 50,
  rangeAttributes: 1,
  nameMin: 3,
  nameMax: 60,
  namePattern: /^(?![_.-])(?!.*\.{2})[a-z0-9:\-_.]*(?<![.])$/,
  attributeMax: 30,
  attributePattern: /^[a-zA-Z][a-zA-Z0-9_]*$/,
  indexNameMin: 3,
  indexNameMax: 50,
  types: ['string', 'boolean', 'float', 'integer', 'any'],
} as const;

/** Async events. DAC limits-async-events and async-events-api; SDK events/validators. */
export const QUEUE_LIMITS = {
  eventsPerPush: 50,
  pushBytes: 200 * KIB,
  eventsPerMinute: 500,
  delaySeconds: 900,
  /** A function with a longer timeout takes events up to `longRunningEventBytes` only. */
  shortTimeoutSeconds: 55,
  longRunningEventBytes: 100 * KIB,
  retryDataBytes: 4 * KIB,
  retryAfterSeconds: 900,
  retryAfterMinSeconds: 1,
  /** Event and retryData together over this: the retry is silently lost (jira.atlassian.com ECO-759). */
  retryTotalBytes: 200 * KIB,
  pushesPerChain: 1000,
  queueNameMax: 36,
  queueNamePattern: /^[a-zA-Z0-9-_]+$/,
  consumerTimeoutSeconds: 900,
  retentionMs: 24 * HOUR,
  /** Exponential backoff "up to about 15 minutes"; the first step is the emulator's. */
  backoffFirstMs: SECOND,
  backoffMaxMs: 15 * MINUTE,
  /** First wait of an event whose concurrency key is taken; partners saw gaps of 4 to 16 s. Emulator. */
  blockedFirstMs: SECOND,
  /** Finished jobs whose counts `getStats` can still give. Emulator. */
  rememberedJobs: 5000,
} as const;

/** Webtriggers. DAC web-trigger, limits-invocation, limits-web-trigger; rates by CHANGE-3420. */
export const WEBTRIGGER_LIMITS = {
  payloadBytes: 5 * KIB * KIB,
  perSecond: 300,
  perMinute: 7000,
  /** Calls of the management API per minute. */
  getsPerMinute: 1000,
  createsPerMinute: 500,
  deletesPerMinute: 500,
  staticOutputs: 20,
  staticBodyChars: 1024,
  staticKeyChars: 255,
  staticContentTypeChars: 255,
  /** Calls, and characters of their bodies, kept for tests and the console. Emulator. */
  trafficKept: 5000,
  trafficCharsKept: 64 * KIB * KIB,
} as const;

/** Product events. DAC events-reference/product_events (known issues), trigger. */
export const EVENT_LIMITS = {
  /** Bigger events are dropped without a word. */
  payloadBytes: 200 * 1000,
  appRetries: 4,
  retryAfterSeconds: 900,
  retryDataBytes: 4 * KIB,
  /** The platform's own retries after a timeout or a crash; their number is unpublished. Emulator. */
  platformRetries: 3,
  platformBackoffMs: 2 * SECOND,
  expressionChars: 10_000,
  expressionSteps: 50_000,
} as const;

/** Scheduled triggers. DAC scheduled-trigger. */
export const SCHEDULE_LIMITS = {
  perApp: 5,
  fiveMinutePerApp: 1,
  firstRunAfterMs: 5 * MINUTE,
  /** Installations of one app do not start together; how far they are spread is unpublished. Emulator. */
  spreadMs: MINUTE,
  intervalsMs: {
    fiveMinute: 5 * MINUTE,
    hour: HOUR,
    day: 24 * HOUR,
    week: 7 * 24 * HOUR,
  },
} as const;

/** Calls of `@forge/bridge`. DAC limits-invocation; SDK bridge invoke. */
export const BRIDGE_LIMITS = {
  invokeRequestBytes: 500 * KIB,
  invokeResponseBytes: 5 * KIB * KIB,
  /** The package itself counts these. */
  invokes: 500,
  invokesWindowMs: 25 * SECOND,
} as const;

export { HOUR, MINUTE, SECOND };
