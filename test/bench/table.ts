/** The costs as a table for people, with the goals beside them. */

import type { Row } from './changes';
import type { Costs } from './costs';
import { goals } from './goals';

const start = '<!-- costs: begin (npm run bench) -->';
const end = '<!-- costs: end -->';

export function costTable(rows: readonly Row[]): string {
  const head = '| Change | REST calls | Points | KVS reads | KVS KB read | KVS KB written | Invocations |';
  return [head, '|---|---|---|---|---|---|---|', ...rows.map(line)].join('\n');
}

/** The page with a fresh table between its two marks. */
export function withTable(page: string, table: string): string {
  const [before, rest = ''] = page.split(start);
  const after = rest.split(end)[1];
  if (before === undefined || after === undefined) throw new Error('The page has no place for the table.');
  return `${before}${start}\n${table}\n${end}${after}`;
}

function line({ name, goal, measured: { both } }: Row): string {
  const limits: Partial<Costs> = goals[goal];
  const calls = withGoal(round(both.calls, 1), limits.calls);
  const points = withGoal(round(both.points, 1), limits.points);
  const written = withGoal(kilobytes(both.kvsWriteBytes), limits.kvsWriteBytes, 1_000);
  const invocations = withGoal(round(both.invocations, 1), limits.invocations);
  const read = kilobytes(both.kvsReadBytes);
  return `| ${name} | ${calls} | ${points} | ${round(both.kvsReads, 1)} | ${read} | ${written} | ${invocations} |`;
}

function withGoal(text: string, goal: number | undefined, unit = 1): string {
  return goal === undefined ? text : `${text} (at most ${goal / unit})`;
}

function kilobytes(bytes: number): string {
  return round(bytes / 1_000, 1);
}

function round(value: number, digits: number): string {
  return String(Number(value.toFixed(digits)));
}
