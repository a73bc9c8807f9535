/** Calls about issues that come to an end, and about safety stops. */
import { z } from 'zod';
import { call } from './call';

const id = z.string().min(1).max(64);
const done = z.object({});

export const lifecycleCalls = {
  /** Answers the question of a safety stop (`brake` of `get`); `at` names the stop that was shown. */
  answerBrake: call('admin', z.object({ id, at: z.number().int(), answer: z.string().max(40) }), done),
} as const;
