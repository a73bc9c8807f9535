/** Makes the lines of `scope-table.txt` from Jira's OpenAPI documents. */
import { join } from 'node:path';
import { z } from 'zod';

export const SCOPE_TABLE_FILE = join(__dirname, 'scope-table.txt');
/** The documents that the table is made from, by `scope-table-cli.ts`. */
export const SCOPE_DOCUMENTS = ['jira-cloud-v3.json', 'jira-software-agile-1.0.json'] as const;

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;

const operationSchema = z.looseObject({
  security: z.array(z.record(z.string(), z.array(z.string()))).optional(),
  'x-atlassian-oauth2-scopes': z
    .array(z.object({ scheme: z.string(), scopes: z.array(z.string()), state: z.string() }))
    .optional(),
});

const documentSchema = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
});

/** `any` = no scope is needed, `-` = apps cannot get in this way. */
function cell(scopes: readonly string[] | undefined): string {
  if (scopes === undefined) return '-';
  return scopes.length === 0 ? 'any' : [...scopes].sort().join(' ');
}

function lineOf(operation: string, raw: unknown): string {
  const { security, 'x-atlassian-oauth2-scopes': listed = [] } = operationSchema.parse(raw);
  const stated = (state: string) => listed.find((entry) => entry.state === state)?.scopes;
  const secured = security?.find((way) => way['OAuth2'] !== undefined)?.['OAuth2'];
  const granular = stated('Beta');
  // A requirement without scopes beside a granular list means that only granular scopes exist.
  const classic =
    stated('Current') ?? (secured?.length === 0 && granular !== undefined ? undefined : secured);
  // Without scopes to ask for, the classic answer `any` says all.
  return [operation, cell(classic), granular?.length === 0 ? '-' : cell(granular)].join('\t');
}

/** One line for each operation of the document, in its order: operation, classic scopes, granular scopes. */
export function deriveScopeTable(document: unknown): string[] {
  const lines: string[] = [];
  for (const [path, methods] of Object.entries(documentSchema.parse(document).paths)) {
    for (const method of METHODS) {
      const raw = methods[method];
      if (raw !== undefined) lines.push(lineOf(`${method.toUpperCase()} ${path}`, raw));
    }
  }
  return lines;
}
