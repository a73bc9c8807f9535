/** One table of everything that is limited: value, source, error, and the test that hits it. */
import type { Limit } from '../core/limit';
import { JIRA_LIMIT_ROWS } from '../jira/limit-rows';
import { PLATFORM_LIMIT_ROWS } from '../platform/limit-rows';
import { SERVICE_LIMIT_ROWS } from '../services/limit-rows';

/** Every limit of the emulator, for `GET /__emulator/limits`. */
export const ALL_LIMITS: readonly (Limit & { part: 'platform' | 'services' | 'jira' })[] = [
  ...PLATFORM_LIMIT_ROWS.map((limit) => ({ part: 'platform' as const, ...limit })),
  ...SERVICE_LIMIT_ROWS.map((limit) => ({ part: 'services' as const, ...limit })),
  ...JIRA_LIMIT_ROWS.map((limit) => ({ part: 'jira' as const, ...limit })),
];
