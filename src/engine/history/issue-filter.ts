/** Which entries of the audit log are about one issue, named by its key here or over there. */
import type { AuditBatch } from '#core/audit/entry';
import { pairSchema } from '#core/model/pair';
import type { StoredEntry } from '../audit/rows';
import type { Ports } from '../ports/ports';
import { issueIndexSchema } from '../rows/comment-twin';
import { rowKeys } from '../rows/keys';

/** What of the entry is about the issue; undefined: nothing. */
export type IssueFilter = (entry: StoredEntry) => Promise<StoredEntry | undefined>;

/**
 * An issue that Jira knows leads to its pair at once. Keys of the partner and of deleted issues are only in the pairs themselves, which
 * are read one by one then.
 */
export async function issueFilter(ports: Ports, id: string, issue: string): Promise<IssueFilter> {
  const key = issue.toUpperCase();
  const own = await pairOf(ports, id, key);
  const known = new Map<string, Promise<boolean>>();
  const isMeant = (pair: string): Promise<boolean> => {
    if (own !== undefined) return Promise.resolve(pair === own);
    const asked = known.get(pair) ?? hasKey(ports, id, pair, key);
    known.set(pair, asked);
    return asked;
  };
  const keep = async (batches: readonly AuditBatch[] | undefined): Promise<AuditBatch[]> => {
    const kept: AuditBatch[] = [];
    for (const batch of batches ?? []) {
      const meant = await Promise.all(
        batch.ops.map(({ pair }) => (pair === undefined ? false : isMeant(pair))),
      );
      const ops = batch.ops.filter((_operation, index) => meant[index]);
      if (ops.length > 0) kept.push({ ...batch, ops, more: 0 });
    }
    return kept;
  };
  return async ({ audit, ...entry }) => {
    const [out, received] = [await keep(audit.out), await keep(audit.in)];
    const about = audit.own?.about?.['pair'];
    const isAct = typeof about === 'string' && (await isMeant(about));
    if (out.length === 0 && received.length === 0 && !isAct) return undefined;
    return { ...entry, audit: { ...audit, out, in: received } };
  };
}

async function pairOf(ports: Ports, id: string, key: string): Promise<string | undefined> {
  const read = await ports.site.readIssues([key], []);
  const issueId = read.ok ? read.value[0]?.id : undefined;
  if (issueId === undefined) return undefined;
  const row = await ports.store.get('issueIndex', rowKeys.issueIndex(id, issueId));
  return row === undefined ? undefined : issueIndexSchema.parse(row.body).pair;
}

async function hasKey(ports: Ports, id: string, pair: string, key: string): Promise<boolean> {
  const row = await ports.store.get('pair', rowKeys.pair(id, pair));
  if (row === undefined) return false;
  const { local, partner } = pairSchema.parse(row.body);
  return local?.key === key || partner?.key === key;
}
