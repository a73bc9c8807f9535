/** The store refuses what the platform refuses, and its queries lag, its rows linger and its state survives as told. */
import type { Kvs } from '../emulator/services/contracts';
import { createKvs } from '../emulator/services/kvs/create-kvs';
import { createTestWorld, type TestWorld } from './service-world';

const ENTITIES = [
  {
    name: 'twin',
    attributes: {
      seq: { type: 'integer' },
      size: { type: 'float' },
      state: { type: 'string' },
      extra: { type: 'any' },
    },
    indexes: ['seq', { name: 'by-state', partition: ['state'], range: ['seq'] }],
  },
  { name: 'page', attributes: { title: { type: 'string' } }, indexes: ['title'] },
];

let world: TestWorld;
let store: Kvs;

beforeEach(() => {
  world = createTestWorld();
  store = createKvs({ ...world, entities: ENTITIES });
});

async function call(path: string, body: unknown, installation = world.acme) {
  const response = await store.handle(installation, `/api/v1/${path}`, JSON.stringify(body));
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}

const deep = (levels: number): unknown => (levels === 0 ? 'x' : { in: deep(levels - 1) });
const twin = (value: unknown) => ({ entityName: 'twin', key: 'k', value });
const keys = (count: number) => Array.from({ length: count }, (_, at) => ({ key: `k${at}` }));
const condition = (property: string, name: string, ...values: unknown[]) => ({
  and: [{ property, condition: name, values }],
});

