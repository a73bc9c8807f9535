/**
 * The platform's side of every call that a function makes: one HTTP door on loopback, authenticated by the invocation's
 * token, which dispatches on `meta` to Jira, storage, queues, webtriggers or the outside. What it does not know it refuses.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { z } from 'zod';
import { isVirtualClock } from '../core/clock';
import { errorText } from '../core/error-text';
import type { Clock, Installation, Stats, Timeline } from '../seam';
import type { Kvs, Queue, Webtriggers } from '../services/contracts';
import type { RateWindow } from '../services/rate-window';
import type { CallDelays } from './call-delays';
import type { CallLog } from './call-log';
import type { Egress } from './egress';
import { faultAnswer } from './fault-answer';
import type { FaultControl, PlatformCall } from './faults';
import { callJira, productActor } from './jira-calls';
import type { LateCalls } from './late-calls';
import type { AppManifest } from './manifest';
import type { RunningInvocation, RunningInvocations } from './running-invocations';

const callSchema = z.object({
  meta: z.object({
    type: z.string(),
    provider: z.string().optional(),
    remote: z.string().optional(),
    accountId: z.string().optional(),
    contextAri: z.string().optional(),
  }),
  path: z.string(),
  method: z.string(),
  headers: z.array(z.tuple([z.string(), z.string()])),
});
type Call = z.infer<typeof callSchema> & { body: Uint8Array<ArrayBuffer> };

const graphqlSchema = z.object({ query: z.string(), variables: z.unknown().optional() });

export interface BackplaneOptions {
  manifest: AppManifest;
  running: RunningInvocations;
  faults: FaultControl;
  clock: Clock;
  stats: Stats;
  timeline: Timeline;
  /** Calls held back by a latency fault. */
  delays: CallDelays;
  /** Calls that are carried out after their caller gave up. */
  late: LateCalls;
  calls: CallLog;
  /** Tokens for `asUser(accountId)`, by app. */
  impersonations: RateWindow;
  /** Status that the app gets as itself so soon after an installation, if that fault strikes. */
  installRace: (site: string) => number | undefined;
  kvs: Kvs;
  queue: Queue;
  webtriggers: Webtriggers;
  egress: Egress;
  onWrite: (installation: Installation) => void;
  /** Loud line for what is not emulated. */
  warn: (site: string, text: string) => void;
}

export interface Backplane {
  url: string;
  stop(): Promise<void>;
}

/** What a call is called in fault patterns and counters, and how to carry it out. */
interface Prepared {
  name: string;
  execute: () => Promise<Response>;
}

const decode = (body: Uint8Array<ArrayBuffer>) => new TextDecoder().decode(body);

function prepareJira(options: BackplaneOptions, running: RunningInvocation, call: Call): Prepared {
  const { installation } = running.invocation;
  const request = new Request(new URL(call.path, installation.site.publicUrl), {
    method: call.method,
    headers: call.headers,
    ...(call.body.length > 0 && call.method !== 'GET' && call.method !== 'HEAD' ? { body: call.body } : {}),
  });
  return {
    name: `jira:${call.method} ${new URL(request.url).pathname}`,
    async execute() {
      const actor = productActor(options, running, call.meta, request);
      if (actor instanceof Response) return actor;
      const race = actor.kind === 'app' ? options.installRace(installation.site.key) : undefined;
      if (race !== undefined) return Response.json({ code: race, message: 'Unauthorized' }, { status: race });
      return callJira(options, installation, actor, request);
    },
  };
}

function prepareKvs(options: BackplaneOptions, running: RunningInvocation, call: Call): Prepared {
  return {
    name: `kvs:${call.path}`,
    async execute() {
      if (!options.manifest.scopes.has('storage:app')) {
        return Response.json(
          { code: 'MISSING_SCOPE', message: 'The manifest needs the scope storage:app' },
          { status: 403 },
        );
      }
      return options.kvs.handle(running.invocation.installation, call.path, decode(call.body));
    },
  };
}

const WEBTRIGGER_OPERATIONS = {
  createWebTriggerUrl: 'webtrigger:create',
  deleteWebTriggerUrl: 'webtrigger:delete',
  webTriggerUrlsByAppContext: 'webtrigger:list',
} as const;

function prepareStargate(
  options: BackplaneOptions,
  running: RunningInvocation,
  call: Call,
): Prepared | undefined {
  const { installation } = running.invocation;
  if (call.path === '/graphql') {
    const parsed = graphqlSchema.safeParse(JSON.parse(decode(call.body) || '{}'));
    if (!parsed.success) return undefined;
    const { query, variables } = parsed.data;
    for (const [operation, name] of Object.entries(WEBTRIGGER_OPERATIONS)) {
      if (query.includes(operation)) {
        return { name, execute: () => options.webtriggers.graphql(installation, query, variables) };
      }
    }
    return undefined;
  }
  const queueVerb = /^\/webhook\/queue\/(publish|stats|cancel)\//.exec(call.path)?.[1];
  if (!queueVerb) return undefined;
  return {
    name: `queue:${queueVerb}`,
    execute: () => options.queue.handle(installation, call.path, decode(call.body), running.root),
  };
}

function prepareEgress(options: BackplaneOptions, running: RunningInvocation, call: Call): Prepared {
  return {
    name: `fetch:${call.path}`,
    execute: () => {
      const bodyless = call.body.length === 0 || call.method === 'GET' || call.method === 'HEAD';
      const request = new Request(call.path, {
        method: call.method,
        headers: call.headers,
        ...(bodyless ? {} : { body: call.body }),
      });
      // A Request adds a content type of its own; the caller's headers are all that travels.
      if (!call.headers.some(([name]) => name === 'content-type')) request.headers.delete('content-type');
      return waiting(running, () => options.egress.fetch(running, request));
    },
  };
}

