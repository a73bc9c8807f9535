/** The coverage table of the README, made of the matrix and of the list of SDK calls. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { byArea, levelTotals, type MatrixRow } from './operation-matrix';
import type { SdkCall } from './sdk-surface';

export const README_FILE = join(__dirname, '../README.md');

const BEGIN = '<!-- coverage: written by a test, see coverage/operations.txt -->';
const END = '<!-- end of coverage -->';

const DOCUMENT_TITLES: Readonly<Record<MatrixRow['document'], string>> = {
  platform: 'Jira platform',
  agile: 'Jira Software',
  beyond: 'In neither document',
};

/** The table between the markers: totals, areas with anything emulated, areas refused whole. */
export function coverageTable(matrix: readonly MatrixRow[], sdk: readonly SdkCall[]): string {
  const lines = ['| | Full | Partial | Refused |', '| --- | --- | --- | --- |'];
  for (const [document, title] of Object.entries(DOCUMENT_TITLES)) {
    lines.push(
      line(
        `**${title}**`,
        matrix.filter((row) => row.document === document),
      ),
    );
  }
  lines.push(line('**Forge packages**', sdk));
  const areas = [...byArea(matrix)];
  const isEmpty = (rows: readonly MatrixRow[]) => rows.every(({ level }) => level === 'refused');
  for (const [heading, rows] of areas) if (!isEmpty(rows)) lines.push(line(titleOf(heading), rows));
  for (const name of [...new Set(sdk.map((call) => call.package))]) {
    lines.push(
      line(
        `\`${name}\``,
        sdk.filter((call) => call.package === name),
      ),
    );
  }
  const whole = areas
    .filter(([, rows]) => isEmpty(rows))
    .map(([heading, rows]) => `${titleOf(heading)} ${rows.length}`);
  return [...lines, '', `Refused whole: ${whole.join(', ')}.`].join('\n');
}

/** Areas of the platform need no word about their document. */
function titleOf(heading: string): string {
  return heading.replace(/ \((platform|beyond)\)$/, '');
}

function line(title: string, rows: readonly { level: MatrixRow['level'] }[]): string {
  const { full, partial, refused } = levelTotals(rows);
  return `| ${title} | ${full} | ${partial} | ${refused} |`;
}

/** A README with this table between the markers; throws when it lacks them. */
export function withTable(readme: string, table: string): string {
  const from = readme.indexOf(BEGIN);
  const to = readme.indexOf(END);
  if (from < 0 || to < from) throw new Error(`The README lacks the markers ${BEGIN} and ${END}`);
  return `${readme.slice(0, from + BEGIN.length)}\n\n${table}\n\n${readme.slice(to)}`;
}

export function readReadme(): string {
  return readFileSync(README_FILE, 'utf8');
}
