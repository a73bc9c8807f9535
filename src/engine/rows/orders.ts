/** Orders row: values that people want written into our issue of a pair, left for the worker. */
import { z } from 'zod';
import { fieldValueSchema } from '#core/model/value';

/**
 * `resolve`: a person's answer to an open conflict. `restore`: a value that was overwritten comes back. `undo`: likewise, but only
 * in place of the value whose hash is `is`.
 */
export const orderSchema = z.object({
  kind: z.enum(['resolve', 'restore', 'undo']),
  value: fieldValueSchema,
  is: z.string().max(22).optional(),
  at: z.number().int().nonnegative(),
  /** Of a conflict: hash of the two values between which the person chose. */
  version: z.string().max(64).optional(),
});

/** `comments`: twins of copies that are to be deleted. */
export const ordersSchema = z.object({
  slots: z.record(z.string().max(64), orderSchema),
  comments: z.array(z.string().max(64)).max(200).optional(),
});
export type Orders = z.infer<typeof ordersSchema>;

/** Group of these rows, so that they are dropped with the connection. */
export const ordersGroup = (connection: string): string => `${connection}:orders`;
