/** Parcel row: a sealed message outside the stream which must arrive although its connection may be gone by then. */
import { z } from 'zod';

const time = z.number().int().nonnegative();

export const parcelSchema = z.object({
  connection: z.string().max(64),
  kind: z.enum(['reject', 'withdrawn', 'goodbye']),
  endpoint: z.string().max(1_000),
  sealed: z.string().max(50_000),
  createdAt: time,
  attempts: z.number().int().nonnegative(),
  nextAt: time,
});
export type Parcel = z.infer<typeof parcelSchema>;

export const parcelGroup = 'parcels';

export function parcelKey(connection: string, kind: Parcel['kind']): string {
  return `parcel:${kind}:${connection}`;
}
