/** What the store lets through in a second and a minute, what queries see late, how long a cursor lives, what a manifest may declare. */
import type { EntityDeclaration, Kvs } from '../emulator/services/contracts';
import { createKvs } from '../emulator/services/kvs/create-kvs';
import { createTestWorld, type TestWorld } from './service-world';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const TWIN: EntityDeclaration = {
  name: 'twin',
  attributes: { seq: { type: 'integer' }, state: { type: 'string' } },
  indexes: ['seq', { name: 'by-state', partition: ['state'], range: ['seq'] }],
};

let world: TestWorld;
let store: Kvs;

beforeEach(() => {
  world = createTestWorld();
  store = createKvs({ ...world, entities: [TWIN] });
});

async function call(path: string, body: unknown, installation = world.acme) {
  const response = await store.handle(installation, `/api/v1/${path}`, JSON.stringify(body));
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}

const refused = { status: 429, body: { code: 'RATE_LIMIT_EXCEEDED' } };
const BIG = 'v'.repeat(200_000);

test('4000 units of 10 KB may be written in a minute, by each installation', async () => {
  // 200 kB are 20 units of 10 KiB each; every write goes to a key of its own.
  for (let n = 0; n < 200; n += 1) expect((await call('set', { key: `k${n}`, value: BIG })).status).toBe(204);
  expect(await call('set', { key: 'more', value: 1 })).toMatchObject(refused);
  expect((await call('set', { key: 'k', value: BIG }, world.globex)).status).toBe(204);
  await world.clock.advance(MINUTE);
  expect((await call('set', { key: 'more', value: 1 })).status).toBe(204);
});

test('4000 units of 10 KB may be read in a minute; looking for nothing costs one', async () => {
  for (let n = 0; n < 100; n += 1) await call('set', { key: `k${n}`, value: BIG });
  for (let n = 0; n < 199; n += 1) expect((await call('get', { key: `k${n % 100}` })).status).toBe(200);
  for (let n = 0; n < 20; n += 1) expect((await call('get', { key: 'none' })).status).toBe(404);
  expect(await call('get', { key: 'none' })).toMatchObject(refused);
  expect(await call('query', {})).toMatchObject(refused);
  await world.clock.advance(MINUTE);
  expect((await call('get', { key: 'k0' })).status).toBe(200);
});

test('1000 requests a second', async () => {
  let passed = 0;
  for (let n = 0; n < 1001; n += 1) if ((await call('get', { key: 'none' })).status === 404) passed += 1;
  expect(passed).toBe(1000);
  await world.clock.advance(SECOND);
  expect((await call('get', { key: 'none' })).status).toBe(404);
});

test('1 MB a second may be written to one key, 12 MB read from it', async () => {
  for (let n = 0; n < 4; n += 1) expect((await call('set', { key: 'hot', value: BIG })).status).toBe(204);
  expect(await call('set', { key: 'hot', value: BIG })).toMatchObject(refused);
  expect((await call('set', { key: 'cold', value: BIG })).status).toBe(204);
  for (let n = 0; n < 59; n += 1) expect((await call('get', { key: 'hot' })).status).toBe(200);
  expect(await call('get', { key: 'hot' })).toMatchObject(refused);
  await world.clock.advance(SECOND);
  expect((await call('set', { key: 'hot', value: BIG })).status).toBe(204);
});

test('24 MB a second may be queried of one index value', async () => {
  for (let n = 0; n < 50; n += 1) {
    const state = n < 49 ? 'busy' : 'calm';
    await call('entity/set', { entityName: 'twin', key: `k${n}`, value: { seq: n, state, text: BIG } });
  }
  const query = (state: string) =>
    call('entity/query', { entityName: 'twin', indexName: 'by-state', partition: [state], limit: 100 });
  expect((await query('busy')).status).toBe(200);
  expect((await query('busy')).status).toBe(200);
  expect(await query('busy')).toMatchObject(refused);
  expect((await query('calm')).status).toBe(200);
});

test('a batch read of more than 4 MB is refused', async () => {
  for (let n = 0; n < 25; n += 1) await call('set', { key: `k${n}`, value: BIG });
  const keys = (count: number) => Array.from({ length: count }, (_, n) => ({ key: `k${n}` }));
  expect((await call('batch/get', keys(20))).status).toBe(200);
  expect(await call('batch/get', keys(25))).toMatchObject({ status: 400, body: { code: 'MAX_SIZE' } });
});

test('a page holds 10 rows unless asked, and 100 at most', async () => {
  for (let n = 0; n < 101; n += 1) await call('set', { key: `k${n}`, value: n });
  expect((await call('query', {})).body.data).toHaveLength(10);
  expect((await call('query', { limit: 100 })).body.data).toHaveLength(100);
  expect((await call('query', { limit: 101 })).body.code).toBe('LIST_QUERY_LIMIT_EXCEEDED');
});

