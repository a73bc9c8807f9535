/** The coverage matrix: every operation of Jira's documents, and what the emulator makes of it, as kept in `operations.txt`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CoverageLevel } from './sdk-surface';

/** `beyond` = in none of the two documents. */
export type DocumentName = 'platform' | 'agile' | 'beyond';

export interface MatrixRow {
  document: DocumentName;
  /** The tag under which the document lists the operation. */
  area: string;
  level: CoverageLevel;
  method: string;
  /** The path template as the document writes it. */
  path: string;
  /** What is missing; empty for `full`. */
  note: string;
}

/** An operation as a document lists it. */
export type DocumentedOperation = Pick<MatrixRow, 'document' | 'area' | 'method' | 'path'>;

/** An operation as a site declares it. */
export type RoutedOperation = Pick<MatrixRow, 'level' | 'method' | 'path' | 'note'>;

/** Why an operation is refused that nobody wrote a reason for. */
export const NOT_ROUTED = 'not emulated: 501';

export const MATRIX_FILE = join(__dirname, 'operations.txt');

const HEADING = /^## (.+) \((platform|agile|beyond)\)$/;
const LINE = /^(full|partial|refused) +([A-Z]+) (\S+)(?: -- (.+))?$/;

/** Reads the text of a matrix; throws on a line which is none. */
export function parseMatrix(text: string): MatrixRow[] {
  const rows: MatrixRow[] = [];
  let heading: Pick<MatrixRow, 'area' | 'document'> | undefined;
  for (const line of text.split('\n')) {
    const [, area, document] = HEADING.exec(line) ?? [];
    if (area !== undefined) heading = { area, document: document as DocumentName };
    if (line === '' || line.startsWith('#')) continue;
    const [, level, method, path, note] = LINE.exec(line) ?? [];
    if (heading === undefined || method === undefined || path === undefined) {
      throw new Error(`operations.txt has a line that is no operation: ${line}`);
    }
    rows.push({ ...heading, level: level as CoverageLevel, method, path, note: note ?? noteOf(level) });
  }
  return rows;
}

const noteOf = (level: string | undefined) => (level === 'refused' ? NOT_ROUTED : '');

/** The text of a matrix, by area; `parseMatrix` reads it back. */
export function matrixText(rows: readonly MatrixRow[]): string {
  const lines = [
    "# Every operation of Jira's documents and what the emulator makes of it. Written by a test, do not edit:",
    '#     CONTRACT_DIR=... UPDATE=1 npx jest test/emulator-tests/coverage-matrix',
  ];
  for (const [heading, members] of byArea(rows)) {
    lines.push('', `## ${heading}`);
    for (const { level, method, path, note } of members) {
      const remark = note === noteOf(level) ? '' : ` -- ${note}`;
      lines.push(`${level.padEnd(7)} ${method} ${path}${remark}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

/** Rows under `area (document)`, in the order in which each comes first. */
export function byArea(rows: readonly MatrixRow[]): Map<string, MatrixRow[]> {
  const areas = new Map<string, MatrixRow[]>();
  for (const row of rows) {
    const heading = `${row.area} (${row.document})`;
    const members = areas.get(heading);
    if (members === undefined) areas.set(heading, [row]);
    else members.push(row);
  }
  return areas;
}

/** What the matrix must say, given what the documents list and what a site routes. */
export function matrixOf(
  documented: readonly DocumentedOperation[],
  routed: readonly RoutedOperation[],
): MatrixRow[] {
  const known = new Map(routed.map((route) => [`${route.method} ${route.path}`, route]));
  const rows = documented.map((operation): MatrixRow => {
    const name = `${operation.method} ${operation.path}`;
    const route = known.get(name);
    known.delete(name);
    return { ...operation, level: route?.level ?? 'refused', note: route ? route.note : NOT_ROUTED };
  });
  const rest = [...known.values()].map(
    (route): MatrixRow => ({ document: 'beyond', area: areaBeyond(route.path), ...route }),
  );
  return [...rows, ...rest];
}

function areaBeyond(path: string): string {
  return path.startsWith('/rest/api/2/')
    ? 'Version 2: wiki markup in place of documents'
    : 'What answers link to';
}

/** The matrix as checked in. */
export function readMatrix(): MatrixRow[] {
  return parseMatrix(readFileSync(MATRIX_FILE, 'utf8'));
}

/** How many rows there are of each level. */
export function levelTotals(rows: readonly { level: CoverageLevel }[]): Record<CoverageLevel, number> {
  const totals: Record<CoverageLevel, number> = { full: 0, partial: 0, refused: 0 };
  for (const { level } of rows) totals[level] += 1;
  return totals;
}
