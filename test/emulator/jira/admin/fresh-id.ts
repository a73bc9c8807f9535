/** Ids for rows of kinds whose seeded rows were numbered by hand. */
import type { Store } from '../store';

/** The next id of the kind that no seeded row has. */
export function freshId(store: Store, kind: string, isTaken: (id: string) => boolean): string {
  for (;;) {
    const id = store.nextId(kind);
    if (!isTaken(id)) return id;
  }
}
