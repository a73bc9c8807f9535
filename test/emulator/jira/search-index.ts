/**
 * The search index: what JQL sees of an issue, which may lag behind the store as Jira's does. The lag is not monotonic:
 * several copies of the index catch up one after the other and any of them may answer, so an issue that was found
 * can be missing from the next answer and come back.
 */
import type { IssueRow } from './entities';

interface Entry {
  at: number;
  row: IssueRow | undefined;
}

/** What outlives a restart: the newest states by issue; `null` for an issue that was not there. */
export type IndexSnapshot = Readonly<Record<string, readonly { at: number | null; row: IssueRow | null }[]>>;

// Older states are forgotten beyond the largest lag anybody can ask for.
const LONGEST_LAG_MS = 15 * 60_000;
const COPIES = 3;
/** The fastest copy needs this share of the lag, the slowest all of it. Atlassian says "seconds to minutes" and no more. */
const FASTEST_SHARE = 0.5;

export class SearchIndex {
  private readonly entries = new Map<string, Entry[]>();
  private lagMs = 0;
  private seed = 0;

  /** Sets the longest lag; equal seeds make the copies of the index behave equally. */
  setLag(ms: number, seed = 0): void {
    this.lagMs = Math.min(Math.max(0, ms), LONGEST_LAG_MS);
    this.seed = seed;
  }

  /** Notes the state of an issue after a write; `row` is undefined after a delete. */
  note(id: string, before: IssueRow | undefined, row: IssueRow | undefined, now: number): void {
    const kept = this.entries.get(id) ?? [{ at: Number.NEGATIVE_INFINITY, row: before }];
    kept.push({ at: now, row });
    this.entries.set(id, settled(kept, now));
  }

  /** All issues as the copy that answers has them now; ids in `reconcile` are shown as the store has them. */
  visible(current: readonly IssueRow[], now: number, reconcile: ReadonlySet<string>): IssueRow[] {
    if (this.lagMs === 0) return [...current];
    const copy = hash(`${this.seed} ${now}`) % COPIES;
    const seen = new Map(current.map((row) => [row.id, row]));
    for (const [id, entries] of this.entries) {
      if (reconcile.has(id)) continue;
      const state = entries.filter((entry) => entry.at <= now - this.delayOf(id, entry.at, copy)).at(-1);
      if (state?.row === undefined) seen.delete(id);
      else seen.set(id, state.row);
    }
    return [...seen.values()];
  }

  clear(): void {
    this.entries.clear();
  }

  snapshot(now: number): IndexSnapshot {
    const kept = [...this.entries]
      .map(([id, entries]): [string, Entry[]] => [id, settled(entries, now)])
      .filter(([, entries]) => entries.length > 1);
    return Object.fromEntries(
      kept.map(([id, entries]) => [
        id,
        entries.map(({ at, row }) => ({ at: Number.isFinite(at) ? at : null, row: row ?? null })),
      ]),
    );
  }

  restore(snapshot: IndexSnapshot | undefined): void {
    this.entries.clear();
    for (const [id, entries] of Object.entries(snapshot ?? {})) {
      this.entries.set(
        id,
        entries.map(({ at, row }) => ({ at: at ?? Number.NEGATIVE_INFINITY, row: row ?? undefined })),
      );
    }
  }

  /** How long the copy takes to learn of a write: each write has its own slowest copy. */
  private delayOf(id: string, at: number, copy: number): number {
    const rank = (hash(`${this.seed} ${id} ${at}`) + copy) % COPIES;
    return this.lagMs * (FASTEST_SHARE + ((1 - FASTEST_SHARE) * rank) / (COPIES - 1));
  }
}

/** The newest entry that every copy has replaces all before it. */
function settled(entries: readonly Entry[], now: number): Entry[] {
  let newest = 0;
  for (const [position, entry] of entries.entries()) {
    if (entry.at <= now - LONGEST_LAG_MS) newest = position;
  }
  return entries.slice(newest);
}

/** FNV-1a with a last mix: spreads short texts over 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const letter of text) value = Math.imul(value ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  return (value ^ (value >>> 13)) >>> 0;
}
