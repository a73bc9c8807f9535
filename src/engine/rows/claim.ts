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

export const claimKey = (siteUrl: string): string => `claim:${hostOf(siteUrl)}`;
/** `day`: days since the epoch. */
export const inviterCountKey = (siteUrl: string, day: number): string => `invites:${hostOf(siteUrl)}:${day}`;
export const blockListKey = 'blocked';

export const blockListSchema = z.object({ sites: z.array(z.string().max(255)) });

/** Keys of rows may not hold slashes (Forge KVS: letters, digits and `:._-#`); the host says as much as the address. */
function hostOf(siteUrl: string): string {
  return siteUrl.replace(/^https:\/\//, '').replace(/[^a-z0-9.-]/g, '-');
}
