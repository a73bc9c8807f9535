/** What the pairs of one listing add to the digests: from the pair rows alone, or from Jira as the agreement reads it. */
import { type Digest, itemDigest } from '#core/drift/digest-tree';
import { sharedValues } from '#core/drift/shared-values';
import { readValues } from '#core/mapping/read-values';
import { hashValues } from '#core/merge/hash-values';
import { type Pair, pairSchema } from '#core/model/pair';
import type { SlotValues } from '#core/model/value';
import { knownValues } from '#core/reconcile/known-values';
import { settlePair } from '#core/reconcile/settle-pair';
import { isRuled } from '../filter/is-ruled';
import { judgeIssues } from '../filter/judge-issues';
import { findMapping, mayLeave } from '../pairs/agreement';
import { lookAround } from '../pairs/look-around';
import { isPassing, type Later, later } from '../pairs/outcome';
import type { IssueRead } from '../ports/site';
import type { Row } from '../ports/store';
import type { Session } from '../stream/session';

/** Issues read with one call (bulkfetch). */
const page = 100;

/** `values`, `digest`: only of pairs that are `there`. `base`: hash of what was agreed, whatever Jira holds. */
export interface Item {
  pair: Pair;
  is: 'there' | 'missing' | 'busy';
  base: string;
  agreed: SlotValues;
  values: SlotValues;
  digest: Digest;
}

export type Items = { kind: 'items'; items: Item[] } | Later;

/** In the order of the rows. Pairs without an enabled mapping are left out: they are not shared any more. */
export async function readItems(session: Session, rows: readonly Row[], full: boolean): Promise<Items> {
  const pairs = rows.map((row) => settlePair(pairSchema.parse(row.body), session.done));
  const issues = full ? await readAll(session, pairs) : { kind: 'read' as const, issues: new Map() };
  if (issues.kind === 'later') return issues;
  const items: Item[] = [];
  for (const pair of pairs) {
    const item = await readItem(session, pair, full ? issues.issues : undefined);
    if (item === undefined) continue;
    if ('kind' in item) return item;
    items.push(item);
  }
  return { kind: 'items', items };
}

type Issues = { kind: 'read'; issues: Map<string, IssueRead> };

async function readAll(session: Session, pairs: readonly Pair[]): Promise<Issues | Later> {
  const agreement = await session.agreement();
  const fields = [...new Set(agreement.mappings.flatMap(({ fieldIds }) => fieldIds))].sort();
  const ids = pairs.flatMap((pair) =>
    stateOf(pair) === 'there' && pair.local !== undefined ? [pair.local.id] : [],
  );
  const issues = new Map<string, IssueRead>();
  for (let start = 0; start < ids.length; start += page) {
    const read = await session.ports.site.readIssues(ids.slice(start, start + page), fields);
    if (!read.ok)
      return later(
        isPassing(read.failure) ? read.failure : { kind: 'unavailable', message: read.failure.message },
      );
    const unjudged = await judgeIssues(session, agreement, read.value);
    if (unjudged !== undefined) return unjudged;
    for (const issue of read.value) issues.set(issue.id, issue);
  }
  return { kind: 'read', issues };
}

async function readItem(
  session: Session,
  pair: Pair,
  issues: ReadonlyMap<string, IssueRead> | undefined,
): Promise<Item | Later | undefined> {
  const agreement = await session.agreement();
  const agreed = findMapping(agreement, pair.mapping);
  // A pair that rests because of a filter is meant to be apart.
  if (agreed === undefined || pair.left !== undefined) return undefined;
  const { fields } = agreed.mapping;
  const { role } = agreement;
  const agreedOn = sharedValues({ pair, fields, role });
  const base = hashValues(agreedOn);
  const item = (is: Item['is'], values: SlotValues): Item => ({
    pair,
    is,
    base,
    agreed: agreedOn,
    values,
    digest: itemDigest(pair.pair, `${base} ${hashValues(values)}`),
  });
  const is = stateOf(pair);
  if (is !== 'there' || issues === undefined) return item(is, agreedOn);
  const issue = issues.get(pair.local?.id ?? '');
  if (issue === undefined || !mayLeave(agreement, agreed, issue)) return item('missing', agreedOn);
  // Nobody has settled yet with the partner that it left.
  if (isRuled(agreement, agreed, pair) && session.memory.filtered.has(issue.id))
    return item('busy', agreedOn);
  const known = knownValues(pair);
  const around = lookAround(session, agreement, agreed);
  const failed = await around.beforeReading(issue, known);
  if (failed !== undefined) return failed;
  const { values: local } = readValues(fields, agreed.binding, issue.fields, { here: around.here, known });
  return item('there', sharedValues({ pair, fields, role, local }));
}

function stateOf(pair: Pair): Item['is'] {
  if (pair.state === 'gone' || pair.state === 'unreachable') return 'missing';
  const isBusy =
    pair.state !== 'twinned' ||
    pair.open !== undefined ||
    pair.heldWhole !== undefined ||
    pair.ending !== undefined;
  return isBusy || pair.local === undefined ? 'busy' : 'there';
}
