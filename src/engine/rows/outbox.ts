/** Outbox rows: sealed copies until they are acknowledged, and control operations until they are cut. */
import { z } from 'zod';
import { controlOperationSchema } from '#core/protocol/operations';

/**
 * `before`: the chain at the sequence before this one, which its acknowledgement must repeat; absent where that was acknowledged
 * already. The chain at the last sequence is in the stream row.
 */
export const outboxSchema = z.object({ sealed: z.string(), before: z.string().optional() });

export const controlItemSchema = z.object({ operation: controlOperationSchema });

/** The largest sealed text that a row of the store holds (Forge KVS: 240 KiB raw JSON), with room for the rest of it. */
export const longestSealed = 235_000;
