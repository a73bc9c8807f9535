/** `POST /__emulator/faults`: every kind there is, switched on by the control API and seen to happen. */
import type { FaultKind } from '../emulator/platform/fault-schema';
import { type FaultWorld, NOON, startFaultWorld } from './fault-world';

const MINUTE = 60_000;

let world: FaultWorld;
beforeAll(async () => {
  world = await startFaultWorld({ seed: 11 });
}, 60_000);
afterAll(() => world.stop());
afterEach(async () => {
  await world.control('/faults', { clear: true });
  await world.settle();
});

interface Line {
  at: number;
  site: string;
  text: string;
}

const faults = async (body: object) =>
  expect(await world.control('/faults', body)).toMatchObject({ ok: true });

/** Lines of the log since `since` which begin with `word`. */
async function lines(word: string, since: number): Promise<Line[]> {
  const { lines: all } = (await world.control(`/log?since=${since}`)) as { lines: Line[] };
  return all.filter(({ text }) => text.startsWith(`${word} `));
}

const editAt = (site: string, id: string, summary: string) =>
  world.rest(site, 'PUT', `/rest/api/3/issue/${id}`, { fields: { summary } });

/** Edits `count` new issues one after the other; ids in the order of the edits, and when. */
async function editMany(site: string, count: number): Promise<{ ids: string[]; at: number }> {
  const ids: string[] = [];
  for (let made = 0; made < count; made += 1) ids.push(await world.createIssue(site, `issue ${made}`));
  await world.settle();
  await world.control('/clock', { advanceMs: MINUTE });
  const at = world.now();
  for (const id of ids) expect((await editAt(site, id, 'edited')).status).toBe(204);
  await world.settle();
  return { ids, at };
}

const heard = async (since: number) => (await lines('event', since)).map(({ text }) => text.split(' ')[1]);

async function postToGlobex(body: string): Promise<unknown> {
  const url = await world.value('globex', 'mailboxUrl');
  return world.value('acme', 'fetch', { url, body });
}

const QUERY = {
  from: 'kvs',
  steps: [
    { name: 'kvs' },
    { name: 'entity', args: ['note'] },
    { name: 'query', args: [] },
    { name: 'index', args: ['by-topic', { partition: ['sea'] }] },
    { name: 'getMany', args: [] },
  ],
};

/** Statuses of so many calls, slow enough for the burst bucket of the operation. */
async function askOften(times: number): Promise<number[]> {
  const statuses: number[] = [];
  while (statuses.length < times) {
    await world.control('/clock', { advanceMs: 1000 });
    statuses.push(...((await world.value('acme', 'jiraOften', { times: 60 })) as number[]));
  }
  return statuses;
}

const shareOf = (statuses: readonly number[], wanted: (status: number) => boolean) =>
  statuses.filter(wanted).length / statuses.length;

