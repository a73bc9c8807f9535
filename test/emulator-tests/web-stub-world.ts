/** A world of one site with just enough behind it to drive the Custom UI host: what it is asked is kept in `calls`. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ServerType, serve } from '@hono/node-server';
import { Hono } from 'hono';
import type { Actor, JiraSite, SeededUser } from '../emulator/seam';
import { createConsolePages } from '../emulator/web/console-pages';
import { createResourceHost } from '../emulator/web/resource-host';
import { createSitePages } from '../emulator/web/site-pages';
import type { ModuleExtension, UiModule, World, WorldSite } from '../emulator/world-contract';

const USERS: SeededUser[] = [
  { accountId: 'acc-ann', name: 'Ann Admin', email: 'ann@acme.test', token: 't', admin: true },
  { accountId: 'acc-ben', name: 'Ben <Builder>', email: 'ben@acme.test', token: 't', admin: false },
];

export interface StubWorld {
  base: string;
  console: string;
  resources: string;
  calls: unknown[];
  close(): Promise<void>;
}

/**
 * Bundles the fixture app with the real `@forge/bridge`, starts site, console and resource host on free ports. With
 * `makeSite` the site is a real one, its REST API answered as the signed-in user.
 */
export async function startStubWorld(makeSite?: () => JiraSite): Promise<StubWorld> {
  const calls: unknown[] = [];
  const directory = buildFixture();
  const addresses = { console: 'http://127.0.0.1:1', resources: '' };
  const at: WorldSite = {
    site: makeSite?.() ?? stubSite(calls),
    baseUrl: '',
    installation: undefined,
  };
  at.installation = {
    id: 'inst',
    site: at.site,
    contextAri: 'ari:cloud:jira::site/c1',
    appAccountId: 'app',
  };
  const world = stubWorld(at, addresses, directory, calls);
  const resources = await listen(createResourceHost({ world }));
  addresses.resources = `http://127.0.0.1:${resources.port}`;
  const site = await listen(lateApp(() => siteDoor(world, at)));
  at.baseUrl = `http://127.0.0.1:${site.port}`;
  const desk = await listen(createConsolePages({ world }));
  addresses.console = `http://127.0.0.1:${desk.port}`;
  return {
    base: at.baseUrl,
    console: addresses.console,
    resources: addresses.resources,
    calls,
    async close() {
      await Promise.all([site.close(), resources.close(), desk.close()]);
    },
  };
}

function siteDoor(world: World, at: WorldSite): Hono {
  const door = new Hono();
  door.all('/rest/*', (c) => {
    const user = world.signedInUser(at.site.key, c.req.raw);
    return at.site.handle(
      c.req.raw,
      user ? { kind: 'user', accountId: user.accountId } : { kind: 'anonymous' },
    );
  });
  door.route('/', createSitePages({ site: at, world }));
  return door;
}

/** The site's address is known only after it listens. */
function lateApp(make: () => Hono): Hono {
  let made: Hono | undefined;
  const app = new Hono();
  app.all('*', (c) => {
    made ??= make();
    return made.fetch(c.req.raw);
  });
  return app;
}

function buildFixture(): string {
  const source = join(__dirname, '../fixtures/bridge-app');
  const out = mkdtempSync(join(tmpdir(), 'bridge-app-'));
  cpSync(join(source, 'index.html'), join(out, 'index.html'));
  cpSync(join(source, 'app.css'), join(out, 'app.css'));
  const esbuild = join(__dirname, '../../node_modules/.bin/esbuild');
  const options = ['--bundle', '--format=esm', '--log-level=error', `--outfile=${join(out, 'app.js')}`];
  const built = spawnSync(esbuild, [join(source, 'app.js'), ...options], { encoding: 'utf8' });
  if (built.status !== 0) {
    throw new Error(built.stderr);
  }
  return out;
}

async function listen(app: Hono): Promise<{ port: number; close(): Promise<void> }> {
  let server: ServerType | undefined;
  const port = await new Promise<number>((resolve) => {
    server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, (info) => resolve(info.port));
  });
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server?.close(() => resolve());
        (server as { closeAllConnections?: () => void }).closeAllConnections?.();
      }),
  };
}

/** Bytes that are no text. */
const PICTURE = new Uint8Array([137, 80, 78, 71, 0, 255, 254, 10]);
const PROJECT = { id: '10000', key: 'ACME', name: 'Acme', projectTypeKey: 'software' };

