/** Calls about what happened: the audit log as a file, undoing what a message of the partner did, looking at a time once more. */
import { z } from 'zod';
import { call } from './call';

const id = z.string().min(1).max(64);
const cursor = z.string().max(2_000).optional();
const moment = z.number().int().nonnegative().max(8_640_000_000_000_000);
const item = z.object({ key: z.string(), what: z.string() });

export const auditCalls = {
  /** The pages one after the other are a file of JSON Lines. `shared`: for the partner, to be compared with its own. */
  exportAudit: call(
    'admin',
    z.object({ id, form: z.enum(['full', 'shared']), cursor }),
    z.object({ lines: z.string(), entries: z.number(), cursor: z.string().optional() }),
  ),
  /** Messages of the partner that changed something here, newest first; kept for 90 days. */
  applied: call(
    'admin',
    z.object({ id, cursor }),
    z.object({
      batches: z.array(
        z.object({
          seq: z.number(),
          at: z.number(),
          undone: z.number().optional(),
          issues: z.array(z.object({ key: z.string(), what: z.array(z.string()) })),
          more: z.number(),
        }),
      ),
      cursor: z.string().optional(),
    }),
  ),
  /** Sets back what one of them changed. `dry`: only says what would be. `more`: call again to go on. */
  undo: call(
    'admin',
    z.object({ id, seq: z.number().int().positive(), dry: z.boolean() }),
    z.object({
      /** `from`: what stands there; `to`: what is written in its place. */
      asked: z.array(item.extend({ from: z.string().optional(), to: z.string().optional() })),
      skipped: z.array(item.extend({ reason: z.string() })),
      more: z.boolean(),
    }),
  ),
  /** Milliseconds since the epoch; without an end the time goes on until now. */
  startReplay: call(
    'admin',
    z.object({ id, from: moment, to: moment.optional() }),
    z.object({ job: z.string() }),
  ),
  replay: call(
    'admin',
    z.object({ id }),
    z.object({
      state: z.enum(['none', 'running', 'done']),
      from: z.number().optional(),
      to: z.number().optional(),
      startedAt: z.number().optional(),
      endedAt: z.number().optional(),
      noted: z.number().optional(),
      /** About so many there will be. */
      expected: z.number().optional(),
    }),
  ),
  cancelReplay: call('admin', z.object({ id }), z.object({})),
} as const;
