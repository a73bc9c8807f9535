/** A Data Center site for tests: requests by user name, webhooks kept, every answer held against the document. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadDocument } from '../contract/contract-document';
import { type Exchange, observed } from '../emulator/contract/record-exchanges';
import { createRandom } from '../emulator/core/random';
import { createDataCenterSite, type DataCenterSite } from '../emulator/data-center/create-data-center-site';
import type { Actor, WebhookDelivery } from '../emulator/seam';

export type Json = Record<string, unknown>;

export interface Answer {
  status: number;
  /** Parsed JSON; undefined for anything else. */
  json: Json;
  text: string;
  headers: Headers;
}

export interface ServerWorld {
  site: DataCenterSite;
  now(): number;
  pass(ms: number): void;
  /** `undefined` as user is a visitor. */
  send(
    user: string | undefined,
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer>;
  webhooks: WebhookDelivery[];
  exchanges: Exchange[];
}

/** The site with a clock that stands still until it is told to move. */
export function createServerWorld(): ServerWorld {
  let now = Date.parse('2026-11-21T09:30:00.000Z');
  const clock = { now: () => now, after: () => () => {} };
  const site = createDataCenterSite({ key: 'initech', clock, random: createRandom(7) });
  const webhooks: WebhookDelivery[] = [];
  site.onWebhook((delivery) => webhooks.push(delivery));
  const exchanges: Exchange[] = [];
  const handle = observed(site, site.handle, (exchange) => exchanges.push(exchange));
  return {
    site,
    webhooks,
    exchanges,
    now: () => now,
    pass: (ms) => {
      now += ms;
    },
    async send(user, method, path, body, headers = {}) {
      const response = await handle(
        requestOf(site.publicUrl, method, path, body, headers),
        actorOf(site, user),
      );
      const text = await response.text();
      const isJson = (response.headers.get('content-type') ?? '').includes('json') && text !== '';
      return {
        status: response.status,
        json: (isJson ? JSON.parse(text) : undefined) as Json,
        text,
        headers: response.headers,
      };
    },
  };
}

function requestOf(
  origin: string,
  method: string,
  path: string,
  body: unknown,
  headers: Record<string, string>,
): Request {
  const url = `${origin}${path.startsWith('/') ? path : `/rest/api/2/${path}`}`;
  if (body === undefined) return new Request(url, { method, headers });
  if (body instanceof FormData) return new Request(url, { method, headers, body });
  return new Request(url, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

function actorOf(site: DataCenterSite, username: string | undefined): Actor {
  if (username === undefined) return { kind: 'anonymous' };
  const user = site.users().find((each) => each.username === username);
  if (user === undefined) throw new Error(`nobody is called ${username}`);
  return { kind: 'user', accountId: user.accountId };
}

/**
 * What the document of Data Center holds against the answers. It leaves out most refusals, so only successes are judged.
 * Without CONTRACT_DIR there is no document and nothing is judged.
 */
export async function violationsOf(exchanges: readonly Exchange[]): Promise<string[]> {
  const folder = process.env['CONTRACT_DIR'];
  if (folder === undefined) return [];
  loaded ??= loadDocument(corrected(folder), FILE, [], '/rest');
  const document = await loaded;
  return exchanges.filter(isDocumented).flatMap((exchange) => {
    const name = `${exchange.method} ${exchange.path} ${exchange.status}`;
    const operation = document.operationOf(exchange.method, new URL(exchange.path, 'http://x').pathname);
    if (operation === undefined) return [`${name}: no such operation`];
    if (operation.responses?.[String(exchange.status)] === undefined)
      return [`${name}: status not documented`];
    if ((exchange.responseBody ?? '') === '') return [];
    const found = bodiesOf(JSON.parse(exchange.responseBody ?? '')).flatMap((body) =>
      document.answerErrors(operation, exchange.status, body),
    );
    return [...new Set(found)].map((text) => `${name}: ${text}`);
  });
}

const FILE = 'jira-dc-10.3-v2.json';
let loaded: ReturnType<typeof loadDocument> | undefined;

/**
 * Folder with a copy of the document without three faults of its making: a bare `object` stands for any value (so do
 * numbers and strings in `fields`), sides of a change can be null (recorded), dates of versions are days.
 */
function corrected(folder: string): string {
  const definition = JSON.parse(readFileSync(join(folder, FILE), 'utf8')) as {
    components: { schemas: Record<string, { properties?: Record<string, Json> }> };
  };
  const { schemas } = definition.components;
  for (const side of ['from', 'fromString', 'to', 'toString']) {
    const properties = schemas['ChangeItemBean']?.properties;
    if (properties) properties[side] = { type: 'string', nullable: true };
  }
  for (const day of ['startDate', 'releaseDate']) {
    const properties = schemas['VersionBean']?.properties;
    if (properties) properties[day] = { type: 'string', format: 'date' };
  }
  const target = mkdtempSync(join(tmpdir(), 'dc-document-'));
  writeFileSync(join(target, FILE), JSON.stringify(anyForBareObjects(definition)));
  return target;
}

function anyForBareObjects(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(anyForBareObjects);
  if (typeof value !== 'object' || value === null) return value;
  const row = value as Json;
  const bare = row['type'] === 'object' && !('properties' in row) && !('additionalProperties' in row);
  if (bare) return {};
  return Object.fromEntries(Object.entries(row).map(([key, inner]) => [key, anyForBareObjects(inner)]));
}

/** Tokens, webhooks and the bytes of files are no part of the document. */
function isDocumented({ path, status }: Exchange): boolean {
  return status < 400 && path.startsWith('/rest/api/2/');
}

/** The document describes lists and pages by their element. */
function bodiesOf(body: unknown): unknown[] {
  if (Array.isArray(body)) return body;
  const values = (body as { values?: unknown; isLast?: unknown }).values;
  return Array.isArray(values) ? values : [body];
}
