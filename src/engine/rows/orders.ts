/** Orders row: values that people want written into our issue of a pair, left for the worker. */
import { z } from 'zod';
import { fieldValueSchema } from '#core/model/value';

/** `resolve`: a person's answer to an open conflict. `restore`: a value that was overwritten comes back. */
export const orderSchema = z.object({
  kind: z.enum(['resolve', 'restore']),
  value: fieldValueSchema,
  at: z.number().int().nonnegative(),
});

export const ordersSchema = z.object({ slots: z.record(z.string().max(64), orderSchema) });
export type Orders = z.infer<typeof ordersSchema>;

/** Group of these rows, so that they are dropped with the connection. */
export const ordersGroup = (connection: string): string => `${connection}:orders`;
