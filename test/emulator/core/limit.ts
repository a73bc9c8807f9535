/** What a table of limits says of each limit, so that the tables of all parts can be printed as one. */

/** One enforced limit as data. The number itself lives in the `limits.ts` of its part; the table refers to it. */
export interface Limit {
  /** Unique over all tables, e.g. `kvs value size`. */
  name: string;
  value: number | string;
  /** `bytes`, `ms`, `seconds`, `per minute`, `characters`, `items`, ... */
  unit: string;
  /** Where the number comes from: DAC page, SDK code, measured, or `emulator` when no source names it. */
  source: string;
  /** What the caller gets beyond it: status and code, or what happens instead of an error. */
  error: string;
  /** The test that hits it: `file.test.ts: title of the test`, and ` › its case` where the test has a table. */
  test: string;
}

/** A row in the order of the columns: name, value, unit, source, error, test. */
export type LimitRow = readonly [string, number | string, string, string, string, string];

/** The same as data with names. */
export function limitsFrom(rows: readonly LimitRow[]): readonly Limit[] {
  return rows.map(([name, value, unit, source, error, test]) => ({ name, value, unit, source, error, test }));
}
