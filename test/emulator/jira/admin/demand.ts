/** What administrative operations demand of their caller, and the page orders they share. */
import { hasProjectPermission } from '../access';
import type { ProjectRow } from '../entities';
import { refuse } from '../problem';
import type { Call } from '../router';

/** Throws 403 unless the caller administers the project or Jira. */
export function demandProjectAdmin(call: Call, project: ProjectRow): void {
  if (!mayAdminister(call, project)) {
    throw refuse(403, 'You must have project admin or Jira admin permission for this.');
  }
}

export function mayAdminister(call: Call, project: ProjectRow): boolean {
  return hasProjectPermission(call.me, project, 'ADMINISTER_PROJECTS');
}

/** What a list can be sorted by: a text or number of a row; undefined comes last. */
export type SortKeys<R> = Readonly<Record<string, (row: R) => string | number | undefined>>;

/** The rows in the order of `orderBy` (`name`, `-name` or `+name`); 400 for a key that is not listed. */
export function ordered<R>(call: Call, rows: readonly R[], keys: SortKeys<R>, fallback?: string): R[] {
  const wanted = call.query.get('orderBy') ?? fallback;
  if (wanted === undefined || wanted === '') return [...rows];
  // An unescaped plus sign of a query arrives as a space.
  const keyOf = keys[wanted.replace(/^[-+ ]/, '')];
  if (keyOf === undefined) throw refuse(400, `Invalid value '${wanted}' for 'orderBy'.`);
  const sign = wanted.startsWith('-') ? -1 : 1;
  return [...rows].sort((left, right) => {
    const [a, b] = [keyOf(left), keyOf(right)];
    if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
    return (
      sign * (typeof a === 'number' && typeof b === 'number' ? a - b : compareText(String(a), String(b)))
    );
  });
}

function compareText(left: string, right: string): number {
  return left.localeCompare(right, 'en', { sensitivity: 'base' });
}

/** Rows whose name (or description) contains the query parameter, whatever the case; all without it. */
export function containing<R extends { name: string; description?: string }>(
  rows: readonly R[],
  text: string | null,
): R[] {
  const wanted = (text ?? '').trim().toLowerCase();
  return rows.filter(
    (row) =>
      row.name.toLowerCase().includes(wanted) || (row.description ?? '').toLowerCase().includes(wanted),
  );
}
