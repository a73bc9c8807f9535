/** Brake: a safety stop with its own question; part of the connection row, with the answers that were given before. */
import { z } from 'zod';

const time = z.number().int().nonnegative();

const brakeReasonSchema = z.enum([
  'partnerKeyChanged',
  'copiedSite',
  'broken',
  'massDeletion',
  'partDeletion',
  'changeRate',
  'epochStorm',
  'termsLost',
  'epochStorm',
  'otherSender',
  'termsLost',
]);

const answerId = z.string().max(40);

/** `text`: what happened and what it means. `answers`: the ways to go on; without them nothing in the app can go on. */
export const brakeSchema = z.object({
  reason: brakeReasonSchema,
  at: time,
  text: z.string().max(1_000),
  question: z.string().max(1_000).optional(),
  answers: z
    .array(z.object({ id: answerId, label: z.string().max(200) }))
    .min(1)
    .max(4)
    .optional(),
});
export type Brake = z.infer<typeof brakeSchema>;

/**
 * The last answer to a reason. It holds for what was noted here up to `at`, and for what had come in from the partner up to
 * sequence `seq`; what comes later is counted anew.
 */
const brakeAnswerSchema = z.object({
  answer: answerId,
  at: time,
  seq: z.number().int().nonnegative(),
  by: z.string().max(255).optional(),
});

export const brakeAnswersSchema = z.partialRecord(brakeReasonSchema, brakeAnswerSchema);