function stubSite(calls: unknown[]): JiraSite {
  return {
    key: 'acme',
    name: 'Acme',
    kind: 'cloud',
    cloudId: 'c1',
    publicUrl: 'https://acme.atlassian.net',
    async handle(request: Request, actor: Actor) {
      const { pathname } = new URL(request.url);
      if (pathname === '/rest/api/3/issue/ACME-1') {
        const fields = { project: PROJECT, issuetype: { id: '1', name: 'Task' } };
        return Response.json({ id: '10001', key: 'ACME-1', fields });
      }
      calls.push({ path: pathname, actor });
      return Response.json({}, { status: 404 });
    },
    onEvent() {},
    users: () => USERS,
    authenticate: () => undefined,
    ensureAppUser: () => ({ accountId: 'app' }),
    isJiraAdmin: () => true,
    snapshot: () => ({}),
    restore() {},
    setIndexLag() {},
  };
}

function stubWorld(at: WorldSite, addresses: World['addresses'], directory: string, calls: unknown[]): World {
  const modules: UiModule[] = (
    ['jira:adminPage', 'jira:issuePanel', 'jira:projectSettingsPage'] as const
  ).map((type) => ({
    key: type.replace('jira:', ''),
    type,
    title: `Title of ${type}`,
    resourceKey: 'main',
    resourceDirectory: directory,
    raw: {},
  }));
  const contextOf = (call: { moduleKey: string; accountId?: string; extension?: ModuleExtension }) => ({
    accountId: call.accountId,
    cloudId: 'c1',
    siteUrl: at.site.publicUrl,
    moduleKey: call.moduleKey,
    extension: call.extension ?? {},
    locale: 'en-US',
    timezone: 'Etc/UTC',
  });
  return {
    clock: { now: () => 0, after: () => () => undefined },
    app: {
      id: 'app',
      name: 'App',
      version: '1.0.0',
      environmentId: 'e',
      environmentType: 'DEVELOPMENT',
      permissions: { content: { styles: ['unsafe-inline'] } },
    },
    addresses,
    sites: () => [at],
    site: (key) => (key === at.site.key ? at : undefined),
    modules: () => modules,
    module: (key) => modules.find((each) => each.key === key),
    async invokeResolver(call) {
      calls.push(call);
      if (call.functionKey === 'much') return { ok: true, body: 'x'.repeat(Number(call.payload)) };
      return call.functionKey === 'echo'
        ? { ok: true, body: { youSent: call.payload, as: call.accountId } }
        : { ok: false, message: 'It broke.' };
    },
    bridgeContext: contextOf,
    async requestJiraAsUser(_site, accountId, request) {
      const { pathname } = new URL(request.url);
      const token = request.headers.get('x-atlassian-token');
      if (pathname === '/rest/api/3/attachment/content/1') {
        return new Response(PICTURE, { headers: { 'content-type': 'image/png' } });
      }
      if (pathname === '/rest/api/3/echo') {
        const names = ['content-type', 'x-own', 'cookie', 'authorization'];
        const headers = Object.fromEntries(names.map((name) => [name, request.headers.get(name)]));
        return Response.json(
          { method: request.method, headers, body: await request.text() },
          { status: 201 },
        );
      }
      if (request.method === 'POST') {
        const file = (await request.formData()).get('file') as File;
        return Response.json([{ filename: file.name, type: file.type, text: await file.text(), token }]);
      }
      return pathname === '/rest/api/3/myself'
        ? Response.json({ accountId, token })
        : new Response('', { status: 404 });
    },
    userOf: (_site, accountId) => at.site.users().find((each) => each.accountId === accountId),
    signedInUser(siteKey, request) {
      const cookie = new RegExp(`emulator-user-${siteKey}=([^;]+)`).exec(
        request.headers.get('cookie') ?? '',
      )?.[1];
      const users = at.site.users();
      const chosen = cookie && users.find((each) => each.accountId === decodeURIComponent(cookie));
      return chosen || users.find((each) => each.admin);
    },
    timeline: { recent: () => [], subscribe: () => () => undefined },
    stats: () => ({}),
    settle: async () => ({ ok: true, waitedMs: 0, left: [] }),
  };
}
