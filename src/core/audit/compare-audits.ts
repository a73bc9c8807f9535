/** Compares the logs of both sites: what one sent must be what the other dealt with, message by message. */
import { canonicalJson } from '../merge/canonical-json';
import type { AuditFile } from './audit-file';
import type { AuditBatch } from './entry';
import { batchesOf } from './verify-audit';

export interface ComparedWay {
  /** Messages which both logs tell alike. */
  alike: number;
  /** The newest ones of the sender, which the other side had not dealt with when its log was exported. */
  underWay: number;
}

export type Compared =
  | { ok: true; there: ComparedWay; back: ComparedWay }
  /** `from`: the role of the side that sent the message. */
  | { ok: false; why: string; from?: 'primary' | 'secondary'; ep?: string; seq?: number };

/** Both files must have been verified before. */
export function compareAudits(mine: AuditFile, theirs: AuditFile): Compared {
  if (mine.header.link !== theirs.header.link) {
    return { ok: false, why: 'These are logs of two different synchronizations.' };
  }
  if (mine.header.role === theirs.header.role) {
    return { ok: false, why: 'Both files are of the same side.' };
  }
  const there = compareWay(mine, theirs);
  if ('why' in there) return there;
  const back = compareWay(theirs, mine);
  return 'why' in back ? back : { ok: true, there, back };
}

function compareWay(sender: AuditFile, receiver: AuditFile): ComparedWay | Extract<Compared, { ok: false }> {
  const from = sender.header.role;
  const sent = byNumber(sender, 'out');
  const received = byNumber(receiver, 'in');
  for (const [number, batch] of received) {
    const original = sent.get(number);
    const { seq, ep } = batch;
    if (original === undefined) return { ok: false, why: 'It was received, but never sent.', from, ep, seq };
    const difference = differenceOf(original, batch);
    if (difference !== undefined) return { ok: false, why: difference, from, ep, seq };
  }
  const { in: head } = receiver.header.streams;
  // What an epoch left behind is said again in the next one.
  const skipped = [...sent].find(([number, { seq, ep }]) => {
    return !received.has(number) && ep === head?.ep.id && seq <= head.seq;
  });
  if (skipped !== undefined) {
    const { seq, ep } = skipped[1];
    return { ok: false, why: 'It was sent, but the other log skips it.', from, ep, seq };
  }
  return { alike: received.size, underWay: sent.size - received.size };
}

/** In order of epoch and sequence. */
function byNumber(file: AuditFile, direction: 'out' | 'in'): Map<string, AuditBatch> {
  return new Map(batchesOf(file, direction).map(({ batch }) => [`${batch.ep}:${batch.seq}`, batch]));
}

function differenceOf(sent: AuditBatch, received: AuditBatch): string | undefined {
  for (const [index, operation] of sent.ops.entries()) {
    const other = received.ops[index];
    if (other === undefined)
      return `The logs list another number of operations: ${sent.ops.length} and ${received.ops.length}.`;
    if (canonicalJson(operation) !== canonicalJson(other)) {
      const about = operation.pair === undefined ? '' : ` of pair ${operation.pair}`;
      return `Operation ${index + 1}, ${operation.op}${about}, is told differently.`;
    }
  }
  if (canonicalJson(sent) === canonicalJson(received)) return undefined;
  return 'Its content is another one.';
}