test.each<[string, string, unknown, number, string]>([
  ['an empty key', 'set', { key: '', value: 1 }, 400, 'KEY_TOO_SHORT'],
  ['a blank key', 'set', { key: '  ', value: 1 }, 400, 'INVALID_KEY'],
  ['a key with a slash', 'set', { key: 'a/b', value: 1 }, 400, 'INVALID_KEY'],
  ['a key of 501 characters', 'set', { key: 'k'.repeat(501), value: 1 }, 400, 'KEY_TOO_LONG'],
  ['no value', 'set', { key: 'k' }, 400, 'INVALID_REQUEST'],
  ['null as a value', 'set', { key: 'k', value: null }, 400, 'INVALID_VALUE'],
  ['a value over 240 KiB', 'set', { key: 'k', value: 'v'.repeat(240 * 1024 - 1) }, 400, 'MAX_SIZE'],
  ['a secret over 128 KiB', 'secret/set', { key: 'k', value: 'v'.repeat(128 * 1024) }, 400, 'MAX_SIZE'],
  ['a depth of 32', 'set', { key: 'k', value: deep(32) }, 400, 'MAX_DEPTH'],
  [
    'a lifetime of 0',
    'set',
    { key: 'k', value: 1, options: { ttl: { value: 0, unit: 'DAYS' } } },
    400,
    'INVALID_TTL',
  ],
  [
    'a lifetime over a year',
    'set',
    { key: 'k', value: 1, options: { ttl: { value: 366, unit: 'DAYS' } } },
    400,
    'INVALID_TTL',
  ],
  ['an unknown member', 'set', { key: 'k', value: 1, ttl: 5 }, 400, 'INVALID_REQUEST'],
  ['a page over 100', 'query', { limit: 101 }, 400, 'LIST_QUERY_LIMIT_EXCEEDED'],
  [
    'a query on another property',
    'query',
    { where: [{ property: 'value', condition: 'BEGINS_WITH', values: ['a'] }] },
    400,
    'QUERY_WHERE_FIELD_INVALID',
  ],
  [
    'a query by equality',
    'query',
    { where: [{ property: 'key', condition: 'EQUAL_TO', values: ['a'] }] },
    400,
    'INVALID_FILTER_CONDITION',
  ],
  [
    'an undeclared entity',
    'entity/set',
    { entityName: 'ghost', key: 'k', value: {} },
    404,
    'SCHEMA_NOT_FOUND',
  ],
  ['an entity that is no object', 'entity/set', twin([1]), 400, 'INVALID_ENTITY_VALUE'],
  ['an integer of 2^31', 'entity/set', twin({ seq: 2 ** 31 }), 400, 'INCORRECT_PROPERTY_TYPE'],
  ['an integer below -2^31', 'entity/set', twin({ seq: -(2 ** 31) - 1 }), 400, 'INCORRECT_PROPERTY_TYPE'],
  ['a fractional integer', 'entity/set', twin({ seq: 1.5 }), 400, 'INCORRECT_PROPERTY_TYPE'],
  ['a string for a float', 'entity/set', twin({ size: '5' }), 400, 'INCORRECT_PROPERTY_TYPE'],
  [
    'a partition value too long for its index',
    'entity/set',
    twin({ state: 's'.repeat(1701) }),
    400,
    'MAX_SIZE',
  ],
  [
    'an undeclared index',
    'entity/query',
    { entityName: 'twin', indexName: 'by-size' },
    400,
    'INVALID_ENTITY_INDEX',
  ],
  [
    'a missing partition',
    'entity/query',
    { entityName: 'twin', indexName: 'by-state' },
    400,
    'INVALID_REQUEST',
  ],
  [
    'an entity page of 0',
    'entity/query',
    { entityName: 'twin', indexName: 'seq', limit: 0 },
    400,
    'COMPLEX_QUERY_PAGE_LIMIT_NOT_IN_RANGE',
  ],
  [
    'a filter on type any',
    'entity/query',
    { entityName: 'twin', indexName: 'seq', filters: condition('extra', 'EQUAL_TO', 1) },
    422,
    'UNPROCESSABLE_ENTITY',
  ],
  [
    'a filter on an unknown attribute',
    'entity/query',
    { entityName: 'twin', indexName: 'seq', filters: condition('foo', 'EQUAL_TO', 1) },
    400,
    'INVALID_ENTITY_ATTRIBUTE',
  ],
  [
    'both and and or',
    'entity/query',
    { entityName: 'twin', indexName: 'seq', filters: { ...condition('seq', 'EXISTS', true), or: [] } },
    400,
    'INVALID_FILTER_OPERATORS_COMBINATION',
  ],
  [
    'an empty filter',
    'entity/query',
    { entityName: 'twin', indexName: 'seq', filters: { and: [] } },
    400,
    'EMPTY_FILTER_OPERATOR',
  ],
  [
    'between with one value',
    'entity/query',
    { entityName: 'twin', indexName: 'seq', range: { condition: 'BETWEEN', values: [1] } },
    400,
    'INSUFFICIENT_FILTER_VALUES',
  ],
  [
    'a range of another type',
    'entity/query',
    { entityName: 'twin', indexName: 'seq', range: { condition: 'EQUAL_TO', values: ['1'] } },
    400,
    'INCORRECT_PROPERTY_TYPE',
  ],
  [
    'a made-up cursor',
    'entity/query',
    { entityName: 'twin', indexName: 'seq', cursor: 'nonsense' },
    400,
    'INVALID_REQUEST',
  ],
  [
    'a filter of 101 conditions',
    'entity/query',
    {
      entityName: 'twin',
      indexName: 'seq',
      filters: { or: Array.from({ length: 101 }, (_, seq) => condition('seq', 'EQUAL_TO', seq).and[0]) },
    },
    400,
    'INVALID_REQUEST',
  ],
  [
    'a range value over 900 bytes',
    'entity/set',
    { entityName: 'page', key: 'k', value: { title: 't'.repeat(901) } },
    400,
    'MAX_SIZE',
  ],
  ['a batch of 26', 'batch/get', keys(26), 400, 'TOO_MANY_BATCH_ENTITIES'],
  ['an empty batch', 'batch/delete', [], 400, 'INVALID_REQUEST'],
  ['a batch with one key twice', 'batch/delete', [{ key: 'a' }, { key: 'a' }], 400, 'KEY_DUPLICATION_ERROR'],
  [
    'a batch of 26 values',
    'batch/set',
    keys(26).map((item) => ({ ...item, value: 1 })),
    400,
    'TOO_MANY_BATCH_ENTITIES',
  ],
  ['a batch of 26 deletions', 'batch/delete', keys(26), 400, 'TOO_MANY_BATCH_ENTITIES'],
  [
    'a batch over 4 MB',
    'batch/set',
    keys(20).map(({ key }) => ({ key, value: 'v'.repeat(230_000) })),
    400,
    'MAX_SIZE',
  ],
  [
    'a key policy in a batch',
    'batch/set',
    [{ key: 'a', value: 1, options: { keyPolicy: 'FAIL_IF_EXISTS' } }],
    400,
    'INVALID_REQUEST',
  ],
  ['a transaction of 26', 'transaction', { delete: keys(26) }, 422, 'UNPROCESSABLE_ENTITY'],
  [
    'a transaction with one key twice',
    'transaction',
    { set: [{ key: 'a', value: 1 }], delete: [{ key: 'a' }] },
    400,
    'KEY_DUPLICATION_ERROR',
  ],
  [
    'a transaction over 4 MB',
    'transaction',
    { set: keys(20).map(({ key }) => ({ key, value: 'v'.repeat(230_000) })) },
    400,
    'MAX_SIZE',
  ],
  [
    'a condition on a plain value',
    'transaction',
    { set: [{ key: 'a', value: 1, conditions: condition('seq', 'EXISTS', true) }] },
    400,
    'INVALID_REQUEST',
  ],
  [
    'a condition on a row that is not there',
    'transaction',
    { check: [{ key: 'a', entityName: 'twin', conditions: condition('seq', 'NOT_EQUAL_TO', 1) }] },
    400,
    'CONDITIONAL_CHECK_FAILED',
  ],
  ['an unknown operation', 'truncate', {}, 501, 'NOT_EMULATED'],
])('%s is refused', async (_what, path, body, status, code) => {
  const answer = await call(path, body);
  expect([answer.status, answer.body.code]).toEqual([status, code]);
  expect(store.dump(world.acme).values).toEqual({});
});

