/** The partner's answer to a list of pairs: kept with the list, for the admin to look at before anything is made. */
import type { ControlOperation } from '#core/protocol/operations';
import type { Ports } from '../ports/ports';
import type { Connection } from '../rows/connection';
import { type PairingEntry, pairingPartKey, pairingPartSchema } from '../rows/pairing';

type Answer = Extract<ControlOperation, { op: 'pair.answer' }>;

const mostTries = 10;

/** Answers to a list that was replaced or is being worked off change nothing. */
export async function onPairAnswer(ports: Ports, connection: Connection, operation: Answer): Promise<void> {
  const job = connection.pairing?.job;
  if (job === undefined || job.id !== operation.job || job.state !== 'asked') return;
  const key = pairingPartKey(connection.id, operation.part);
  const answers = new Map(operation.answers.map((answer) => [answer.pair, answer]));
  for (let tries = 0; tries < mostTries; tries += 1) {
    const row = await ports.store.get('issueIndex', key);
    if (row === undefined) return;
    const part = pairingPartSchema.parse(row.body);
    if (part.job !== job.id) return;
    const body = { ...part, entries: part.entries.map((entry) => answered(entry, answers)) };
    const place = { group: connection.id, rank: `pairing-${operation.part}` };
    const written = await ports.store.transact([
      { op: 'set', table: 'issueIndex', key, body, ...place, if: { rev: row.rev } },
    ]);
    if (written === 'done') return;
  }
  throw new Error(`Connection ${connection.id}: keeping an answer lost ${mostTries} races.`);
}

function answered(
  entry: PairingEntry,
  answers: ReadonlyMap<string, Answer['answers'][number]>,
): PairingEntry {
  const answer = entry.pair === undefined ? undefined : answers.get(entry.pair);
  // Only what could be asked about has a pair id; what was refused here has none.
  if (answer === undefined) return entry;
  const { no: _before, ok: _agreed, ...rest } = entry;
  if (answer.key !== undefined) return { ...rest, theirs: answer.key, ok: true };
  return { ...rest, no: answer.no ?? 'unknown' };
}
