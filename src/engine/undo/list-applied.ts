/** A page of the partner's messages that changed something here, newest first, with what each changed. */
import { requireConnection } from '../connect/require-connection';
import { type Agreement, readAgreement } from '../pairs/agreement';
import type { Ports } from '../ports/ports';
import { type Applied, type AppliedChange, appliedGroup, appliedSchema } from './rows';

const pageSize = 50;
/** Issues that are named of one message. */
const mostIssues = 50;

export interface ShownBatch {
  seq: number;
  at: number;
  /** When an admin undid it. */
  undone?: number;
  issues: { key: string; what: string[] }[];
  /** Issues that are not named. */
  more: number;
}

/** Rows of one message stand next to each other; one that goes on on the next page is shown there again. */
export async function listApplied(
  ports: Ports,
  request: { id: string; cursor?: string | undefined },
): Promise<{ batches: ShownBatch[]; cursor?: string }> {
  const connection = await requireConnection(ports, request.id);
  const agreement = await readAgreement(ports, connection);
  const listed = await ports.store.list({
    table: 'activity',
    group: appliedGroup(connection.id),
    order: 'descending',
    limit: pageSize,
    ...(request.cursor === undefined ? {} : { cursor: request.cursor }),
  });
  const bySeq = new Map<number, Applied[]>();
  for (const row of listed.rows) {
    const applied = appliedSchema.parse(row.body);
    bySeq.set(applied.seq, [...(bySeq.get(applied.seq) ?? []), applied]);
  }
  const batches = [...bySeq.values()].map((rows) => show(agreement, rows));
  return { batches, ...(listed.cursor === undefined ? {} : { cursor: listed.cursor }) };
}

function show(agreement: Agreement, rows: readonly Applied[]): ShownBatch {
  const issues = new Map<string, Set<string>>();
  for (const change of rows.flatMap(({ changes }) => changes)) {
    const what = issues.get(change.key) ?? new Set<string>();
    for (const word of wordsOf(agreement, change)) what.add(word);
    issues.set(change.key, what);
  }
  const all = [...issues].map(([key, what]) => ({ key, what: [...what] }));
  const undone = rows.map((row) => row.undone).find((at) => at !== undefined);
  return {
    seq: rows[0]?.seq ?? 0,
    at: Math.max(...rows.map(({ at }) => at)),
    ...(undone === undefined ? {} : { undone }),
    issues: all.slice(0, mostIssues),
    more: Math.max(0, all.length - mostIssues),
  };
}

function wordsOf(agreement: Agreement, { slots = {}, made, comment }: AppliedChange): string[] {
  const fields = agreement.mappings.flatMap(({ mapping }) => mapping.fields);
  const labels = Object.keys(slots).map((slot) => fields.find(({ id }) => id === slot)?.label ?? 'A field');
  return [...(made ? ['Created'] : []), ...labels, ...(comment === undefined ? [] : ['Comment'])];
}
