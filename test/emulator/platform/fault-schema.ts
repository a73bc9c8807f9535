/** The faults that can be switched on, as `POST /__emulator/faults` takes them. */
import { z } from 'zod';
import { RATE_LIMIT_REASONS } from './rate-limit-reasons';

/** How often a fault strikes among the things that match it. */
const frequency = {
  /** Probability; seeded. */
  rate: z.number().min(0).max(1).default(1),
  /** Strikes only the n-th match (1 = the first). */
  nth: z.number().int().min(1).optional(),
  /** Strikes at most so many times. */
  times: z.number().int().min(1).optional(),
  site: z.string().optional(),
};
const ms = z.number().int().min(0).max(86_400_000);

/** A call is named `jira:POST /rest/api/3/issue`, `kvs:/api/v1/set`, `queue:publish`, `webtrigger:create`, `fetch:<url>`. */
const call = z.string().min(1);

const crashPointSchema = z.strictObject({
  site: z.string().optional(),
  call,
  bodyIncludes: z.string().optional(),
  nth: z.number().int().min(1).default(1),
  when: z.enum(['before', 'after']),
});

/** A list, or one thing which stands for a list of one; unlike a union it can say what is wrong inside. */
const oneOrMore = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (Array.isArray(value) ? value : [value]), z.array(schema)) as unknown as z.ZodType<
    z.output<T>[],
    z.input<T> | z.input<T>[]
  >;

const callErrorSchema = z.strictObject({
  ...frequency,
  call: call.default('jira:*'),
  status: z.union([z.literal(429), z.number().int().min(500).max(599)]),
  /** Of a 429 by Jira. */
  reason: z.enum(RATE_LIMIT_REASONS).default('jira-burst-based'),
  retryAfterSeconds: z.number().int().min(0).optional(),
});

/** The caller is told that it took too long; the call is carried out all the same, later. */
const callTimeoutSchema = z.strictObject({
  ...frequency,
  call: call.default('jira:*'),
  /** How long the caller waits for nothing. */
  afterMs: ms.default(0),
  /** When the call is carried out, counted from the moment the caller gave up. */
  landsAfterMs: ms.default(1000),
});

/** What the fleet of function instances is like; the last setting of each holds. */
const instancesSchema = z.strictObject({
  /** True: one invocation at a time for all sites together, so that one warm process serves them all. */
  shared: z.boolean().optional(),
  /** True: every invocation starts in a new process. */
  cold: z.boolean().optional(),
});

/** For so long after an installation, calls of the app as itself are refused now and then. */
const installRaceSchema = z.strictObject({
  ...frequency,
  ms,
  status: z.union([z.literal(401), z.literal(403)]).default(401),
});

export const faultsSchema = z.strictObject({
  /** Takes away every fault first. */
  clear: z.boolean().default(false),
  latency: oneOrMore(
    z.strictObject({ ...frequency, call: call.default('jira:*'), ms, jitterMs: ms.default(0) }),
  ).optional(),
  errors: oneOrMore(callErrorSchema).optional(),
  timeouts: oneOrMore(callTimeoutSchema).optional(),
  installRace: oneOrMore(installRaceSchema).optional(),
  eventDelay: oneOrMore(
    z.strictObject({ ...frequency, eventType: z.string().optional(), ms, jitterMs: ms.default(0) }),
  ).optional(),
  eventLoss: oneOrMore(z.strictObject({ ...frequency, eventType: z.string().optional() })).optional(),
  eventDuplication: oneOrMore(
    z.strictObject({
      ...frequency,
      eventType: z.string().optional(),
      copies: z.number().int().min(2).max(10).default(2),
    }),
  ).optional(),
  eventReordering: oneOrMore(
    z.strictObject({ ...frequency, eventType: z.string().optional(), withinMs: ms.default(1000) }),
  ).optional(),
  webtriggerLoss: oneOrMore(
    z.strictObject({
      ...frequency,
      module: z.string().optional(),
      lost: z.enum(['request', 'response']).default('request'),
    }),
  ).optional(),
  webtriggerDelay: oneOrMore(
    z.strictObject({ ...frequency, module: z.string().optional(), ms, jitterMs: ms.default(0) }),
  ).optional(),
  webtriggerDuplication: oneOrMore(
    z.strictObject({ ...frequency, module: z.string().optional() }),
  ).optional(),
  queueDelay: oneOrMore(
    z.strictObject({ ...frequency, queue: z.string().optional(), ms, jitterMs: ms.default(0) }),
  ).optional(),
  queueDuplication: oneOrMore(z.strictObject({ ...frequency, queue: z.string().optional() })).optional(),
  queueRefusal: oneOrMore(z.strictObject({ ...frequency, queue: z.string().optional() })).optional(),
  scheduleDuplication: oneOrMore(z.strictObject({ ...frequency, module: z.string().optional() })).optional(),
  /** Storage queries see writes later; `get` does not. All installations. */
  queryLag: oneOrMore(z.strictObject({ ms, jitterMs: ms.default(0) })).optional(),
  indexLag: oneOrMore(z.strictObject({ site: z.string().optional(), ms })).optional(),
  crashPoints: oneOrMore(crashPointSchema).optional(),
  instances: oneOrMore(instancesSchema).optional(),
});

export type FaultsInput = z.input<typeof faultsSchema>;
type Faults = z.output<typeof faultsSchema>;
export type FaultKind = Exclude<keyof Faults, 'clear'>;
/** One fault with its settings. */
export type FaultSpec<K extends FaultKind> = NonNullable<Faults[K]>[number];
/** The part of an error fault that decides the answer. */
export type CallError = Pick<FaultSpec<'errors'>, 'status' | 'reason' | 'retryAfterSeconds'>;
