/** The search index: what JQL sees of an issue, which may lag behind the store as Jira's does. */
import type { IssueRow } from './entities';

interface Entry {
  at: number;
  row: IssueRow | undefined;
}

// Older states are forgotten beyond the largest lag anybody can ask for.
const LONGEST_LAG_MS = 15 * 60_000;

export class SearchIndex {
  private readonly entries = new Map<string, Entry[]>();
  private lagMs = 0;

  setLag(ms: number): void {
    this.lagMs = Math.min(Math.max(0, ms), LONGEST_LAG_MS);
  }

  /** Notes the state of an issue after a write; `row` is undefined after a delete. */
  note(id: string, before: IssueRow | undefined, row: IssueRow | undefined, now: number): void {
    const kept = this.entries.get(id) ?? [{ at: Number.NEGATIVE_INFINITY, row: before }];
    kept.push({ at: now, row });
    // The newest entry that everybody can already see replaces all before it.
    let settled = 0;
    for (const [position, entry] of kept.entries()) {
      if (entry.at <= now - LONGEST_LAG_MS) settled = position;
    }
    this.entries.set(id, kept.slice(settled));
  }

  /** All issues as the index has them now; ids in `reconcile` are shown as the store has them. */
  visible(current: readonly IssueRow[], now: number, reconcile: ReadonlySet<string>): IssueRow[] {
    if (this.lagMs === 0) return [...current];
    const seen = new Map(current.map((row) => [row.id, row]));
    for (const [id, entries] of this.entries) {
      if (reconcile.has(id)) continue;
      const state = entries.filter((entry) => entry.at <= now - this.lagMs).at(-1);
      if (state?.row === undefined) seen.delete(id);
      else seen.set(id, state.row);
    }
    return [...seen.values()];
  }

  clear(): void {
    this.entries.clear();
  }
}
