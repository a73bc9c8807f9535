/** Directory messages: how installations find each other by site URL. Nothing that a directory says is trusted. */
import { z } from 'zod';
import { isEndpoint } from '../connection/endpoint';
import { protocolVersion } from './envelope';

const version = z.literal(protocolVersion);
const siteUrl = z.string().max(255);
const publicKey = z.string().max(10_000);

/** What a directory takes, in clear. */
export const directoryRequestSchema = z.discriminatedUnion('kind', [
  /** Which key do you have? */
  z.object({ v: version, kind: z.literal('whoAreYou') }),
  /** `sealed` holds a claim, sealed for the directory and signed by the claimed key. */
  z.object({ v: version, kind: z.literal('register'), sealed: z.string().max(50_000) }),
  /** Who says that it is this site? */
  z.object({ v: version, kind: z.literal('resolve'), siteUrl }),
]);

export const directoryKeySchema = z.object({ v: version, publicKey });

/** Inside the seal of `register`. `directory`: key id of the directory that it was made for. */
export const claimSchema = z.object({
  v: version,
  kind: z.literal('claim'),
  directory: z.string().max(64),
  siteUrl,
  endpoint: z.string().refine(isEndpoint),
  publicKey,
});
export type Claim = z.infer<typeof claimSchema>;

export const registeredSchema = z.object({ v: version, result: z.enum(['registered', 'refused']) });

export const resolvedSchema = z.object({
  v: version,
  claims: z.array(z.object({ endpoint: z.string().refine(isEndpoint), publicKey })).max(20),
});
