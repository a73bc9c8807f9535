/** Writes the result of a contract run for people, and last the line that scripts read. */
import type { Exchange } from '../emulator/contract/record-exchanges';
import type { AllowedStatus } from './allowed-statuses';
import type { Totals, Violation } from './judge-recordings';
import { SERVER_READING } from './server-document';
import { isUsed, type Waiver } from './waivers';

const EXCERPT = 600;

/** The whole report, ending with `contract: operations N, bodies N, violations N, waivers N`. */
export function reportOf(totals: Totals, waivers: readonly Waiver[]): string {
  const used = waivers.filter((waiver) => isUsed(waiver, totals.usedWaivers));
  const unused = waivers.filter((waiver) => !isUsed(waiver, totals.usedWaivers));
  const bodies = [...totals.operations.values()].reduce((sum, one) => sum + one.bodies, 0);
  return [
    '',
    'exchanges   bodies  operation',
    ...[...totals.operations]
      .sort(byName)
      .map(([name, sum]) => `${pad(sum.exchanges, 9)} ${pad(sum.bodies, 8)}  ${name}`),
    `${pad(totals.outside, 9)}           outside the documents (v2 calls of Cloud, the media store)`,
    `${pad(totals.refused, 9)}           refused aloud as not emulated`,
    '',
    ' entities  like the recordings',
    ...[...totals.entities].sort(byName).map(([name, n]) => `${pad(n, 9)}  ${name}`),
    '',
    ...[...totals.usedAllowances].map(([rule, n]) => allowanceLine(rule, n)),
    '',
    ...used.flatMap((waiver) => waiverLines('waiver used', waiver)),
    ...unused.flatMap((waiver) => waiverLines('waiver NOT USED', waiver)),
    '',
    ...SERVER_READING.map((line) => `the document of Data Center is read so: ${line}`),
    ...totals.violations.flatMap(violationLines),
    '',
    `contract: operations ${totals.operations.size}, bodies ${bodies}, violations ${totals.violations.length}, waivers ${used.length}`,
  ].join('\n');
}

function allowanceLine({ status, operations, reason }: AllowedStatus, n: number): string {
  const where = operations === '*' ? 'any operation' : operations.join(', ');
  return `${pad(n, 9)}  status ${status} beyond the document (${where}): ${reason}`;
}

function waiverLines(title: string, waiver: Waiver): string[] {
  return [
    `${title}: ${waiver.id} (${waiver.documents.join(', ')}): ${waiver.reason}`,
    `    evidence: ${waiver.evidence}`,
  ];
}

function violationLines({ operation, text, count, example }: Violation): string[] {
  return [
    '',
    `VIOLATION ${operation} -> ${example.status} (${count}x): ${text}`,
    `    on ${example.site}: ${example.method} ${example.path}`,
    ...bodyLine('asked', example.requestBody ?? partsOf(example)),
    ...bodyLine('answered', example.responseBody),
  ];
}

function partsOf({ requestParts }: Exchange): string | undefined {
  return requestParts === undefined ? undefined : `parts ${requestParts.join(', ')}`;
}

function bodyLine(title: string, text: string | undefined): string[] {
  if (text === undefined || text === '') return [];
  const rest = text.length > EXCERPT ? ` ... (${text.length} characters)` : '';
  return [`    ${title}: ${text.slice(0, EXCERPT)}${rest}`];
}

function byName([left]: [string, unknown], [right]: [string, unknown]): number {
  const path = (name: string) => name.slice(name.indexOf(' ') + 1);
  return path(left).localeCompare(path(right), 'en') || left.localeCompare(right, 'en');
}

function pad(n: number, width: number): string {
  return String(n).padStart(width);
}
