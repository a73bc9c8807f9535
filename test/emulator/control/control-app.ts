/** The control API under `/__emulator`: JSON, for tests and scripts. Bad input is 400 and says what to do. */
import { type Context, Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { z } from 'zod';
import { isVirtualClock } from '../core/clock';
import { errorText } from '../core/error-text';
import { ALL_LIMITS } from '../coverage/all-limits';
import { coverageAnswer } from '../coverage/coverage-answer';
import { faultsSchema } from '../platform/fault-schema';
import { install, takesApps, uninstall } from '../platform/lifecycle';
import type { Platform } from '../platform/platform';
import type { World, WorldSite } from '../world-contract';
import {
  clockBody,
  invokeBody,
  kvsQuery,
  resetBody,
  scheduleBody,
  settleBody,
  sinceQuery,
  siteBody,
  timelineQuery,
} from './control-schemas';

export interface ControlOptions {
  world: World;
  platform: Platform;
  /** Starts the world over; another seed makes other sites. */
  reset: (seed: number | undefined) => void;
}

/** Something is wrong with the request: answered as it is. */
class ControlError extends Error {
  readonly status: 400 | 403 | 404 | 409;
  constructor(status: 400 | 403 | 404 | 409, message: string) {
    super(message);
    this.status = status;
  }
}

async function readBody<T extends z.ZodType>(c: Context, schema: T): Promise<z.output<T>> {
  const text = await c.req.text();
  let body: unknown;
  try {
    body = text.trim() === '' ? {} : JSON.parse(text);
  } catch {
    throw new ControlError(400, 'The body is not JSON');
  }
  return check(schema, body);
}

function check<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new ControlError(400, z.prettifyError(result.error));
}

function siteOf(world: World, key: string): WorldSite {
  const site = world.site(key);
  if (site) return site;
  const known = world.sites().map((candidate) => candidate.site.key);
  throw new ControlError(404, `No site ${key}; there are ${known.join(', ')}`);
}

function installationOn(world: World, key: string) {
  const { installation } = siteOf(world, key);
  if (installation) return installation;
  throw new ControlError(
    409,
    `The app is not installed on ${key}; POST /__emulator/install {"site": "${key}"}`,
  );
}

/** A page of another origin must not drive the emulator through the browser of its user. */
function refuseForeignOrigins(app: Hono, world: World): void {
  app.use(async (c, next) => {
    const origin = c.req.header('origin');
    const own = [world.addresses.console, ...world.sites().map((site) => site.baseUrl)];
    if (origin !== undefined && !own.includes(origin)) {
      throw new ControlError(403, `Requests from ${origin} are refused`);
    }
    await next();
  });
}

/** Every Data Center has the same routes. */
function dataCenterOperations(platform: Platform) {
  return platform.sites.find((site) => site.kind === 'datacenter')?.operations?.() ?? [];
}

function addReaders(app: Hono, { world, platform }: ControlOptions): void {
  app.get('/health', (c) =>
    c.json({
      ok: true,
      sites: world.sites().map(({ site, baseUrl }) => ({
        key: site.key,
        name: site.name,
        kind: site.kind,
        baseUrl,
        publicUrl: site.publicUrl,
        users: site.users().map(({ name, email, token, accountId, admin, username, password }) => ({
          name,
          email,
          token,
          accountId,
          admin,
          ...(username === undefined ? {} : { username, password }),
        })),
      })),
    }),
  );
  app.get('/stats', (c) => {
    const sites = Object.entries(world.stats()).map(([key, { counters, groups }]) => [
      key,
      { ...counters, ...groups },
    ]);
    return c.json({ sites: Object.fromEntries(sites) });
  });
  app.get('/coverage', (c) => c.json({ ...coverageAnswer(), dataCenter: dataCenterOperations(platform) }));
  app.get('/limits', (c) => c.json({ limits: ALL_LIMITS }));
  app.get('/timeline', (c) =>
    c.json({ entries: world.timeline.recent(check(timelineQuery, c.req.query()).limit) }),
  );
  app.get('/timeline/stream', (c) =>
    streamSSE(c, async (stream) => {
      const stop = world.timeline.subscribe((entry) => {
        stream.writeSSE({ id: String(entry.id), data: JSON.stringify(entry) }).catch(() => stop());
      });
      await new Promise<void>((resolve) => stream.onAbort(() => resolve()));
      stop();
    }),
  );
  app.get('/traffic', (c) => {
    const { since } = check(sinceQuery, c.req.query());
    return c.json({ calls: platform.webtriggers.traffic().filter((call) => call.at >= since) });
  });
  app.get('/log', (c) => {
    const { since, limit } = check(sinceQuery, c.req.query());
    return c.json({ lines: platform.log.recent(limit).filter((line) => line.at >= since) });
  });
  app.get('/calls', (c) => {
    const { since, limit } = check(sinceQuery, c.req.query());
    return c.json({ calls: platform.calls.recent(limit).filter((call) => call.at >= since) });
  });
  app.get('/faults', (c) => c.json({ active: platform.faults.active() }));
  app.get('/pending', (c) => c.json({ running: platform.activity.current(), pending: platform.pending() }));
}

