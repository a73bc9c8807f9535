/** A whole world with the fixture app on the virtual clock, driven by the control API: for tests of faults and of time. */
import { join, resolve } from 'node:path';
import type { Actor } from '../emulator/seam';
import { type RunningWorld, type StartWorldOptions, startWorld } from '../emulator/start-world';
import { FIXTURE_MODULE } from './runtime-world';

/** Noon of a day on which nothing else happens. */
export const NOON = Date.parse('2026-11-21T12:00:00Z');

export interface FaultWorld {
  running: RunningWorld;
  /** GET without a body, else POST, under `/__emulator`. */
  control(path: string, body?: unknown): Promise<Record<string, unknown>>;
  /** Waits until nothing is left; the virtual clock moves on to what the platform has still to do. */
  settle(): Promise<void>;
  /** The same until `work` is done as well, which may itself wait for time. */
  whileTimePasses<T>(work: Promise<T>): Promise<T>;
  /** What a function of the fixture app gives. */
  value(site: string, functionKey: string, payload?: unknown): Promise<unknown>;
  /** Jira REST on a site, by its first admin. */
  rest(
    site: string,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: Record<string, unknown> }>;
  /** Creates an issue in the first project that takes one; gives its id. */
  createIssue(site: string, summary: string): Promise<string>;
  now(): number;
  stop(): Promise<void>;
}

function adminOf(running: RunningWorld, site: string): Actor {
  const admin = running.platform.sites
    .find(({ key }) => key === site)
    ?.users()
    .find((user) => user.admin);
  if (!admin) throw new Error(`${site} has no admin`);
  return { kind: 'user', accountId: admin.accountId };
}

/** Settled, so that nothing of the installation is left to do. */
export async function startFaultWorld(options: StartWorldOptions = {}): Promise<FaultWorld> {
  const running = await startWorld({
    appDirectory: join(__dirname, '../fixtures/forge-app'),
    bundleDirectory: resolve(__dirname, '../../dist/fixture-forge-app'),
    buildUi: false,
    virtualClock: true,
    startAt: NOON,
    ...options,
  });
  const control: FaultWorld['control'] = async (path, body) => {
    const response = await fetch(`${running.addresses.console}/__emulator${path}`, {
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    });
    return (await response.json()) as Record<string, unknown>;
  };
  const rest: FaultWorld['rest'] = async (key, method, path, body) => {
    const site = running.platform.sites.find((candidate) => candidate.key === key);
    if (!site) throw new Error(`no site ${key}`);
    const request = new Request(new URL(path, site.publicUrl), {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const response = await site.handle(request, adminOf(running, key));
    const text = await response.text();
    return { status: response.status, body: text === '' ? {} : JSON.parse(text) };
  };
  const world: FaultWorld = {
    running,
    control,
    async settle() {
      const answer = await control('/settle', { timeoutMs: 20_000 });
      if (answer['ok'] !== true) throw new Error(`Not settled: ${JSON.stringify(answer['left'])}`);
    },
    async whileTimePasses(work) {
      let done = false;
      const over = () => {
        done = true;
      };
      work.then(over, over);
      while (!done) {
        // Before its request arrived, there is nothing to wait for.
        const { running: underWay } = await control('/pending');
        if (Array.isArray(underWay) && underWay.length > 0) await world.settle();
      }
      await world.settle();
      return work;
    },
    async value(site, functionKey, payload) {
      const answer = await control('/invoke', { site, module: FIXTURE_MODULE, functionKey, payload });
      if (answer['ok'] !== true) throw new Error(String(answer['message'] ?? answer['error']));
      return answer['body'];
    },
    rest,
    async createIssue(site, summary) {
      const { body } = await rest(site, 'GET', '/rest/api/3/project/search');
      const [project] = body['values'] as { key: string }[];
      const fields = { project: { key: project?.key }, issuetype: { name: 'Task' }, summary };
      const created = await rest(site, 'POST', '/rest/api/3/issue', { fields });
      if (created.status !== 201) throw new Error(JSON.stringify(created.body));
      return String(created.body['id']);
    },
    now: () => running.platform.clock.now(),
    stop: () => running.stop(),
  };
  await world.settle();
  return world;
}
