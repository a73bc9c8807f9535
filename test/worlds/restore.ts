/** Puts what the app remembers on one site back to an earlier state, as the restore of a backup does; Jira stays as it is. */
import type { StoreBackup } from '../support/memory-store';
import type { Side } from './world';

export interface Backup {
  side: Side;
  rows: StoreBackup;
}

/** What the app of that site remembers now. Keys are never in a backup that is put back into the same installation. */
export function backUp(side: Side): Backup {
  return { side, rows: side.store.backup() };
}

/** Everything since then is forgotten there: what was sent, what came in, which issues are twins. */
export function putBack({ side, rows }: Backup): void {
  side.store.putBack(rows);
}