function addStorageReaders(app: Hono, { world, platform }: ControlOptions): void {
  app.get('/secrets', (c) => {
    const { site } = check(kvsQuery, c.req.query());
    return c.json({ secrets: platform.kvs.dump(installationOn(world, site)).secrets });
  });
  app.get('/kvs', (c) => {
    const { site, prefix } = check(kvsQuery, c.req.query());
    const { values, entities } = platform.kvs.dump(installationOn(world, site));
    const wanted = (rows: Record<string, unknown>) =>
      Object.fromEntries(Object.entries(rows).filter(([key]) => key.startsWith(prefix)));
    return c.json({
      values: wanted(values),
      entities: Object.fromEntries(Object.entries(entities).map(([name, rows]) => [name, wanted(rows)])),
    });
  });
  app.get('/variables', (c) => c.json({ variables: Object.fromEntries(platform.variables) }));
}

function addActions(app: Hono, { world, platform, reset }: ControlOptions): void {
  app.post('/settle', async (c) => c.json(await world.settle(await readBody(c, settleBody))));
  app.post('/stats/reset', (c) => {
    platform.stats.reset();
    return c.json({ ok: true });
  });
  app.post('/invoke', async (c) => {
    const body = await readBody(c, invokeBody);
    installationOn(world, body.site);
    const module = world.module(body.module);
    if (!module) {
      const known = world.modules().map((candidate) => candidate.key);
      throw new ControlError(404, `No UI module ${body.module}; there are ${known.join(', ')}`);
    }
    const answer = await world.invokeResolver({
      siteKey: body.site,
      moduleKey: body.module,
      functionKey: body.functionKey,
      payload: body.payload,
      ...(body.accountId === undefined ? {} : { accountId: body.accountId }),
      extension: { ...body.extension, type: module.type },
    });
    return c.json(answer);
  });
  app.post('/faults', async (c) => {
    const input = await readBody(c, faultsSchema);
    for (const site of sitesIn(input)) siteOf(world, site);
    platform.faults.set(input);
    return c.json({ ok: true, active: platform.faults.active() });
  });
  app.post('/clock', async (c) => {
    const { advanceMs } = await readBody(c, clockBody);
    if (!isVirtualClock(platform.clock)) {
      throw new ControlError(409, 'The clock is real; start with --virtual-clock to move it');
    }
    await platform.clock.advance(advanceMs);
    return c.json({ ok: true, now: platform.clock.now() });
  });
  app.post('/reset', async (c) => {
    reset((await readBody(c, resetBody)).seed);
    return c.json({ ok: true });
  });
  app.post('/schedule', async (c) => {
    const { site, moduleKey } = await readBody(c, scheduleBody);
    const installation = installationOn(world, site);
    if (!platform.manifest.scheduledTriggers.some((module) => module.key === moduleKey)) {
      throw new ControlError(404, `manifest.yml has no scheduledTrigger ${moduleKey}`);
    }
    return c.json(await platform.scheduler.fire(installation, moduleKey));
  });
  app.post('/uninstall', async (c) => {
    const { site } = await readBody(c, siteBody);
    installationOn(world, site);
    return c.json({ ok: true, preUninstall: await uninstall(platform, siteOf(world, site).site) });
  });
  app.post('/install', async (c) => {
    const { site } = await readBody(c, siteBody);
    const target = siteOf(world, site).site;
    if (!takesApps(target))
      throw new ControlError(409, `${site} is Jira Data Center, which takes no Forge app`);
    const { id } = install(platform, target);
    return c.json({ ok: true, installationId: id });
  });
}

function sitesIn(faults: object): string[] {
  const specs = Object.values(faults).flatMap((value) => (Array.isArray(value) ? value : []));
  return specs.flatMap((spec) => (typeof spec?.site === 'string' ? [spec.site] : []));
}

/** Public webtrigger URLs from outside: `/__emulator/public/<host>/<rest of the URL>`. */
function addPublicDoor(app: Hono, { platform }: ControlOptions): void {
  app.all('/public/:host/*', async (c) => {
    const { host } = c.req.param();
    if (!platform.webtriggers.owns(host)) throw new ControlError(404, `${host} is no webtrigger host`);
    const url = new URL(c.req.url);
    const rest = url.pathname.slice(url.pathname.indexOf(host) + host.length);
    const bodyless = c.req.method === 'GET' || c.req.method === 'HEAD';
    return platform.webtriggers.ingress(
      new Request(`https://${host}${rest}${url.search}`, {
        method: c.req.method,
        headers: c.req.raw.headers,
        ...(bodyless ? {} : { body: await c.req.arrayBuffer() }),
      }),
    );
  });
}

/** Mounted at `/__emulator` on the console's port. */
export function createControlApp(options: ControlOptions): Hono {
  const app = new Hono();
  app.onError((error, c) => {
    if (error instanceof ControlError) return c.json({ ok: false, error: error.message }, error.status);
    return c.json({ ok: false, error: errorText(error) }, 500);
  });
  app.notFound((c) => c.json({ ok: false, error: `No ${c.req.method} ${c.req.path} here` }, 404));
  refuseForeignOrigins(app, options.world);
  addReaders(app, options);
  addStorageReaders(app, options);
  addActions(app, options);
  addPublicDoor(app, options);
  return app;
}
