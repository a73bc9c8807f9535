/**
 * Every limit the runtime enforces. DAC = developer.atlassian.com page, SDK = read in an installed `@forge` package,
 * emulator = chosen here because no source names it. `limit-rows.ts` names the test of each.
 */

const KIB = 1024;
const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** Deadlines of functions in seconds. DAC limits-invocation (2026-08-05); `@forge/lint` has the same numbers. */
export const DEADLINE_SECONDS = {
  resolver: 25,
  trigger: 25,
  webtrigger: 55,
  preUninstall: 55,
  consumer: 55,
  scheduled: 55,
} as const;

/** What one invocation may use. DAC limits-invocation unless said otherwise. */
export const INVOCATION_LIMITS = {
  /** `timeoutSeconds`: consumers and scheduled triggers only. */
  timeoutSecondsMax: 900,
  memoryMbDefault: 512,
  memoryMbMin: 128,
  memoryMbMax: 1024,
  /** Arguments of a function, and its result. */
  payloadBytes: 5 * KIB * KIB,
  /** For each begun minute of the function's deadline. */
  logLinesPerMinute: 100,
  logBytes: 200 * KIB,
  /** External requests for each begun minute of the function's deadline; requests to Jira do not count. */
  egressPerMinute: 100,
  /** Webtriggers that call each other round and round would otherwise never end. Emulator. */
  webtriggerDepth: 8,
} as const;

/** Calls of resolvers by pages. DAC limits-invocation; rates since 2026-09-01 by CHANGE-3420. */
export const FRONT_END_LIMITS = {
  requestBytes: 500 * KIB,
  responseBytes: 5 * KIB * KIB,
  perUserPerMinute: 1200,
  perInstallationPerSecond: 300,
  perInstallationPerMinute: 7000,
} as const;

/** External requests of all functions together. DAC limits-invocation, nodejs-runtime. */
export const EGRESS_LIMITS = {
  perAppPerMinute: 50_000,
  /** The empty port is the default one of HTTPS. */
  ports: ['', '80', '8080', '443', '8443', '8444', '7990', '8089', '8090', '8085', '8060'],
} as const;

/** `asUser(accountId)` makes a token each time. DAC limits-invocation. */
export const IMPERSONATIONS_PER_MINUTE = 1000;

/** App variables. DAC limits-env-variables (2026-11-10). */
export const VARIABLE_LIMITS = {
  variables: 50,
  valueBytes: 3 * KIB,
  keyChars: 128,
} as const;

/** The manifest as a whole. DAC limits-app-developer, limits-resource. */
export const APP_LIMITS = {
  modules: 150,
  resources: 50,
} as const;

export { MINUTE, SECOND };