test('a cursor belongs to its query and dies after a quarter of an hour', async () => {
  for (let n = 0; n < 4; n += 1) await call('set', { key: `k${n}`, value: n });
  const where = [{ property: 'key', condition: 'BEGINS_WITH', values: ['k'] }];
  const { cursor } = (await call('query', { where, limit: 2 })).body;
  expect((await call('query', { where, limit: 2, after: cursor })).body.data).toHaveLength(2);
  expect((await call('query', { limit: 2, after: cursor })).body.message).toContain('another query');
  await world.clock.advance(15 * MINUTE + 1);
  expect(await call('query', { where, limit: 2, after: cursor })).toMatchObject({
    status: 400,
    body: { code: 'INVALID_REQUEST', message: expect.stringContaining('expired') },
  });
});

/** Which of two keys queries see at each moment after both were written. */
async function sightings(seed: number): Promise<string[]> {
  world = createTestWorld(seed);
  store = createKvs({ ...world, entities: [TWIN] });
  store.setQueryLag(100, 2000);
  for (let n = 0; n < 6; n += 1) await call('set', { key: `k${n}`, value: n });
  const seen: string[] = [];
  for (let step = 0; step < 22; step += 1) {
    const keys = (await call('query', {})).body.data.map(({ key }: { key: string }) => key);
    seen.push(keys.join(' '));
    await world.clock.advance(100);
  }
  return seen;
}

test('queries lag by a seeded time for each write, on keys too; get never does', async () => {
  const first = await sightings(3);
  expect([first[0], first.at(-1)]).toEqual(['', 'k0 k1 k2 k3 k4 k5']);
  // Somewhere on the way a later write shows before an earlier one.
  expect(first.some((keys) => keys !== '' && !'k0 k1 k2 k3 k4 k5'.startsWith(keys))).toBe(true);
  expect(await sightings(3)).toEqual(first);
  expect(await sightings(4)).not.toEqual(first);
  await call('set', { key: 'new', value: 1 });
  expect((await call('get', { key: 'new' })).status).toBe(200);
});

test('writes of one key become visible in their order, whatever the jitter', async () => {
  store.setQueryLag(0, 5000);
  for (let n = 0; n < 20; n += 1) await call('set', { key: 'k', value: n });
  let last = -1;
  for (let step = 0; step < 60; step += 1) {
    const value: number = (await call('query', {})).body.data[0]?.value ?? -1;
    expect(value).toBeGreaterThanOrEqual(last);
    last = value;
    await world.clock.advance(100);
  }
  expect(last).toBe(19);
});

const attributes = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`a${n}`, { type: 'string' }]));
const indexes = (count: number) => Array.from({ length: count }, (_, n) => `a${n}`);
const ranged = (name: string, range: string[]): EntityDeclaration => ({
  ...TWIN,
  indexes: [{ name, range }],
});

test.each<[string, EntityDeclaration[], string]>([
  ['21 entities', Array.from({ length: 21 }, (_, n) => ({ ...TWIN, name: `twin-${n}` })), '20 entities'],
  ['8 indexes', [{ ...TWIN, attributes: attributes(8), indexes: indexes(8) }], 'more than 7 indexes'],
  ['51 attributes', [{ name: 'twin', attributes: attributes(51) }], 'more than 50 attributes'],
  ['an entity name of 2 characters', [{ ...TWIN, name: 'tw' }], '3 to 60 characters'],
  ['an entity name with capitals', [{ ...TWIN, name: 'Twin' }], 'a-z0-9'],
  [
    'an attribute name of 31 characters',
    [{ name: 'twin', attributes: { ['a'.repeat(31)]: { type: 'any' } } }],
    '30',
  ],
  [
    'an attribute name with a dash',
    [{ name: 'twin', attributes: { 'due-at': { type: 'any' } } }],
    'must begin with a letter',
  ],
  ['an attribute type nobody knows', [{ name: 'twin', attributes: { at: { type: 'date' } } }], '"date"'],
  ['an index over two range attributes', [ranged('two', ['seq', 'state'])], 'exactly one range attribute'],
  ['an index over an unknown attribute', [ranged('ghosts', ['ghost'])], 'unknown attribute'],
  ['an index name with a space', [ranged('by seq', ['seq'])], 'no spaces'],
  ['an index name of 2 characters', [ranged('by', ['seq'])], '3 to 50 characters'],
  ['an index called by-key', [ranged('by-key', ['seq'])], 'declared twice'],
])('a manifest with %s stops the start', (_what, entities, message) => {
  expect(() => createKvs({ ...world, entities })).toThrow(message);
});
