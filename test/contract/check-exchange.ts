/** Judges one exchange by the documents: operation, request, status, body, form of moments. */
import type { Operation } from 'openapi-backend';
import type { Exchange } from '../emulator/contract/record-exchanges';
import { ALLOWED_STATUSES, type AllowedStatus } from './allowed-statuses';
import type { Contract } from './contract';
import { type AskedRequest, type ContractDocument, JIRA_MOMENT } from './contract-document';
import { WAIVER_KEYWORD } from './patch-document';

export type Verdict =
  /** No document covers the path: the v2 calls of Cloud, the emulator's own media store. */
  | { outcome: 'outside' }
  /** The emulator said aloud that it does not know the operation. */
  | { outcome: 'refused' }
  | {
      outcome: 'checked';
      operation: string;
      bodies: number;
      violations: string[];
      /** The rule which admitted a status that the document leaves out. */
      allowed?: AllowedStatus;
    };

const OUTSIDE = [/^\/rest\/api\/2\//, /^\/rest\/emulator-media(\/|$)/, /^\/rest\/internal\//];

/** Tokens, webhooks and the bytes of files of Data Center are described elsewhere. */
const OUTSIDE_SERVER = [/^\/rest\/(pat|webhooks)\//, /^\/secure\//];

/** Checks one exchange by the documents of its kind of site. */
export function checkExchange(documents: Contract['documents'], exchange: Exchange): Verdict {
  const url = new URL(exchange.path, 'http://site');
  const outside = exchange.kind === 'cloud' ? OUTSIDE : OUTSIDE_SERVER;
  if (outside.some((path) => path.test(url.pathname))) return { outcome: 'outside' };
  if (exchange.route === 'refused') return { outcome: 'refused' };
  if (exchange.route === 'broken') {
    const violations = [`the emulator broke: ${exchange.responseBody ?? ''}`];
    return { outcome: 'checked', operation: `${exchange.method} ${url.pathname}`, bodies: 0, violations };
  }
  for (const document of documents[exchange.kind]) {
    const operation = document.operationOf(exchange.method, url.pathname);
    if (operation !== undefined) return checked(document, operation, exchange, url);
  }
  const violations = ['answered, but no document has this operation'];
  return { outcome: 'checked', operation: exchange.route, bodies: 0, violations };
}

function checked(document: ContractDocument, operation: Operation, exchange: Exchange, url: URL): Verdict {
  const name = document.nameOf(operation);
  const violations: string[] = [];
  if (exchange.route !== name) {
    violations.push(`routed as '${exchange.route}', the document means '${name}'`);
  }
  if (exchange.status < 400) violations.push(...requestViolations(document, operation, exchange, url));
  const documented = isDocumented(document, operation, exchange);
  const allowed = documented ? undefined : allowance(exchange.status, name);
  if (!documented && allowed === undefined) violations.push(`status ${exchange.status} is not documented`);
  const body = bodyOf(exchange);
  violations.push(...bodyViolations(document, operation, exchange, body));
  const bodies = (exchange.requestBody === undefined ? 0 : 1) + (body.kind === 'json' ? 1 : 0);
  return { outcome: 'checked', operation: name, bodies, violations, ...(allowed && { allowed }) };
}

/** What the document refuses must not have been answered with success; a test may well send it to see the 4xx. */
function requestViolations(
  document: ContractDocument,
  operation: Operation,
  exchange: Exchange,
  url: URL,
): string[] {
  if (exchange.requestParts !== undefined) return uploadViolations(exchange);
  const waiver = (operation.requestBody as Record<string, unknown> | undefined)?.[WAIVER_KEYWORD];
  if (typeof waiver === 'string' && exchange.requestBody === undefined) document.noteWaiver(waiver);
  const asked: AskedRequest = {
    method: exchange.method,
    path: url.pathname,
    query: queryOf(url),
    headers: exchange.requestHeaders,
    body: exchange.requestBody,
  };
  return document.requestErrors(operation, asked).map((text) => `accepted a bad request: ${text}`);
}

/** The document describes the parts as an array, which no validator can read: the two rules are checked by hand. */
function uploadViolations(exchange: Exchange): string[] {
  const found: string[] = [];
  if (exchange.requestHeaders['x-atlassian-token'] !== 'no-check') {
    found.push('accepted an upload without X-Atlassian-Token: no-check');
  }
  const files = (exchange.requestParts ?? []).filter((part) => part === 'file').length;
  const taken = JSON.parse(exchange.responseBody ?? '[]') as unknown[];
  if (taken.length !== files) found.push(`took ${taken.length} files of ${files} parts named file`);
  return found;
}

function isDocumented(document: ContractDocument, operation: Operation, { status }: Exchange): boolean {
  const documented = operation.responses?.[String(status)] as Record<string, unknown> | undefined;
  const waiver = documented?.[WAIVER_KEYWORD];
  if (typeof waiver === 'string') document.noteWaiver(waiver);
  return documented !== undefined;
}

function allowance(status: number, name: string): AllowedStatus | undefined {
  return ALLOWED_STATUSES.find(
    (rule) => rule.status === status && (rule.operations === '*' || rule.operations.includes(name)),
  );
}

type Body = { kind: 'none' } | { kind: 'bytes' } | { kind: 'text' } | { kind: 'json'; value: unknown };

function bodyOf(exchange: Exchange): Body {
  const { responseBody } = exchange;
  if (responseBody === undefined) return { kind: 'bytes' };
  if (responseBody === '') return { kind: 'none' };
  if (!exchange.responseType.startsWith('application/json')) return { kind: 'text' };
  return { kind: 'json', value: JSON.parse(responseBody) };
}

function bodyViolations(
  document: ContractDocument,
  operation: Operation,
  exchange: Exchange,
  body: Body,
): string[] {
  const documented = operation.responses?.[String(exchange.status)] as
    | { content?: Record<string, { schema?: object }> }
    | undefined;
  const schema = documented?.content?.['application/json']?.schema;
  if (body.kind !== 'json') {
    return schema !== undefined && body.kind === 'none' && Object.keys(schema).length > 0
      ? ['the body is missing']
      : [];
  }
  if (exchange.status < 300 && documented !== undefined && documented.content === undefined) {
    return [`a body where none is documented`];
  }
  const found = document
    .answerErrors(operation, exchange.status, body.value)
    .map((text) => `answer: ${text}`);
  if (exchange.status >= 400 && schema === undefined) found.push(...problemViolations(body.value));
  return [...found, ...momentViolations(body.value, '')];
}

/** Errors that the document leaves open have Jira's one form. */
function problemViolations(value: unknown): string[] {
  const { errorMessages, errors, ...rest } = (value ?? {}) as Record<string, unknown>;
  const extra = Object.keys(rest).filter((key) => key !== 'status' && key !== 'warningMessages');
  const isList = errorMessages === undefined || Array.isArray(errorMessages);
  const isMap = errors === undefined || (typeof errors === 'object' && !Array.isArray(errors));
  if (isList && isMap && extra.length === 0) return [];
  return [`answer: not an error of Jira's form: ${JSON.stringify(value).slice(0, 200)}`];
}

const MOMENT_LIKE = /^\d{4}-\d\d-\d\dT\d\d:\d\d[\d:.,+Z-]*$/;

/** Most moments sit inside maps that the document leaves open, so their form is checked wherever one stands. */
function momentViolations(value: unknown, path: string): string[] {
  if (typeof value === 'string') {
    return MOMENT_LIKE.test(value) && !JIRA_MOMENT.test(value)
      ? [`answer: ${path} '${value}' is not Jira's form of a moment`]
      : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => momentViolations(inner, `${path}/${key}`));
}

function queryOf(url: URL): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = {};
  for (const name of new Set(url.searchParams.keys())) {
    const values = url.searchParams.getAll(name);
    query[name] = values.length === 1 ? (values[0] ?? '') : values;
  }
  return query;
}
