/** Lists the operations of Jira's OpenAPI documents, from the documents themselves or from the matrix made of them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { DocumentedOperation, DocumentName, MatrixRow } from './operation-matrix';

const DOCUMENTS: readonly [name: DocumentName, file: string][] = [
  ['platform', 'jira-cloud-v3.json'],
  ['agile', 'jira-software-agile-1.0.json'],
];

/** Methods come first; other keys of a path item describe all of them. */
const METHODS = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options'] as const;

const documentSchema = z.object({
  paths: z.record(
    z.string(),
    z.partialRecord(z.enum(METHODS), z.object({ tags: z.array(z.string()).optional() })).or(z.unknown()),
  ),
});

/** All operations, by area in the order of the documents. Throws when the folder lacks a document. */
export function documentedOperations(folder: string): DocumentedOperation[] {
  return DOCUMENTS.flatMap(([document, file]) => {
    const { paths } = documentSchema.parse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
    const found = Object.entries(paths).flatMap(([path, item]) => operationsOf(document, path, item));
    return grouped(found);
  });
}

function operationsOf(document: DocumentName, path: string, item: unknown): DocumentedOperation[] {
  const methods = item as Partial<Record<string, { tags?: string[] }>>;
  return METHODS.flatMap((method) => {
    const operation = methods[method];
    if (operation === undefined) return [];
    return [{ document, area: operation.tags?.[0] ?? 'Without an area', method: method.toUpperCase(), path }];
  });
}

/** Members of an area stand together, areas in the order in which they begin. */
function grouped(operations: readonly DocumentedOperation[]): DocumentedOperation[] {
  const areas = [...new Set(operations.map(({ area }) => area))];
  return areas.flatMap((area) => operations.filter((operation) => operation.area === area));
}

/** The same list as the checked-in matrix keeps it. */
export function listedOperations(rows: readonly MatrixRow[]): DocumentedOperation[] {
  return rows
    .filter(({ document }) => document !== 'beyond')
    .map(({ document, area, method, path }) => ({ document, area, method, path }));
}
