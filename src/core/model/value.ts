/** Field values in the contract's own vocabulary: what is merged, remembered as base and sent; never a local id. */
import { z } from 'zod';

/** Kinds of field that a contract can share. A kind decides how values are read, shown and written (`core/mapping/kinds`). */
export const fieldKinds = [
  'summary',
  'richText',
  'priority',
  'labels',
  'date',
  'select',
  'status',
  'text',
  'number',
  'dateTime',
  'url',
  'multiSelect',
  'cascading',
  'user',
  'users',
  'group',
  'groups',
  'resolution',
  'issueType',
  'versions',
  'components',
  'parent',
  'sprint',
  'timeTracking',
  'watchers',
  'votes',
] as const;
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
 * A person. `id`: a value id of the contract where it lists people, else the account id on the side that said it, which
 * the other side may not know. `mail` and `name` help to find and to show the person; they are no part of what is compared.
 */
export const personSchema = z.object({
  id: z.string().min(1).max(128),
  mail: z.string().max(255).optional(),
  name: z.string().max(255).optional(),
});
export type Person = z.infer<typeof personSchema>;

/** A value id of the contract, or a name behind `=` (two names with a line break between them: cascading). */
const choice = z.string().max(520);
/** Ten years of work. */
const seconds = z.number().int().min(0).max(315_360_000).nullable();

/**
 * One value of one slot. `null` is an empty field.
 * - `text`: one line or plain text; empty is the empty text.
 * - `adf`: rich text.
 * - `set`: labels as words, else choices; a sorted list without repeats.
 * - `date`: `YYYY-MM-DD`. `moment`: an instant in UTC with milliseconds. `number`: as it is.
 * - `option`: one choice. `user`, `users`: people, in order of their ids.
 * - `issue`: the opaque id of the pair of another issue.
 * - `time`: estimates in seconds.
 */
export const fieldValueSchema = z.discriminatedUnion('t', [
  z.object({ t: z.literal('text'), v: z.string().max(32_767) }),
  z.object({ t: z.literal('adf'), v: adfSchema.nullable() }),
  z.object({ t: z.literal('set'), v: z.array(choice).max(1_000) }),
  z.object({ t: z.literal('date'), v: z.iso.date().nullable() }),
  z.object({ t: z.literal('option'), v: choice.nullable() }),
  z.object({ t: z.literal('number'), v: z.number().nullable() }),
  z.object({ t: z.literal('moment'), v: z.iso.datetime({ precision: 3 }).nullable() }),
  z.object({ t: z.literal('user'), v: personSchema.nullable() }),
  z.object({ t: z.literal('users'), v: z.array(personSchema).max(1_000) }),
  z.object({
    t: z.literal('issue'),
    v: z
      .string()
      .regex(/^[a-z0-9-]{8,64}$/)
      .nullable(),
  }),
  z.object({ t: z.literal('time'), v: z.object({ original: seconds, remaining: seconds }) }),
]);
export type FieldValue = z.infer<typeof fieldValueSchema>;
export type ValueType = FieldValue['t'];
/** The value of one type. */
export type ValueOf<T extends ValueType> = Extract<FieldValue, { t: T }>;

/** Values by slot id. A slot which is absent was not looked at; it is not empty. */
export const slotValuesSchema = z.record(z.string().max(64), fieldValueSchema);
export type SlotValues = z.infer<typeof slotValuesSchema>;
