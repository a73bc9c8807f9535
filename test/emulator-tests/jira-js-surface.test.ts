/** Every operation of a Cloud site, driven by a strict client of other people: jira.js refuses every body it does not know. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { serve } from '@hono/node-server';
import { z } from 'zod';
import { contractFolder } from '../contract/contract';
import { createRandom } from '../emulator/core/random';
import { type CloudSite, createCloudSite } from '../emulator/jira/create-cloud-site';
import type { Actor } from '../emulator/seam';
import { WITHOUT_METHOD, WRONG_MODELS } from './jira-js/limits-of-client';
import { HARMLESS_PARAMETERS } from './jira-js/unread-parameters';

const run = promisify(execFile);

/** Time that passes between two requests: slow enough for the limits of a person. */
const BETWEEN_REQUESTS_MS = 2_000;

interface Door {
  host: string;
  /** Operations which answered with success. */
  driven: Set<string>;
  /** Those of them which the client has no method for. */
  byHand: Set<string>;
  /** Query parameters that each operation looked at. */
  read: Map<string, Set<string>>;
  close: () => void;
}

/** Serves a site with Basic auth and notes which operations succeeded. */
async function openDoor(site: CloudSite, tick: () => void): Promise<Door> {
  const [driven, byHand] = [new Set<string>(), new Set<string>()];
  const { read, watch } = parameterReads();
  const fetch = async (request: Request) => {
    // A task is cancelled at once, before it runs.
    if (!request.url.endsWith('/cancel')) tick();
    const given = (request.headers.get('authorization') ?? '').replace('Basic ', '');
    const [email = '', token = ''] = Buffer.from(given, 'base64').toString().split(':');
    const user = site.authenticate(email, token);
    const actor: Actor =
      user === undefined ? { kind: 'anonymous' } : { kind: 'user', accountId: user.accountId };
    const response = await watch(() => site.handle(request, actor));
    const operation = response.headers.get('x-emulator-route') ?? '';
    if (response.status < 400) driven.add(operation);
    if (request.headers.has('x-by-hand')) byHand.add(operation);
    return reachable(response, site.publicUrl, new URL(request.url).origin);
  };
  return new Promise((resolve) => {
    const server = serve({ fetch, port: 0, hostname: '127.0.0.1' }, (info: AddressInfo) =>
      resolve({ host: `http://127.0.0.1:${info.port}`, driven, byHand, read, close: () => server.close() }),
    );
  });
}

/** Notes which query parameters are looked at while a request is handled; the drive sends one request at a time. */
function parameterReads() {
  const read = new Map<string, Set<string>>();
  const names = new Set<string>();
  for (const reader of ['get', 'getAll', 'has'] as const) {
    const original = URLSearchParams.prototype[reader];
    jest.spyOn(URLSearchParams.prototype, reader).mockImplementation(function (
      this: URLSearchParams,
      ...given: Parameters<typeof original>
    ) {
      names.add(given[0]);
      return Reflect.apply(original, this, given);
    });
  }
  const watch = async (handle: () => Promise<Response>) => {
    names.clear();
    const response = await handle();
    const operation = response.headers.get('x-emulator-route') ?? '';
    read.set(operation, new Set([...(read.get(operation) ?? []), ...names]));
    return response;
  };
  return { read, watch };
}

/** Jira redirects to its own address, which is this door here. */
function reachable(response: Response, publicUrl: string, door: string): Response {
  const location = response.headers.get('location');
  if (location === null) return response;
  const headers = new Headers(response.headers);
  headers.set('location', location.replace(publicUrl, door));
  return new Response(response.body, { status: response.status, headers });
}

/** What the drive leaves behind: what failed by the client's account, and the operations of the site. */
async function driveSite() {
  let now = Date.parse('2026-11-21T09:30:00Z');
  const clock = { now: () => now, after: () => () => {} };
  const site = createCloudSite({ key: 'acme', clock, random: createRandom(3) });
  const door = await openDoor(site, () => {
    now += BETWEEN_REQUESTS_MS;
  });
  try {
    const script = join(__dirname, 'jira-js-surface.mjs');
    const { stdout } = await run(process.execPath, [script, door.host, 'ada@acme.example', 'ada-token'], {
      timeout: 100_000,
      maxBuffer: 16 * 1024 * 1024,
    });
    const failures: string[] = JSON.parse(stdout);
    return { failures, door, routed: site.operations() };
  } finally {
    jest.restoreAllMocks();
    door.close();
  }
}

