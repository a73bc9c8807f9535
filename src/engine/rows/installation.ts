/** Installation row: this installation's own identity for first contact, and what it told the directory. */
import { z } from 'zod';

const time = z.number().int().nonnegative();

export const installationSchema = z.object({
  /** Name of the private key in the secret store. */
  keyName: z.string().max(100),
  keyId: z.string().max(64),
  publicKey: z.string().max(10_000),
  /** This site as Jira last described it, so that a webtrigger needs no Jira call. */
  site: z
    .object({ url: z.string().max(255), id: z.string().max(255), title: z.string().max(255) })
    .optional(),
  /** Last attempt to register, successful or not; never more than one an hour. */
  askedAt: time.optional(),
  registered: z
    .object({
      at: time,
      directory: z.string().max(1_000),
      siteUrl: z.string().max(255),
      endpoint: z.string().max(1_000),
    })
    .optional(),
});
export type Installation = z.infer<typeof installationSchema>;

export const installationRowKey = 'installation';