test.each([
  ['241 less one KiB', 'v'.repeat(240 * 1024 - 2)],
  ['depth 31', deep(31)],
])('a value just within the limit is taken: %s', async (_what, value) => {
  expect((await call('set', { key: 'k', value })).status).toBe(204);
});

test('NOT_EXISTS creates a row once; the stricter reading refuses it', async () => {
  const create = {
    set: [
      {
        key: 'lease',
        entityName: 'twin',
        value: { seq: 1 },
        conditions: condition('seq', 'NOT_EXISTS', true),
      },
    ],
  };
  expect((await call('transaction', create)).status).toBe(204);
  expect((await call('transaction', create)).body.code).toBe('CONDITIONAL_CHECK_FAILED');
  store = createKvs({ ...createTestWorld(), entities: ENTITIES, conditionsOnAbsentRows: 'fail' });
  expect((await call('transaction', create)).body.code).toBe('CONDITIONAL_CHECK_FAILED');
});

test('installations see nothing of each other, and forgetting one keeps the other', async () => {
  await call('set', { key: 'k', value: 'acme' });
  await call('set', { key: 'k', value: 'globex' }, world.globex);
  store.forget(world.acme);
  expect(store.dump(world.acme).values).toEqual({});
  expect(store.dump(world.globex).values).toEqual({ k: 'globex' });
});

test('queries lag by the time set while get does not', async () => {
  await call('entity/set', { entityName: 'twin', key: 'old', value: { seq: 1 } });
  store.setQueryLag(5000);
  await call('entity/set', { entityName: 'twin', key: 'new', value: { seq: 2 } });
  await call('entity/delete', { entityName: 'twin', key: 'old' });
  await call('entity/set', { entityName: 'twin', key: 'new', value: { seq: 3 } });
  const seen = async () =>
    (await call('entity/query', { entityName: 'twin', indexName: 'seq' })).body.data.map(
      ({ key, value }: { key: string; value: { seq: number } }) => `${key} ${value.seq}`,
    );
  expect((await call('entity/get', { entityName: 'twin', key: 'new' })).body.value).toEqual({ seq: 3 });
  expect(await seen()).toEqual(['old 1']);
  await world.clock.advance(5000);
  expect(await seen()).toEqual(['new 3']);
});

test('filters run after the page is cut, so a page may be empty and have a cursor', async () => {
  for (const seq of [1, 2, 3])
    await call('entity/set', {
      entityName: 'twin',
      key: `k${seq}`,
      value: { seq, state: seq === 3 ? 'held' : 'ok' },
    });
  const query = {
    entityName: 'twin',
    indexName: 'seq',
    limit: 2,
    filters: condition('state', 'EQUAL_TO', 'held'),
  };
  const first = (await call('entity/query', query)).body;
  expect(first.data).toEqual([]);
  const second = (await call('entity/query', { ...query, cursor: first.cursor })).body;
  expect(second).toEqual({ data: [{ key: 'k3', value: { seq: 3, state: 'held' } }] });
});

test('an expired row stays readable until the platform deletes it', async () => {
  const options = { ttl: { value: 1, unit: 'MINUTES' } };
  await call('set', { key: 'nonce', value: 1, options });
  await world.clock.advance(47 * 3_600_000);
  const read = await call('get', { key: 'nonce', options: { metadataFields: ['EXPIRE_TIME'] } });
  expect(Date.parse(read.body.expireTime)).toBeLessThan(world.clock.now());
  store.setTtlDeletion(0);
  expect((await call('get', { key: 'nonce' })).status).toBe(404);
  expect((await call('query', {})).body.data).toEqual([]);
  expect(
    (await call('set', { key: 'nonce', value: 2, options: { keyPolicy: 'FAIL_IF_EXISTS' } })).status,
  ).toBe(204);
});

test('what is written survives a restart and is counted', async () => {
  await call('entity/set', { entityName: 'twin', key: 'k', value: { seq: 1 } });
  await call('secret/set', { key: 's', value: 'private' });
  const again = createKvs({ ...world, entities: ENTITIES });
  expect(again.dump(world.acme)).toEqual({
    values: {},
    secrets: { s: 'private' },
    entities: { twin: { k: { seq: 1 } } },
  });
  expect(world.stats.of('acme', 'kvsWrites')).toBe(2);
  expect(world.stats.of('acme', 'kvsWriteBytes')).toBe('{"seq":1}'.length + 1 + '"private"'.length + 1);
  await call('get', { key: 'none' });
  expect([world.stats.of('acme', 'kvsReads'), world.stats.of('acme', 'kvsReadBytes')]).toEqual([1, 1024]);
});
