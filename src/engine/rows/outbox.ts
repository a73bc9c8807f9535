/** Outbox rows: sealed copies until they are acknowledged, and control operations until they are cut. */
import { z } from 'zod';
import { controlOperationSchema } from '#core/protocol/operations';

/** `ch`: the chain at this sequence, which the acknowledgement must repeat. */
export const outboxSchema = z.object({ sealed: z.string(), ch: z.string() });

export const controlItemSchema = z.object({ operation: controlOperationSchema });

/** The largest sealed text that a row of the store holds (Forge KVS: 240 KiB raw JSON), with room for the rest of it. */
export const longestSealed = 235_000;
