/** What the runtime enforces, as rows of the table of all limits. */
import type { Limit } from '../core/limit';
import {
  APP_LIMITS,
  DEADLINE_SECONDS,
  EGRESS_LIMITS,
  FRONT_END_LIMITS,
  IMPERSONATIONS_PER_MINUTE,
  INVOCATION_LIMITS,
  VARIABLE_LIMITS,
} from './limits';

const INVOCATION = 'DAC limits-invocation';
const STOPS = 'the app cannot be deployed: the emulator does not start';
const DEADLINES = 'runtime-limits.test.ts: each kind of function has its deadline';

/** One row for the deadline of each kind of function. */
const deadlineRows = Object.entries(DEADLINE_SECONDS).map(
  ([kind, value]): Limit => ({
    name: `deadline of a ${kind} function`,
    value,
    unit: 'seconds',
    source: `${INVOCATION}; @forge/lint`,
    error:
      kind === 'webtrigger'
        ? 'the function is killed; its caller gets 424'
        : 'the function is killed; its caller gets an error, deliveries are tried again',
    test:
      kind === 'resolver'
        ? 'runtime-functions.test.ts: a function that never ends is killed at its deadline, and the next one runs'
        : kind === 'webtrigger'
          ? 'runtime-limits.test.ts: a webtrigger that never ends is 424 for its caller'
          : DEADLINES,
  }),
);

const invocationRows: readonly Limit[] = [
  {
    name: 'timeoutSeconds of a function',
    value: INVOCATION_LIMITS.timeoutSecondsMax,
    unit: 'seconds',
    source: INVOCATION,
    error: STOPS,
    test: 'platform-limits.test.ts: because %s › of a timeout over 900 s',
  },
  {
    name: 'memory of a function, unless asked',
    value: INVOCATION_LIMITS.memoryMbDefault,
    unit: 'MB',
    source: INVOCATION,
    error: 'the function is killed: out of memory',
    test: 'runtime-functions.test.ts: a function that hoards memory is killed',
  },
  {
    name: 'memory of a function, at least',
    value: INVOCATION_LIMITS.memoryMbMin,
    unit: 'MB',
    source: INVOCATION,
    error: STOPS,
    test: 'platform-limits.test.ts: because %s › of too little memory',
  },
  {
    name: 'memory of a function, at most',
    value: INVOCATION_LIMITS.memoryMbMax,
    unit: 'MB',
    source: INVOCATION,
    error: STOPS,
    test: 'platform-limits.test.ts: because %s › of too much memory',
  },
  {
    name: 'arguments and result of a function',
    value: INVOCATION_LIMITS.payloadBytes,
    unit: 'bytes',
    source: INVOCATION,
    error: 'the invocation fails: payload is over 5 MB',
    test: 'runtime-limits.test.ts: arguments and result of a function are at most 5 MB',
  },
  {
    name: 'log lines of an invocation',
    value: INVOCATION_LIMITS.logLinesPerMinute,
    unit: 'lines per begun minute of its deadline',
    source: INVOCATION,
    error: 'the rest of the log is not kept',
    test: 'runtime-functions.test.ts: writes log lines up to the limit of the platform',
  },
  {
    name: 'log size of an invocation',
    value: INVOCATION_LIMITS.logBytes,
    unit: 'bytes',
    source: INVOCATION,
    error: 'the rest of the log is not kept',
    test: 'runtime-limits.test.ts: a log of over 200 KB is cut',
  },
  {
    name: 'external requests of an invocation',
    value: INVOCATION_LIMITS.egressPerMinute,
    unit: 'requests per begun minute of its deadline',
    source: INVOCATION,
    error: '429, forge-proxy-error FETCH_LIMIT_EXCEEDED',
    test: 'runtime-backplane.test.ts: the hundred-and-first request of a short invocation is limited',
  },
  {
    name: 'webtriggers that call each other',
    value: INVOCATION_LIMITS.webtriggerDepth,
    unit: 'levels',
    source: 'emulator',
    error: 'the invocation fails; its caller gets 500',
    test: 'runtime-limits.test.ts: webtriggers call each other eight deep and no deeper',
  },
];

const pageRows: readonly Limit[] = [
  {
    name: 'payload of a resolver call',
    value: FRONT_END_LIMITS.requestBytes,
    unit: 'bytes',
    source: INVOCATION,
    error: 'the call fails: request payload is over 500 KB',
    test: 'runtime-functions.test.ts: refuses payloads over 500 KB',
  },
  {
    name: 'answer of a resolver call',
    value: FRONT_END_LIMITS.responseBytes,
    unit: 'bytes',
    source: INVOCATION,
    error: 'the call fails: response payload is over 5 MB',
    test: 'platform-limits.test.ts: 500 KB to the function, 5 MB back',
  },
  {
    name: 'resolver calls of a user',
    value: FRONT_END_LIMITS.perUserPerMinute,
    unit: 'per minute',
    source: `${INVOCATION}, CHANGE-3420`,
    error: 'the call fails: Rate limit exceeded (429)',
    test: 'platform-limits.test.ts: 1200 in a minute of a user, 7000 of an installation',
  },
  {
    name: 'resolver calls of an installation in a second',
    value: FRONT_END_LIMITS.perInstallationPerSecond,
    unit: 'per second',
    source: `${INVOCATION}, CHANGE-3420`,
    error: 'the call fails: Rate limit exceeded (429)',
    test: 'platform-limits.test.ts: 300 in a second of an installation',
  },
  {
    name: 'resolver calls of an installation in a minute',
    value: FRONT_END_LIMITS.perInstallationPerMinute,
    unit: 'per minute',
    source: `${INVOCATION}, CHANGE-3420`,
    error: 'the call fails: Rate limit exceeded (429)',
    test: 'platform-limits.test.ts: 1200 in a minute of a user, 7000 of an installation',
  },
];