function prepare(options: BackplaneOptions, running: RunningInvocation, call: Call): Prepared | undefined {
  const { type, remote, contextAri } = call.meta;
  if (type === 'egress') return prepareEgress(options, running, call);
  if (type === 'kvs') return prepareKvs(options, running, call);
  if (type !== 'fpp') return undefined;
  const ownContext = contextAri === running.invocation.installation.contextAri;
  if (remote === 'jira' || (remote === undefined && ownContext)) return prepareJira(options, running, call);
  if (remote === 'stargate') return prepareStargate(options, running, call);
  return undefined;
}

function notEmulated(options: BackplaneOptions, site: string, call: Call): Response {
  const what = `${call.meta.type}/${call.meta.remote ?? '-'} ${call.method} ${call.path}`;
  options.stats.addTo(site, 'notEmulated', what);
  options.warn(site, `not emulated: ${what}`);
  return Response.json(
    { message: `The emulator does not know ${what}` },
    { status: 501, headers: { 'forge-proxy-error': 'NOT_EMULATED' } },
  );
}

/** While `work` goes on, the call counts as one that waits for time or for another function. */
async function waiting<T>(running: RunningInvocation, work: () => Promise<T>): Promise<T> {
  running.calls.waiting += 1;
  try {
    return await work();
  } finally {
    running.calls.waiting -= 1;
  }
}

/** Carries the call out some time later; nobody hears how it went. */
function landLater(options: BackplaneOptions, site: string, { name, execute }: Prepared, ms: number): void {
  options.late.land(site, name, ms, async () => {
    try {
      const response = await execute();
      await response.body?.cancel();
    } catch (error) {
      options.warn(site, `${name} failed inside the emulator: ${errorText(error)}`);
      options.stats.addTo(site, 'emulatorErrors', name);
    }
  });
}

const TIMED_OUT = { status: 504, reason: 'gateway' } as const;

/** The answer, or `crashed` when a crash point struck. */
async function carryOut(
  options: BackplaneOptions,
  running: RunningInvocation,
  prepared: Prepared,
  platformCall: PlatformCall,
): Promise<Response | 'crashed'> {
  const { faults } = options;
  const { name } = prepared;
  if (faults.crashes(platformCall, 'before')) {
    running.kill(`crash point before ${name}`);
    return 'crashed';
  }
  const fate = faults.callFate(platformCall);
  if (fate.delayMs > 0) {
    await waiting(running, () => options.delays.wait(platformCall.site, name, fate.delayMs));
  }
  if (fate.error) {
    if (fate.error.status === 429) options.stats.add(platformCall.site, 'rateLimited');
    return faultAnswer(name, fate.error, options.clock.now());
  }
  if (fate.landsAfterMs !== undefined) {
    landLater(options, platformCall.site, prepared, fate.landsAfterMs);
    return faultAnswer(name, TIMED_OUT, options.clock.now());
  }
  const response = await prepared.execute();
  if (faults.crashes(platformCall, 'after')) {
    running.kill(`crash point after ${name}`);
    return 'crashed';
  }
  return response;
}

async function carryOutAndLog(
  options: BackplaneOptions,
  running: RunningInvocation,
  prepared: Prepared,
  body: string,
): Promise<Response> {
  const { installation, functionKey } = running.invocation;
  const site = installation.site.key;
  const { name } = prepared;
  const response = await carryOut(options, running, prepared, { site, name, body });
  const crashed = response === 'crashed';
  options.calls.write({
    site,
    functionKey,
    call: name,
    body,
    outcome: crashed ? 'crashed' : response.status,
    fault: crashed || response.headers.has('x-emulator-fault'),
  });
  return crashed ? new Response(null, { status: 500 }) : response;
}

async function answer(options: BackplaneOptions, request: Request): Promise<Response> {
  const token = request.headers.get('authorization')?.replace(/^Bearer /, '') ?? '';
  const running = options.running.find(token);
  if (!running) {
    return Response.json(
      { message: 'The invocation that this token belonged to is over' },
      { status: 401, headers: { 'forge-proxy-error': 'INVALID_TOKEN' } },
    );
  }
  const header = Buffer.from(request.headers.get('x-forge-call') ?? '', 'base64').toString('utf8');
  const call: Call = {
    ...callSchema.parse(JSON.parse(header)),
    body: new Uint8Array(await request.arrayBuffer()),
  };
  const site = running.invocation.installation.site.key;
  running.calls.open += 1;
  try {
    const prepared = prepare(options, running, call);
    if (!prepared) return notEmulated(options, site, call);
    return await carryOutAndLog(options, running, prepared, decode(call.body));
  } catch (error) {
    const what = `${call.meta.type} ${call.method} ${call.path}`;
    options.warn(site, `${what} failed inside the emulator: ${errorText(error)}`);
    options.stats.addTo(site, 'emulatorErrors', what);
    return Response.json({ message: errorText(error) }, { status: 500, headers: { 'x-emulator-bug': '1' } });
  } finally {
    running.calls.open -= 1;
  }
}

/** Functions of a virtual world learn the time with every answer. */
function withTime(clock: Clock, response: Response): Response {
  if (!isVirtualClock(clock)) return response;
  const headers = new Headers(response.headers);
  headers.set('x-emulator-now', String(clock.now()));
  return new Response(response.body, { status: response.status, headers });
}

/** Opens the door on a free port of loopback. */
export async function startBackplane(options: BackplaneOptions): Promise<Backplane> {
  const server = createServer(
    getRequestListener(async (request) => withTime(options.clock, await answer(options, request)), {
      overrideGlobalObjects: false,
    }),
  );
  // Instances keep connections, and hear nothing while they are frozen: this end never closes one.
  server.keepAliveTimeout = 0;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
