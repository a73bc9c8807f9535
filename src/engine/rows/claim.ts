/** Claim rows of a directory: who says that it is which site; and the counters that keep strangers modest. */
import { z } from 'zod';

export const claimsSchema = z.object({
  claims: z.array(
    z.object({
      keyId: z.string().max(64),
      publicKey: z.string().max(10_000),
      endpoint: z.string().max(1_000),
      at: z.number().int().nonnegative(),
    }),
  ),
});
export type Claims = z.infer<typeof claimsSchema>;

export const countSchema = z.object({ count: z.number().int().nonnegative() });

export const claimKey = (siteUrl: string): string => `claim:${siteUrl}`;
/** `day`: days since the epoch. */
export const inviterCountKey = (siteUrl: string, day: number): string => `invites:${siteUrl}:${day}`;
export const blockListKey = 'blocked';

export const blockListSchema = z.object({ sites: z.array(z.string().max(255)) });
