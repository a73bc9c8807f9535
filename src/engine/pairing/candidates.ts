/** Issues of this site that may become a pair: which of them take part, and which have a twin already. */
import { matchValue } from '#core/backfill/match-value';
import type { PairingRefusal } from '#core/protocol/pairing-operations';
import { bounded } from '../backfill/existing-query';
import { areasOf } from '../filter/areas-of';
import { fieldsOfFilters, keepInside } from '../filter/keep-inside';
import { type Agreement, mappingOf, mayLeave, typeSlot } from '../pairs/agreement';
import { originalId } from '../pairs/pairs';
import type { Ports } from '../ports/ports';
import type { IssueRead } from '../ports/site';
import type { SiteFailure } from '../ports/site-result';
import { rowKeys } from '../rows/keys';

/** Issues read at once (bulkfetch). */
const page = 100;
/** Issues looked at for a value, at most. */
export const mostSearched = 5_000;

export type Standing =
  | { ok: true; mapping: string; type: string }
  | { ok: false; no: Extract<PairingRefusal, 'unknown' | 'type'> };

/** The slots of an issue which takes part. One that may not leave is treated as if it did not exist. */
export function standing(agreement: Agreement, issue: IssueRead | undefined): Standing {
  if (issue === undefined) return { ok: false, no: 'unknown' };
  const agreed = mappingOf(agreement, issue);
  if (agreed === undefined) {
    const isNear = agreement.mappings.some(({ binding }) => binding.projectId === issue.projectId);
    return { ok: false, no: isNear ? 'type' : 'unknown' };
  }
  const type = typeSlot(agreed.binding, issue.typeId);
  if (type === undefined) return { ok: false, no: 'type' };
  if (!mayLeave(agreement, agreed, issue)) return { ok: false, no: 'unknown' };
  return { ok: true, mapping: agreed.mapping.id, type };
}

/** Without a worker's staging: for questions that change nothing. */
export async function hasPair(
  ports: Ports,
  connection: string,
  salt: string,
  issueId: string,
): Promise<boolean> {
  const own = originalId(salt, 'issue', issueId);
  const [index, pair] = await Promise.all([
    ports.store.get('issueIndex', rowKeys.issueIndex(connection, issueId)),
    ports.store.get('pair', rowKeys.pair(connection, own)),
  ]);
  return index !== undefined || pair !== undefined;
}

export type Read<T> = { ok: true; value: T } | { ok: false; failure: SiteFailure };

/** By upper-case key; missing ones are left out. */
export async function readByKey(
  ports: Ports,
  agreement: Agreement,
  keys: readonly string[],
): Promise<Read<Map<string, IssueRead>>> {
  const read = await readAll(ports, agreement, [...new Set(keys)], []);
  if (!read.ok) return read;
  return { ok: true, value: new Map(read.value.map((issue) => [issue.key.toUpperCase(), issue])) };
}

/** All issues of a query within the mapped projects, with one field. */
export async function searchAll(
  ports: Ports,
  agreement: Agreement,
  { jql, fieldId }: { jql: string; fieldId: string },
): Promise<Read<IssueRead[]>> {
  const areas = areasOf(agreement.mappings);
  if (areas.length === 0) return { ok: true, value: [] };
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const found = await ports.site.search(`${bounded(areas, jql)} ORDER BY id ASC`, cursor, page);
    if (!found.ok) return found;
    ids.push(...found.value.ids);
    cursor = found.value.cursor;
  } while (cursor !== undefined && ids.length < mostSearched);
  return readAll(ports, agreement, ids, [fieldId]);
}

/** Values that several issues have lead to none of them. */
export function byValue(issues: readonly IssueRead[], fieldId: string): Map<string, IssueRead[]> {
  const found = new Map<string, IssueRead[]>();
  for (const issue of issues) {
    const value = matchValue(issue.fields[fieldId]);
    if (value !== undefined) found.set(value, [...(found.get(value) ?? []), issue]);
  }
  return found;
}

/** Without those that a filter of this site keeps at home: they are treated as if they did not exist. */
async function readAll(
  ports: Ports,
  agreement: Agreement,
  idsOrKeys: readonly string[],
  fields: string[],
): Promise<Read<IssueRead[]>> {
  const all: IssueRead[] = [];
  const wanted = [...new Set([...fields, ...fieldsOfFilters(agreement)])];
  for (let start = 0; start < idsOrKeys.length; start += page) {
    const read = await ports.site.readIssues(idsOrKeys.slice(start, start + page), wanted);
    if (!read.ok) return read;
    const inside = await keepInside(ports, agreement, read.value);
    if (inside.kind === 'later') return { ok: false, failure: { kind: 'unavailable', message: inside.why } };
    all.push(...inside.issues);
  }
  return { ok: true, value: all };
}
