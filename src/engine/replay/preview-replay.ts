/** Says how many issues a replay would look at, before an admin begins it. */
import { storedEntrySchema } from '../audit/rows';
import { requireConnection } from '../connect/require-connection';
import { jiraRefusal, Refusal } from '../errors';
import { readAgreement } from '../pairs/agreement';
import type { Ports } from '../ports/ports';
import { paddedRank } from '../rows/keys';
import { isRunning } from '../rows/registry';
import { replayQuery } from './replay-query';

const pageSize = 100;
/** Ends in good order with this much time left, milliseconds. */
const reserveMs = 6_000;

export interface ReplayTime {
  id: string;
  from: number;
  /** Absent: until now. */
  to?: number | undefined;
}

/** Throws a refusal where a replay cannot begin. */
export function checkTime(ports: Ports, request: ReplayTime): { from: number; to: number } {
  const now = ports.clock.now();
  const to = Math.min(request.to ?? now, now);
  if (request.from >= to) {
    const message = 'The beginning of the time must lie before its end, and in the past.';
    throw new Refusal('invalid', message, { from: message });
  }
  return { from: request.from, to };
}

/** `changed`: as Jira estimates; `told`: pairs of which messages spoke in that time. Most issues are in both. */
export async function previewReplay(
  ports: Ports,
  request: ReplayTime,
): Promise<{ changed: number; told: number }> {
  const row = await requireConnection(ports, request.id);
  if (!isRunning(row)) throw new Refusal('notPossible', 'Start the synchronization on both sites first.');
  const time = checkTime(ports, request);
  const { mappings } = await readAgreement(ports, row);
  const jql = replayQuery(mappings, { ...time, now: ports.clock.now() });
  const [changed, told] = await Promise.all([
    jql === undefined ? 0 : countChanged(ports, jql),
    countTold(ports, row.id, time),
  ]);
  return { changed, told };
}

async function countChanged(ports: Ports, jql: string): Promise<number> {
  const counted = await ports.site.countIssues(jql);
  if (counted.ok) return counted.value;
  throw jiraRefusal(counted.failure, 'Jira did not count the issues:');
}

/** A log that takes too long to read is counted in part. */
async function countTold(ports: Ports, id: string, { from, to }: { from: number; to: number }) {
  const told = new Set<string>();
  const request = {
    table: 'activity' as const,
    group: id,
    from: paddedRank(from),
    to: `${paddedRank(to)}:~`,
    limit: pageSize,
  };
  let cursor: string | undefined;
  do {
    const listed = await ports.store.list(cursor === undefined ? request : { ...request, cursor });
    for (const { body } of listed.rows) for (const pair of pairsOf(body)) told.add(pair);
    cursor = listed.cursor;
  } while (cursor !== undefined && ports.budget.remainingMs() > reserveMs);
  return told.size;
}

/** The pairs of which a row of the audit log tells. */
export function pairsOf(body: unknown): string[] {
  const { data } = storedEntrySchema.safeParse(body);
  const batches = [...(data?.audit.out ?? []), ...(data?.audit.in ?? [])];
  return batches.flatMap(({ ops }) => ops).flatMap(({ pair }) => (pair === undefined ? [] : [pair]));
}
