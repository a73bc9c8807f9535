/** One OpenAPI document, loaded with the waivers that belong to it and ready to judge requests and answers. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import addFormats from 'ajv-formats';
import { type Document, OpenAPIBackend, type Operation } from 'openapi-backend';
import { patchDocument, WAIVER_KEYWORD } from './patch-document';
import { marksOf, type Waiver } from './waivers';

/** Jira's own form, `2024-01-01T00:00:00.000+0000`: no colon in the zone, always milliseconds. */
export const JIRA_MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}([+-]\d{4}|Z)$/;

/** What Jira reads: the documents' own examples of requests also use RFC 3339. */
const READ_MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?([+-]\d\d:?\d\d|Z)?$/;

export interface AskedRequest {
  method: string;
  path: string;
  query: Record<string, string | string[]>;
  headers: Record<string, string>;
  /** Raw text. */
  body: string | undefined;
}

export interface ContractDocument {
  file: string;
  /** `GET /rest/api/3/field`: method and whole path, as sites name their routes. */
  nameOf(operation: Operation): string;
  /** The operation of the document that a request means; undefined when there is none. */
  operationOf(method: string, path: string): Operation | undefined;
  /** What is wrong, in words; empty = valid. */
  requestErrors(operation: Operation, request: AskedRequest): string[];
  answerErrors(operation: Operation, status: number, body: unknown): string[];
  noteWaiver(mark: string): void;
  /** Marks of the patches that admitted something so far. */
  usedWaivers(): ReadonlySet<string>;
}

/**
 * Loads `file` of the contract folder. `apiRoot` is cut from the paths of requests (`/rest` for Data Center); `read` may put
 * right how a whole document is written.
 */
export async function loadDocument(
  folder: string,
  file: string,
  waivers: readonly Waiver[],
  apiRoot = '/',
  read: (definition: Document) => Document = (definition) => definition,
): Promise<ContractDocument> {
  const mine = waivers.filter((waiver) => waiver.documents.includes(file));
  const definition = read(JSON.parse(readFileSync(join(folder, file), 'utf8')) as Document);
  for (const waiver of mine) patchDocument(definition, waiver);
  nameOperations(definition);
  const used = new Set<string>();
  const onlyNull = new Set(mine.flatMap(nullableMarks));
  const api = new OpenAPIBackend({
    definition,
    apiRoot,
    quick: true,
    ajvOpts: { strict: false, logger: false },
    customizeAjv: (ajv, _options, context) => {
      addFormats(ajv as unknown as Parameters<typeof addFormats>[0]);
      ajv.addFormat('date-time', String(context) === 'responseValidator' ? JIRA_MOMENT : READ_MOMENT);
      ajv.addKeyword({
        keyword: WAIVER_KEYWORD,
        validate: (mark: string, data: unknown) => {
          if (data === null || !onlyNull.has(mark)) used.add(mark);
          return true;
        },
      });
      return ajv;
    },
  });
  await api.init();
  const find = finder(api.router.getOperations());
  const root = apiRoot === '/' ? '' : apiRoot;
  return {
    file,
    nameOf: (operation) => `${operation.method.toUpperCase()} ${root}${operation.path}`,
    operationOf: (method, path) =>
      path.startsWith(root) ? find(method, path.slice(root.length)) : undefined,
    requestErrors: (operation, request) => texts(api.validator.validateRequest(request, operation).errors),
    answerErrors: (operation, status, body) =>
      texts(api.validator.validateResponse(body, operation, status).errors),
    noteWaiver: (mark) => used.add(mark),
    usedWaivers: () => used,
  };
}

function nullableMarks(waiver: Waiver): string[] {
  return marksOf(waiver).filter((_mark, position) => waiver.patches[position]?.kind === 'nullable');
}

/** The library keeps validators by operationId, and two of the documents use the same one twice. */
function nameOperations(definition: Document): void {
  for (const [path, item] of Object.entries(definition.paths ?? {})) {
    for (const [method, operation] of Object.entries(item ?? {})) {
      if (isOperation(operation)) operation.operationId = `${method} ${path}`;
    }
  }
}

function isOperation(value: unknown): value is { operationId?: string } {
  return typeof value === 'object' && value !== null && 'responses' in value;
}

/** Fixed segments win over parameters, from left to right. */
function finder(operations: Operation[]): (method: string, path: string) => Operation | undefined {
  const table = operations.map((operation) => ({ operation, segments: operation.path.split('/') }));
  return (method, path) => {
    const actual = path.split('/');
    let best: (typeof table)[number] | undefined;
    for (const entry of table) {
      if (entry.operation.method !== method.toLowerCase() || !fits(entry.segments, actual)) continue;
      if (best === undefined || fixed(entry.segments) > fixed(best.segments)) best = entry;
    }
    return best?.operation;
  };
}

function fits(segments: readonly string[], actual: readonly string[]): boolean {
  if (segments.length !== actual.length) return false;
  return segments.every((segment, at) =>
    segment.startsWith('{') ? actual[at] !== '' : segment === actual[at],
  );
}

function fixed(segments: readonly string[]): number {
  return segments.filter((segment) => !segment.startsWith('{')).length;
}

interface Complaint {
  instancePath?: string;
  message?: string;
  params?: unknown;
}

function texts(errors: Complaint[] | null | undefined): string[] {
  return (errors ?? []).map(
    ({ instancePath, message, params }) =>
      `${instancePath || '/'} ${message ?? ''} ${JSON.stringify(params)}`,
  );
}
