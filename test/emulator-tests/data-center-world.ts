/** A Data Center site for tests: requests by user name, webhooks kept, every answer held against the document. */
import { checkExchange } from '../contract/check-exchange';
import { contractFolder } from '../contract/contract';
import { type ContractDocument, loadDocument } from '../contract/contract-document';
import { readServerDocument } from '../contract/server-document';
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
 * What the document of Data Center holds against the exchanges. Without CONTRACT_DIR there is none and nothing is judged.
 */
export async function violationsOf(exchanges: readonly Exchange[]): Promise<string[]> {
  const folder = contractFolder();
  if (folder === undefined) return [];
  loaded ??= loadDocument(folder, 'jira-dc-10.3-v2.json', [], '/rest', readServerDocument);
  const document = await loaded;
  return exchanges.flatMap((exchange) => {
    const verdict = checkExchange({ cloud: [], datacenter: [document] }, exchange);
    const found = verdict.outcome === 'checked' ? verdict.violations : [];
    return found.map((text) => `${exchange.method} ${exchange.path} ${exchange.status}: ${text}`);
  });
}

let loaded: Promise<ContractDocument> | undefined;