const operationSchema = z.looseObject({
  deprecated: z.boolean().optional(),
  parameters: z
    .array(z.object({ name: z.string(), in: z.string(), description: z.string().optional() }))
    .optional(),
});

const documentSchema = z.object({
  paths: z.record(
    z.string(),
    // What all methods of a path share are headers.
    z.preprocess(
      (path) => ({ ...(path as object), parameters: undefined }),
      z.record(z.string(), operationSchema.optional()),
    ),
  ),
});

const GONE = /no longer available|setting it does not affect the results/;

function isHarmless(
  operation: string,
  parameter: { name: string; description?: string | undefined },
): boolean {
  // Names of users went with the privacy changes of 2019; some of them the document forgot to describe.
  if (parameter.name === 'username' || GONE.test(parameter.description ?? '')) return true;
  return HARMLESS_PARAMETERS.some(
    (each) => each.parameter === parameter.name && operation.includes(each.operations ?? ''),
  );
}

let drive: Awaited<ReturnType<typeof driveSite>>;
beforeAll(async () => {
  drive = await driveSite();
}, 120_000);

const excuses = (failure: string) =>
  WRONG_MODELS.filter(({ method, place }) => failure.startsWith(`${method}: `) && failure.includes(place));

test('jira.js accepts every answer, but for those that its models have wrong', () => {
  expect(drive.failures.filter((failure) => excuses(failure).length === 0)).toEqual([]);
  expect(new Set(drive.failures.flatMap(excuses))).toEqual(new Set(WRONG_MODELS));
});

test('every operation was driven to a success', () => {
  const names = drive.routed
    .filter(({ level }) => level !== 'refused')
    .map(({ method, path }) => `${method} ${path}`);
  expect(names.filter((name) => !drive.door.driven.has(name))).toEqual([]);
  expect(names.length).toBeGreaterThan(380);
});

test('by hand goes only what the client has no method for', () => {
  // It knows version 2 for texts alone.
  const versionThree = [...drive.door.byHand].filter((name) => !name.includes(' /rest/api/2/'));
  expect(versionThree.sort()).toEqual([...WITHOUT_METHOD].sort());
});

const folder = contractFolder();
(folder === undefined ? describe.skip : describe)('by the document (skipped without CONTRACT_DIR)', () => {
  let paths: z.infer<typeof documentSchema>['paths'];
  beforeAll(() => {
    const read = (file: string) =>
      documentSchema.parse(JSON.parse(readFileSync(join(folder ?? '', file), 'utf8'))).paths;
    paths = { ...read('jira-cloud-v3.json'), ...read('jira-software-agile-1.0.json') };
  });

  test('an operation looks at every documented parameter or says which it refuses', () => {
    const unread = drive.routed
      .filter(({ level }) => level !== 'refused')
      .flatMap(({ method, path, note }) => {
        const name = `${method} ${path}`;
        const seen = drive.door.read.get(name);
        const documented = paths[path]?.[method.toLowerCase()]?.parameters ?? [];
        return documented
          .filter((each) => each.in === 'query' && !seen?.has(each.name) && !isHarmless(name, each))
          .filter((each) => !new RegExp(`\\b${each.name}\\b`).test(note))
          .map((each) => `${name} does not know ${each.name}`);
      });
    expect(unread).toEqual([]);
  });

  test('what the client has no method for is deprecated or experimental', () => {
    for (const name of WITHOUT_METHOD) {
      const [method = '', path = ''] = name.split(' ');
      const operation = paths[path]?.[method.toLowerCase()];
      expect([name, operation?.deprecated === true || operation?.['x-experimental'] !== undefined]).toEqual([
        name,
        true,
      ]);
    }
  });
});
