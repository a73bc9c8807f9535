/** Calls about issues that come to an end, and about safety stops. */
import { z } from 'zod';
import { endAnswerSchema } from '#core/model/ending';
import { call } from './call';

const id = z.string().min(1).max(64);
const done = z.object({});

/** One issue about which an admin has to decide. */
const endSchema = z.object({
  pair: z.string(),
  issueKey: z.string(),
  partnerKey: z.string().optional(),
  at: z.number(),
  /** Ready to read. */
  reason: z.string(),
  answers: z.array(z.object({ id: endAnswerSchema, label: z.string() })),
});

export const lifecycleCalls = {
  /** Answers the question of a safety stop (`brake` of `get`); `at` names the stop that was shown. */
  answerBrake: call('admin', z.object({ id, at: z.number().int(), answer: z.string().max(40) }), done),
  /** Issues whose twin came to an end, or which cannot be read. A page may be empty and still have a cursor. */
  ends: call(
    'admin',
    z.object({ id, cursor: z.string().max(2_000).optional() }),
    z.object({ ends: z.array(endSchema), cursor: z.string().optional() }),
  ),
  answerEnd: call('admin', z.object({ id, pair: z.string().max(64), answer: endAnswerSchema }), done),
} as const;
