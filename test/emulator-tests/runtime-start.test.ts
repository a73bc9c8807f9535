/** Whole worlds with real sites: started, used over HTTP, stopped, started again. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type RunningWorld, type StartWorldOptions, startWorld } from '../emulator/start-world';
import { FIXTURE_MODULE } from './runtime-world';

const FIXTURE: StartWorldOptions = {
  appDirectory: join(__dirname, '../fixtures/forge-app'),
  bundleDirectory: resolve(__dirname, '../../dist/fixture-forge-app'),
  buildUi: false,
};

interface Health {
  sites: { key: string; baseUrl: string; users: { email: string; token: string; admin: boolean }[] }[];
}

async function control<T>(running: RunningWorld, path: string, body?: unknown): Promise<T> {
  const response = await fetch(`${running.addresses.console}/__emulator${path}`, {
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
  return (await response.json()) as T;
}

/** REST as the first admin of acme, found as a stranger would find it. */
async function asAdmin(running: RunningWorld) {
  const { sites } = await control<Health>(running, '/health');
  const acme = sites.find((site) => site.key === 'acme');
  const admin = acme?.users.find((user) => user.admin);
  if (!acme || !admin) throw new Error('acme has no admin');
  const authorization = `Basic ${Buffer.from(`${admin.email}:${admin.token}`).toString('base64')}`;
  return async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${acme.baseUrl}${path}`, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return (response.status === 204 ? {} : await response.json()) as Record<string, unknown>;
  };
}

async function someIssue(rest: Awaited<ReturnType<typeof asAdmin>>): Promise<string> {
  const { issues } = await rest('GET', '/rest/api/3/search/jql?jql=project%20is%20not%20empty&maxResults=1');
  const [issue] = issues as { id: string }[];
  if (!issue) throw new Error('acme has no issues');
  return issue.id;
}

const summaryOf = async (rest: Awaited<ReturnType<typeof asAdmin>>, id: string) =>
  ((await rest('GET', `/rest/api/3/issue/${id}?fields=summary`))['fields'] as { summary: string }).summary;

test('an edit at the door reaches the trigger; reset brings the first day back', async () => {
  const running = await startWorld(FIXTURE);
  try {
    const rest = await asAdmin(running);
    const id = await someIssue(rest);
    const summary = await summaryOf(rest, id);
    await rest('PUT', `/rest/api/3/issue/${id}`, { fields: { summary: 'edited by hand' } });
    expect(await control(running, '/settle', { timeoutMs: 10_000 })).toMatchObject({ ok: true });
    expect(await control(running, '/kvs?site=acme&prefix=event')).toMatchObject({
      values: { event: { issue: { id }, selfGenerated: false } },
    });
    expect(await control(running, '/coverage')).toMatchObject({
      totals: {
        platform: { full: expect.any(Number), partial: expect.any(Number), refused: expect.any(Number) },
        agile: { refused: expect.any(Number) },
        sdk: { full: expect.any(Number) },
      },
      sdk: expect.arrayContaining([expect.objectContaining({ package: '@forge/kvs', call: 'kvs.get' })]),
      operations: expect.arrayContaining([
        expect.objectContaining({ method: 'GET', path: '/rest/api/3/issue/{issueIdOrKey}' }),
      ]),
    });
    await control(running, '/reset', {});
    expect(await summaryOf(rest, id)).toBe(summary);
    await control(running, '/settle', { timeoutMs: 10_000 });
    expect(await control(running, '/kvs?site=acme&prefix=event')).toMatchObject({ values: {} });
  } finally {
    await running.stop();
  }
}, 60_000);

test('state survives a restart, and --fresh forgets it', async () => {
  const stateDirectory = mkdtempSync(join(tmpdir(), 'emulator-state-'));
  const started: RunningWorld[] = [];
  const start = async (fresh: boolean) => {
    const running = await startWorld({ ...FIXTURE, stateDirectory, fresh });
    started.push(running);
    return running;
  };
  try {
    const first = await start(false);
    const rest = await asAdmin(first);
    const id = await someIssue(rest);
    const original = await summaryOf(rest, id);
    await rest('PUT', `/rest/api/3/issue/${id}`, { fields: { summary: 'kept' } });
    await control(first, '/invoke', {
      site: 'acme',
      module: FIXTURE_MODULE,
      functionKey: 'storeAndRead',
      payload: { key: 'kept', value: 1 },
    });
    await control(first, '/settle', { timeoutMs: 10_000 });
    const { installation } = first.world.site('acme') ?? {};
    await first.stop();

    const second = await start(false);
    expect(await summaryOf(await asAdmin(second), id)).toBe('kept');
    expect(await control(second, '/kvs?site=acme&prefix=kept')).toMatchObject({ values: { kept: 1 } });
    expect(second.world.site('acme')?.installation?.id).toBe(installation?.id);
    await second.stop();

    const third = await start(true);
    expect(await summaryOf(await asAdmin(third), id)).toBe(original);
  } finally {
    await Promise.all(started.map((running) => running.stop()));
    rmSync(stateDirectory, { recursive: true, force: true });
  }
}, 60_000);
