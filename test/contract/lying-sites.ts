/** Sites with one lie each, behind doors of their own, and what each layer says of them after one drive. */
import { execFile } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { serve } from '@hono/node-server';
import { type Exchange, observed } from '../emulator/contract/record-exchanges';
import { createRandom } from '../emulator/core/random';
import { createCloudSite } from '../emulator/jira/create-cloud-site';
import type { JiraSite } from '../emulator/seam';
import { checkExchange } from './check-exchange';
import type { Contract } from './contract';
import type { EntityCheck } from './entities';
import { type Layer, lying, type Mutation } from './mutation';

const run = promisify(execFile);

/** What a layer found wrong; empty = it believed everything. */
export type Findings = Readonly<Record<Layer, readonly string[]>>;

interface LyingSite {
  name: string;
  host: string;
  exchanges: Exchange[];
  close(): void;
}

/** Drives all sites in one child process and judges what was said by all three layers, by name. */
export async function judge(
  mutations: readonly (Mutation | undefined)[],
  { documents, entities }: Contract,
): Promise<Map<string, Findings>> {
  const sites = await Promise.all(mutations.map(open));
  try {
    const refused = await driveWithJiraJs(sites);
    return new Map(
      sites.map((site) => [
        site.name,
        {
          a: site.exchanges.flatMap((exchange) => byDocument(documents, exchange)),
          b: refused[site.name] ?? ['the drive did not come to this site'],
          c: site.exchanges.flatMap((exchange) => byRecordings(entities, documents, exchange)),
        },
      ]),
    );
  } finally {
    for (const site of sites) site.close();
  }
}

/** A site of its own for each, with a clock that runs so fast that no rate limit is met. */
async function open(mutation: Mutation | undefined): Promise<LyingSite> {
  let now = Date.parse('2026-11-21T09:30:00Z');
  const clock = {
    now: () => {
      now += 500;
      return now;
    },
    after: () => () => {},
  };
  const site = createCloudSite({ key: 'acme', clock, random: createRandom(3) });
  const exchanges: Exchange[] = [];
  const handle = observed(site, lying(site.handle, mutation), (exchange) => exchanges.push(exchange));
  const fetch = (request: Request) => handle(asked(request, mutation), userOf(site, request));
  return new Promise((resolve) => {
    const server = serve({ fetch, port: 0, hostname: '127.0.0.1' }, ({ port }: AddressInfo) =>
      resolve({
        name: mutation?.name ?? 'no lie',
        host: `http://127.0.0.1:${port}`,
        exchanges,
        close: () => server.close(),
      }),
    );
  });
}

function asked(request: Request, mutation: Mutation | undefined): Request {
  const url = new URL(request.url);
  const path = mutation?.operation.split(' ')[1];
  if (mutation?.swallows === undefined || url.pathname !== path) return request;
  url.searchParams.set(mutation.swallows, '2');
  return new Request(url, request);
}

function userOf(site: JiraSite, request: Request): Parameters<JiraSite['handle']>[1] {
  const basic = (request.headers.get('authorization') ?? '').replace('Basic ', '');
  const [email = '', token = ''] = Buffer.from(basic, 'base64').toString().split(':');
  const user = site.authenticate(email, token);
  return user === undefined ? { kind: 'anonymous' } : { kind: 'user', accountId: user.accountId };
}

async function driveWithJiraJs(sites: readonly LyingSite[]): Promise<Record<string, string[]>> {
  const [admin] = createCloudSite({
    key: 'acme',
    clock: { now: () => 0, after: () => () => {} },
    random: createRandom(3),
  }).users();
  if (admin === undefined) throw new Error('acme has no users');
  const list = sites.map(({ name, host }) => ({
    name,
    host,
    email: admin.email,
    apiToken: admin.token,
    accountId: admin.accountId,
    issue: 'SUP-1',
  }));
  const { stdout } = await run(process.execPath, [join(__dirname, 'drive-sites.mjs'), JSON.stringify(list)], {
    timeout: 90_000,
    maxBuffer: 8 * 1024 * 1024,
  });
  return JSON.parse(stdout);
}

function byDocument(documents: Contract['documents'], exchange: Exchange): readonly string[] {
  const verdict = checkExchange(documents, exchange);
  return verdict.outcome === 'checked' ? verdict.violations : [];
}

function byRecordings(
  entities: EntityCheck,
  documents: Contract['documents'],
  exchange: Exchange,
): readonly string[] {
  const verdict = checkExchange(documents, exchange);
  if (verdict.outcome !== 'checked') return [];
  return entities.check(verdict.operation, exchange).flatMap(({ errors }) => errors);
}
