/** Field values in the contract's own vocabulary: what is merged, remembered as base and sent; never a local id. */
import { z } from 'zod';

/** Kinds of field that a contract can share today. A kind decides how values are read, merged and written. */
export const fieldKinds = ['summary', 'richText', 'priority', 'labels', 'date', 'select', 'status'] as const;
export const fieldKindSchema = z.enum(fieldKinds);
export type FieldKind = z.infer<typeof fieldKindSchema>;

/** An Atlassian Document Format document. Its nodes are checked where they are read and written, not here. */
export const adfSchema = z.looseObject({
  type: z.literal('doc'),
  version: z.number(),
  content: z.array(z.looseObject({ type: z.string() })),
});
export type Adf = z.infer<typeof adfSchema>;

/**
 * One value of one slot.
 * - `text`: summary and other single-line text.
 * - `adf`: rich text; `null` is an empty field.
 * - `set`: labels, as a sorted list without repeats.
 * - `date`: `YYYY-MM-DD`; `null` is an empty field.
 * - `option`: select, priority and status, by the contract's value id; `null` is an empty field.
 */
export const fieldValueSchema = z.discriminatedUnion('t', [
  z.object({ t: z.literal('text'), v: z.string().max(32_767) }),
  z.object({ t: z.literal('adf'), v: adfSchema.nullable() }),
  z.object({ t: z.literal('set'), v: z.array(z.string().max(255)).max(1_000) }),
  z.object({ t: z.literal('date'), v: z.iso.date().nullable() }),
  z.object({ t: z.literal('option'), v: z.string().max(64).nullable() }),
]);
export type FieldValue = z.infer<typeof fieldValueSchema>;

/** Values by slot id. A slot which is absent was not looked at; it is not empty. */
export const slotValuesSchema = z.record(z.string().max(64), fieldValueSchema);
export type SlotValues = z.infer<typeof slotValuesSchema>;
