/** Says of a batch what the audit log keeps: operations, pairs, slots and hashes; both sites make the same of the same text. */
import { z } from 'zod';
import { hash64, hashOfValue } from './chain';
import type { AuditBatch, ListedOperation } from './entry';

/** Characters of a list that an entry takes; of a longer one the beginning stays, and a hash of the whole. */
const longestList = 12_000;

const anything = z.looseObject({});
const bodySchema = z.object({ ops: z.array(z.unknown()).max(200) });
const id = z.string().max(64);
const known = z.looseObject({
  op: id,
  pair: id.optional(),
  comment: id.optional(),
  worklog: id.optional(),
  attachment: id.optional(),
  values: z.record(id, z.unknown()).optional(),
});

/** `body`: as it was sealed. What cannot be read is listed as unreadable, on both sites alike. */
export function listBatch(body: string, place: { seq: number; ep: string }): AuditBatch {
  const whole = listBody(body);
  const ops = shorten(whole);
  const cut = whole.length - ops.length;
  return {
    ...place,
    bh: hash64(body),
    ops,
    ...(cut === 0 ? {} : { more: cut, all: hashOfValue(whole) }),
  };
}

function listBody(body: string): ListedOperation[] {
  const parsed = bodySchema.safeParse(parseJson(body));
  return parsed.success ? parsed.data.ops.map(listOperation) : [];
}

function listOperation(raw: unknown): ListedOperation {
  const parsed = known.safeParse(raw);
  if (!parsed.success) return { op: 'unreadable', is: hashOfValue(anything.safeParse(raw).data ?? null) };
  const { op, pair, comment, worklog, attachment, values, ...rest } = parsed.data;
  const of = comment ?? worklog ?? attachment;
  return {
    op,
    ...(pair === undefined ? {} : { pair }),
    ...(of === undefined ? {} : { of }),
    ...(values === undefined ? { is: hashOfValue(rest) } : { slots: hashSlots(values) }),
  };
}

function hashSlots(values: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([slot, value]) => [slot, hashOfValue(value)]));
}

function shorten(ops: readonly ListedOperation[]): ListedOperation[] {
  let length = 0;
  const fit = ops.findIndex((op) => {
    length += JSON.stringify(op).length;
    return length > longestList;
  });
  return fit < 0 ? [...ops] : ops.slice(0, fit);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