const egressRows: readonly Limit[] = [
  {
    name: 'external requests of an app',
    value: EGRESS_LIMITS.perAppPerMinute,
    unit: 'per minute',
    source: INVOCATION,
    error: '429, forge-proxy-error FETCH_LIMIT_EXCEEDED',
    test: 'platform-limits.test.ts: 50,000 external requests of an app in a minute, then FETCH_LIMIT_EXCEEDED',
  },
  {
    name: 'hosts of external requests',
    value: 'permissions.external.fetch.backend',
    unit: 'addresses',
    source: 'DAC permissions; @forge/egress',
    error: '403, forge-proxy-error REQUEST_EGRESS_ALLOWLIST_ERR',
    test: 'runtime-backplane.test.ts: a host outside the manifest is refused with the error of the platform',
  },
  {
    name: 'ports of external requests',
    value: EGRESS_LIMITS.ports.filter((port) => port !== '').join(', '),
    unit: 'ports',
    source: 'DAC nodejs-runtime',
    error: '403, forge-proxy-error REQUEST_EGRESS_ALLOWLIST_ERR',
    test: 'platform-limits.test.ts: external requests go to the ports of the platform only',
  },
  {
    name: 'sockets of a function',
    value: 0,
    unit: 'sockets besides fetch',
    source: 'DAC nodejs-runtime; strict reading',
    error: 'the connection fails',
    test: 'runtime-functions.test.ts: cannot open sockets of its own',
  },
];

const accessRows: readonly Limit[] = [
  {
    name: 'scopes of calls to Jira',
    value: 'permissions.scopes',
    unit: 'scopes',
    source: "Jira's OpenAPI documents",
    error: '401 Unauthorized; scope does not match',
    test: 'runtime-backplane.test.ts: calls beyond the scopes of the manifest are refused and counted',
  },
  {
    name: 'asUser without a user',
    value: 0,
    unit: 'calls',
    source: 'DAC permissions',
    error: 'forge-proxy-error AUTH_TYPE_UNAVAILABLE; where somebody could sign in NEEDS_AUTHENTICATION_ERR',
    test: 'runtime-services.test.ts: a pushed item is consumed on its own site, without a user',
  },
  {
    name: 'asUser for an app, a deactivated account or nobody',
    value: 0,
    unit: 'calls',
    source: 'DAC security',
    error: 'forge-proxy-error AUTH_TYPE_UNAVAILABLE',
    test: 'platform-limits.test.ts: for %s: %s',
  },
  {
    name: 'tokens for asUser(accountId)',
    value: IMPERSONATIONS_PER_MINUTE,
    unit: 'per minute and app',
    source: INVOCATION,
    error: '429, forge-proxy-error TOO_MANY_REQUESTS',
    test: 'platform-limits.test.ts: a thousand times in a minute',
  },
  {
    name: 'platform calls after the invocation',
    value: 0,
    unit: 'calls',
    source: 'SDK api',
    error: '401, forge-proxy-error INVALID_TOKEN',
    test: 'runtime-backplane.test.ts: a token is worth nothing after its invocation',
  },
];

const appRows: readonly Limit[] = [
  {
    name: 'modules of an app',
    value: APP_LIMITS.modules,
    unit: 'modules',
    source: 'DAC limits-app-developer',
    error: STOPS,
    test: 'platform-limits.test.ts: because %s › of over 150 modules',
  },
  {
    name: 'resources of an app',
    value: APP_LIMITS.resources,
    unit: 'resources',
    source: 'DAC limits-resource',
    error: STOPS,
    test: 'platform-limits.test.ts: because %s › of over 50 resources',
  },
  {
    name: 'properties of the manifest',
    value: 'those that are acted on',
    unit: 'properties',
    source: '@forge/manifest refuses unknown ones; the emulator also those it does not emulate',
    error: STOPS,
    test: 'platform-limits.test.ts: for a property that nobody knows, in %s',
  },
  {
    name: 'app variables',
    value: VARIABLE_LIMITS.variables,
    unit: 'variables',
    source: 'DAC limits-env-variables',
    error: STOPS,
    test: 'platform-limits.test.ts: app variables are refused: %s › 51 variables',
  },
  {
    name: 'name of an app variable',
    value: VARIABLE_LIMITS.keyChars,
    unit: 'characters',
    source: 'DAC limits-env-variables',
    error: STOPS,
    test: 'platform-limits.test.ts: app variables are refused: %s › a long name',
  },
  {
    name: 'value of an app variable',
    value: VARIABLE_LIMITS.valueBytes,
    unit: 'bytes',
    source: 'DAC limits-env-variables',
    error: STOPS,
    test: 'platform-limits.test.ts: app variables are refused: %s › a long value',
  },
];

/** Deadlines, sizes, rates and access of functions, pages and manifests. */
export const PLATFORM_LIMIT_ROWS: readonly Limit[] = [
  ...deadlineRows,
  ...invocationRows,
  ...pageRows,
  ...egressRows,
  ...accessRows,
  ...appRows,
];
