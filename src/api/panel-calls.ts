/** Calls of the issue panel, for everybody who sees the issue: where it is synchronized, how that stands, and *Sync now*. */
import { z } from 'zod';
import { call } from './call';

export const panelCalls = {
  /** The issue is taken from the resolver's context. */
  issuePanel: call(
    'viewer',
    z.object({}),
    z.object({
      entries: z.array(
        z.object({
          synchronization: z.string(),
          partnerSite: z.string(),
          partnerKey: z.string().optional(),
          partnerUrl: z.string().optional(),
          state: z.enum(['upToDate', 'pending', 'problem', 'stopped']),
          text: z.string(),
          lastSent: z.number().optional(),
          lastReceived: z.number().optional(),
        }),
      ),
    }),
  ),
  syncNow: call('viewer', z.object({}), z.object({ queued: z.number() })),
} as const;