const SEEN: Record<FaultKind, () => Promise<void>> = {
  async latency() {
    await faults({ latency: { site: 'acme', call: 'jira:GET *', ms: 2000, jitterMs: 1000 } });
    const before = world.now();
    await world.whileTimePasses(world.value('acme', 'jiraAsApp', { what: 'field' }));
    expect(world.now() - before).toBeGreaterThanOrEqual(2000);
    expect(world.now() - before).toBeLessThan(3000);
  },
  async errors() {
    const shares = {
      errors: [
        { status: 429, rate: 0.05, reason: 'jira-burst-based', retryAfterSeconds: 2 },
        { status: 503, rate: 0.02 },
      ],
    };
    await faults(shares);
    const statuses = await askOften(600);
    expect(shareOf(statuses, (status) => status === 429)).toBeCloseTo(0.05, 1);
    expect(shareOf(statuses, (status) => status === 503)).toBeCloseTo(0.02, 1);
    expect(new Set(statuses)).toEqual(new Set([200, 429, 503]));
    await faults({ clear: true, ...shares });
    expect(await askOften(600)).toEqual(statuses);
  },
  async timeouts() {
    await faults({ timeouts: { call: 'kvs:/api/v1/set', landsAfterMs: 5000 } });
    const call = world.value('acme', 'storeAndRead', { key: 'late', value: 'landed' });
    await expect(call).rejects.toThrow('There was an error invoking the function');
    expect(await world.value('acme', 'read', { key: 'late' })).toBeNull();
    const before = world.now();
    await world.settle();
    expect(world.now() - before).toBe(5000);
    expect(await world.value('acme', 'read', { key: 'late' })).toBe('landed');
  },
  async installRace() {
    await faults({ installRace: { site: 'globex', ms: MINUTE, status: 403 } });
    await world.control('/uninstall', { site: 'globex' });
    await world.control('/install', { site: 'globex' });
    const ask = () => world.value('globex', 'jiraAsApp', { what: 'field' });
    expect(await ask()).toMatchObject({ value: { status: 403 } });
    await world.control('/clock', { advanceMs: MINUTE });
    expect(await ask()).toMatchObject({ value: { status: 200 } });
  },
  async eventDelay() {
    await faults({ eventDelay: { eventType: 'avi:jira:updated:issue', ms: 90_000, jitterMs: 60_000 } });
    const { ids, at } = await editMany('acme', 3);
    const delays = (await lines('event', at)).map((line) => line.at - at);
    expect(delays).toHaveLength(ids.length);
    for (const delay of delays) {
      expect(delay).toBeGreaterThanOrEqual(90_000);
      expect(delay).toBeLessThan(150_000);
    }
    expect(new Set(delays).size).toBeGreaterThan(1);
  },
  async eventLoss() {
    await faults({ eventLoss: { rate: 0.5 } });
    const { ids, at } = await editMany('acme', 12);
    const arrived = await heard(at);
    expect(arrived.length).toBeGreaterThan(0);
    expect(arrived.length).toBeLessThan(ids.length);
  },
  async eventDuplication() {
    await faults({ eventDuplication: { site: 'acme', copies: 3 } });
    const { ids, at } = await editMany('acme', 2);
    expect((await heard(at)).sort()).toEqual(ids.flatMap((id) => [id, id, id]).sort());
  },
  async eventReordering() {
    await faults({ eventReordering: { withinMs: 3 * MINUTE } });
    const { ids, at } = await editMany('acme', 6);
    const order = await heard(at);
    expect([...order].sort()).toEqual([...ids].sort());
    expect(order).not.toEqual(ids);
  },
  async webtriggerLoss() {
    await faults({ webtriggerLoss: { site: 'globex', lost: 'request', times: 1 } });
    expect(await postToGlobex('first')).toMatchObject({ thrown: { message: 'fetch failed' } });
    expect(await world.value('globex', 'read', { key: 'mail' })).toBeNull();
    await faults({ webtriggerLoss: { site: 'globex', lost: 'response', times: 1 } });
    expect(await postToGlobex('second')).toMatchObject({ thrown: { message: 'fetch failed' } });
    expect(await world.value('globex', 'read', { key: 'mail' })).toMatchObject({ body: 'second' });
  },
  async webtriggerDelay() {
    await faults({ webtriggerDelay: { site: 'globex', module: 'mailbox', ms: 4000 } });
    const before = world.now();
    expect(await world.whileTimePasses(postToGlobex('slow'))).toMatchObject({ value: { status: 200 } });
    expect(world.now() - before).toBe(4000);
  },
  async webtriggerDuplication() {
    await faults({ webtriggerDuplication: { site: 'globex' } });
    await world.control('/clock', { advanceMs: 1000 });
    const before = world.now();
    await postToGlobex('twice');
    await world.settle();
    expect((await lines('mail', before)).map(({ text }) => text)).toEqual(['mail twice', 'mail twice']);
  },
  async queueDelay() {
    await faults({ queueDelay: { queue: 'work', ms: 30_000 } });
    const before = world.now();
    await world.value('acme', 'push', { order: 1 });
    await world.settle();
    expect((await lines('item', before)).map(({ at }) => at - before)).toEqual([30_000]);
  },
  async queueDuplication() {
    await faults({ queueDuplication: { queue: 'work' } });
    await world.control('/clock', { advanceMs: 1000 });
    const before = world.now();
    await world.value('acme', 'push', { order: 2 });
    await world.settle();
    const texts = (await lines('item', before)).map(({ text }) => text);
    expect(texts).toHaveLength(2);
    expect(texts[0]).toBe(texts[1]);
  },
  async queueRefusal() {
    await faults({ queueRefusal: { queue: 'work' } });
    await expect(world.value('acme', 'push', { order: 3 })).rejects.toThrow('There was an error');
  },
  async scheduleDuplication() {
    const ticks = async () => Number((await world.value('globex', 'read', { key: 'ticks' })) ?? 0);
    const before = await ticks();
    await faults({ scheduleDuplication: { site: 'globex', module: 'tick' }, instances: { shared: true } });
    await world.control('/clock', { advanceMs: 7 * MINUTE });
    await world.settle();
    expect(await ticks()).toBeGreaterThanOrEqual(before + 2);
  },
  async queryLag() {
    await faults({ queryLag: { ms: 5000 } });
    expect(await world.value('acme', 'entityRoundTrip')).toEqual([]);
    await world.control('/clock', { advanceMs: 5001 });
    expect(await world.value('acme', 'sdk', QUERY)).toMatchObject({
      value: { results: [{ key: 'n2' }, { key: 'n1' }] },
    });
  },
  async indexLag() {
    await faults({ indexLag: { site: 'acme', ms: 10_000 } });
    const id = await world.createIssue('acme', 'quicksilver');
    const found = async () => {
      const jql = encodeURIComponent('project is not empty and summary ~ quicksilver');
      const { body } = await world.rest('acme', 'GET', `/rest/api/3/search/jql?jql=${jql}`);
      return (body['issues'] as { id: string }[]).map((issue) => issue.id);
    };
    expect(await found()).toEqual([]);
    expect((await world.rest('acme', 'GET', `/rest/api/3/issue/${id}`)).status).toBe(200);
    await world.control('/clock', { advanceMs: 10_001 });
    expect(await found()).toEqual([id]);
  },
  async crashPoints() {
    await faults({ crashPoints: { call: 'kvs:/api/v1/set', bodyIncludes: 'half', when: 'after' } });
    await expect(world.value('acme', 'storeAndRead', { key: 'half', value: 1 })).rejects.toThrow(
      'crash point',
    );
    expect(await world.value('acme', 'read', { key: 'half' })).toBe(1);
  },
  async instances() {
    const { pool } = world.running.platform;
    await faults({ instances: { shared: true } });
    const asked = ['acme', 'globex', 'acme', 'globex'].map((site) =>
      world.value(site, 'remember', { text: `${site} was here` }),
    );
    await Promise.all(asked);
    expect(pool.size()).toBe(1);
    expect(await world.value('directory', 'seen')).toEqual(
      expect.arrayContaining(['acme was here', 'globex was here']),
    );
    await faults({ instances: { cold: true } });
    await world.value('acme', 'remember', { text: 'gone' });
    expect(await world.value('acme', 'seen')).toEqual([]);
    await faults({ clear: true });
    await world.value('acme', 'remember', { text: 'kept' });
    expect(await world.value('acme', 'seen')).toEqual(['kept']);
  },
};

test.each(Object.keys(SEEN) as FaultKind[])('the fault %s strikes', (kind) => SEEN[kind]());

test('faults given at the start hold from the installation on, and again after a reset', async () => {
  const born = await startFaultWorld({ faults: { eventDelay: { ms: 30_000 } } });
  try {
    expect(born.now()).toBe(NOON + 30_000);
    await born.control('/reset', {});
    await born.settle();
    expect(await born.control('/faults')).toMatchObject({ active: [{ kind: 'eventDelay' }] });
  } finally {
    await born.stop();
  }
}, 60_000);

test.each([
  [{ errors: { status: 404 } }, 'status'],
  [{ latency: { ms: 5, cal: 'jira:*' } }, 'cal'],
  [{ latency: [{ ms: 5 }, { ms: 5, site: 'nowhere' }] }, 'No site nowhere'],
])('a fault that cannot be is refused: %j', async (body, text) => {
  expect(await world.control('/faults', body)).toMatchObject({
    ok: false,
    error: expect.stringContaining(text),
  });
});
