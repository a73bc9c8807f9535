/** The order which administrators gave to choices. */
import type { VersionRow } from '../entities';
import type { Store } from '../store';

/** Rows in the places administrators gave them; those never moved stand in the order of their ids. */
export function inPlace<R extends { id: string; sequence?: number }>(rows: readonly R[]): R[] {
  const place = (row: R) => row.sequence ?? Number(row.id);
  return [...rows].sort((left, right) => place(left) - place(right));
}

/** Versions of a project in the order its administrators gave them. */
export function versionsOf(store: Store, projectId: string): VersionRow[] {
  return inPlace(store.versions.by('project', projectId));
}
