/** Bodies and queries of the control API. */
import { z } from 'zod';

export const siteBody = z.strictObject({ site: z.string() });

export const settleBody = z.strictObject({
  /** Real milliseconds. */
  timeoutMs: z.number().int().min(0).max(600_000).default(30_000),
  /** Work that the app put off by less than this counts too. */
  horizonMs: z.number().int().min(0).default(0),
});

export const invokeBody = z.strictObject({
  site: z.string(),
  /** Key of a UI module with a resolver. */
  module: z.string(),
  functionKey: z.string(),
  payload: z.unknown().optional(),
  accountId: z.string().optional(),
  extension: z.looseObject({ type: z.string().optional() }).optional(),
});

export const clockBody = z.strictObject({ advanceMs: z.number().int().min(0) });

export const resetBody = z.strictObject({ seed: z.number().int().optional() });

export const scheduleBody = z.strictObject({ site: z.string(), moduleKey: z.string() });

export const timelineQuery = z.object({ limit: z.coerce.number().int().min(1).max(2000).default(200) });

export const sinceQuery = z.object({
  since: z.coerce.number().default(0),
  limit: z.coerce.number().int().min(1).optional(),
});

export const kvsQuery = z.object({ site: z.string(), prefix: z.string().default('') });
