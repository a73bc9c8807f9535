/** The store answers the unmodified `@forge/kvs`: what the SDK sends is understood, what it gets back makes sense to it. */
import {
  Filter,
  FilterConditions,
  ForgeKvsAPIError,
  kvs,
  MetadataField,
  Sort,
  WhereConditions,
} from '@forge/kvs';
import type { Kvs } from '../emulator/services/contracts';
import { createKvs } from '../emulator/services/kvs/create-kvs';
import { createTestWorld, type TestWorld } from './service-world';

interface Wait {
  owner: string;
  due: number;
  label?: string;
  done?: boolean;
}

const ENTITIES = [
  {
    name: 'wait',
    attributes: {
      owner: { type: 'string' },
      due: { type: 'integer' },
      label: { type: 'string' },
      done: { type: 'boolean' },
    },
    indexes: ['due', { name: 'by-owner', partition: ['owner'], range: ['due'] }],
  },
];

let world: TestWorld;
let store: Kvs;

beforeEach(() => {
  world = createTestWorld();
  store = createKvs({ ...world, entities: ENTITIES });
  (globalThis as Record<string, unknown>)['__forge_fetch__'] = (
    meta: unknown,
    path: string,
    init: { body: string },
  ) => {
    expect(meta).toEqual({ type: 'kvs', provider: 'app', remote: 'kvs' });
    return store.handle(world.acme, path, init.body);
  };
});

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(ForgeKvsAPIError);
  return (error as ForgeKvsAPIError).code;
}

test('a value written is the value read, and a deleted one is undefined', async () => {
  await kvs.set('greeting', { text: 'hello', many: [1, 2] });
  expect(await kvs.get('greeting')).toEqual({ text: 'hello', many: [1, 2] });
  await kvs.delete('greeting');
  expect(await kvs.get('greeting')).toBeUndefined();
  await kvs.delete('greeting');
});

test('secrets are kept apart from values', async () => {
  await kvs.setSecret('key', 'private');
  await kvs.set('key', 'public');
  expect(await kvs.getSecret('key')).toBe('private');
  await kvs.deleteSecret('key');
  expect([await kvs.getSecret('key'), await kvs.get('key')]).toEqual([undefined, 'public']);
  expect(store.dump(world.acme)).toEqual({ values: { key: 'public' }, secrets: {}, entities: {} });
});

test('metadata, key policy and returned values travel as options', async () => {
  const { CREATED_AT, UPDATED_AT, EXPIRE_TIME } = MetadataField;
  const start = world.clock.now();
  await kvs.set('row', 'first', { ttl: { value: 1, unit: 'HOURS' } });
  await world.clock.advance(10);
  const previous = await kvs.set('row', 'second', {
    keyPolicy: 'OVERRIDE',
    returnValue: 'PREVIOUS',
    returnMetadataFields: [EXPIRE_TIME],
  });
  expect(previous).toEqual({
    key: 'row',
    value: 'first',
    expireTime: new Date(start + 3_600_000).toISOString(),
  });
  expect(await kvs.get('row', { metadataFields: [CREATED_AT, UPDATED_AT] })).toEqual({
    key: 'row',
    value: 'second',
    createdAt: start,
    updatedAt: start + 10,
  });
  expect(await codeOf(kvs.set('row', 'third', { keyPolicy: 'FAIL_IF_EXISTS' }))).toBe('KEY_CONFLICT');
});

test('queries page by key prefix', async () => {
  for (const n of [1, 2, 3]) await kvs.set(`pair:${n}`, n);
  await kvs.set('other', 0);
  const first = await kvs.query().where('key', WhereConditions.beginsWith('pair:')).limit(2).getMany();
  expect(first.results.map(({ key }) => key)).toEqual(['pair:1', 'pair:2']);
  const rest = await kvs
    .query()
    .where('key', WhereConditions.beginsWith('pair:'))
    .limit(2)
    .cursor(first.nextCursor as string)
    .getMany();
  expect(rest).toEqual({ results: [{ key: 'pair:3', value: 3 }], nextCursor: undefined });
});

test('entity queries use partition, range, filters and sort', async () => {
  const waits = kvs.entity<Wait>('wait');
  await waits.set('a', { owner: 'ada', due: 3, label: 'late' });
  await waits.set('b', { owner: 'ada', due: 1, label: 'soon' });
  await waits.set('c', { owner: 'bob', due: 2 });
  const rows = await waits
    .query()
    .index('by-owner', { partition: ['ada'] })
    .where(WhereConditions.between(1, 9))
    .sort(Sort.DESC)
    .getMany();
  expect(rows.results.map(({ key }) => key)).toEqual(['a', 'b']);
  const filtered = await waits
    .query()
    .index('due')
    .filters(
      new Filter<Wait>()
        .or('label', FilterConditions.notExists())
        .or('label', FilterConditions.equalTo('soon')),
    )
    .getMany();
  expect(filtered.results.map(({ key }) => key)).toEqual(['b', 'c']);
  const byKey = await waits.query().index('by-key').where(WhereConditions.greaterThan('a')).getOne();
  expect(byKey?.key).toBe('b');
});

describe('conditions', () => {
  beforeEach(async () => {
    for (const [key, due, label] of [
      ['a', 1, 'alpha'],
      ['b', 2, 'beta'],
      ['c', 3, undefined],
    ] as const)
      await kvs
        .entity<Wait>('wait')
        .set(key, { owner: 'ada', due, ...(label === undefined ? {} : { label }) });
  });
  const keysOf = ({ results }: { results: { key: string }[] }) => results.map(({ key }) => key).join('');

  test.each([
    ['equalTo', WhereConditions.equalTo(2), 'b'],
    ['greaterThan', WhereConditions.greaterThan(2), 'c'],
    ['greaterThanEqualTo', WhereConditions.greaterThanEqualTo(2), 'bc'],
    ['lessThan', WhereConditions.lessThan(2), 'a'],
    ['lessThanEqualTo', WhereConditions.lessThanEqualTo(2), 'ab'],
    ['between', WhereConditions.between(2, 3), 'bc'],
  ])('where %s', async (_name, condition, keys) => {
    expect(keysOf(await kvs.entity<Wait>('wait').query().index('due').where(condition).getMany())).toBe(keys);
  });

  test('where beginsWith', async () => {
    const byKey = kvs.entity<Wait>('wait').query().index('by-key');
    expect(keysOf(await byKey.where(WhereConditions.beginsWith('b')).getMany())).toBe('b');
  });

  // What the platform says of a missing label is not known, so no negation promises that row.
  test.each([
    ['equalTo', 'label', FilterConditions.equalTo('beta'), 'b'],
    ['notEqualTo', 'label', FilterConditions.notEqualTo('beta'), 'a'],
    ['beginsWith', 'label', FilterConditions.beginsWith('al'), 'a'],
    ['contains', 'label', FilterConditions.contains('et'), 'b'],
    ['notContains', 'label', FilterConditions.notContains('et'), 'a'],
    ['exists', 'label', FilterConditions.exists(), 'ab'],
    ['notExists', 'label', FilterConditions.notExists(), 'c'],
    ['greaterThan', 'due', FilterConditions.greaterThan(2), 'c'],
    ['greaterThanEqualTo', 'due', FilterConditions.greaterThanEqualTo(2), 'bc'],
    ['lessThan', 'due', FilterConditions.lessThan(2), 'a'],
    ['lessThanEqualTo', 'due', FilterConditions.lessThanEqualTo(2), 'ab'],
    ['between', 'due', FilterConditions.between(2, 3), 'bc'],
  ] as const)('filter %s', async (_name, property, condition, keys) => {
    const query = kvs.entity<Wait>('wait').query().index('due');
    const filter = new Filter<Wait>().and(property, condition as never);
    expect(keysOf(await query.filters(filter).getMany())).toBe(keys);
  });

  test('pages of an index', async () => {
    const query = () => kvs.entity<Wait>('wait').query().index('due').limit(2);
    const first = await query().getMany();
    const rest = await query()
      .cursor(first.nextCursor as string)
      .getMany();
    expect([keysOf(first), keysOf(rest)]).toEqual(['ab', 'c']);
  });

  test('getOne without an index, delete of a row', async () => {
    await kvs.set('one', 1);
    expect((await kvs.query().where('key', WhereConditions.beginsWith('o')).getOne())?.value).toBe(1);
    await kvs.entity('wait').delete('a');
    expect(await kvs.entity('wait').get('a')).toBeUndefined();
  });
});

test('a transaction happens wholly or not at all', async () => {
  const waits = kvs.entity<Wait>('wait');
  await waits.set('head', { owner: 'ada', due: 7 });
  const ifSeven = {
    entityName: 'wait',
    conditions: new Filter<Wait>().and('due', FilterConditions.equalTo(7)),
  };
  const advance = () =>
    kvs
      .transact()
      .set<Wait>('head', { owner: 'ada', due: 8 }, ifSeven)
      .set('batch:7', 'sealed', undefined, { ttl: { value: 1, unit: 'DAYS' } })
      .execute();
  await advance();
  expect([await waits.get('head'), await kvs.get('batch:7')]).toEqual([{ owner: 'ada', due: 8 }, 'sealed']);
  await kvs.delete('batch:7');
  expect(await codeOf(advance())).toBe('CONDITIONAL_CHECK_FAILED');
  expect(await kvs.get('batch:7')).toBeUndefined();
  await kvs
    .transact()
    .check<Wait>('head', {
      ...ifSeven,
      conditions: new Filter<Wait>().and('due', FilterConditions.lessThan(9)),
    })
    .delete('head2')
    .execute();
});

test('batches report what succeeded and what failed', async () => {
  const set = await kvs.batchSet<unknown>([
    { key: 'one', value: 1 },
    {
      key: 'w',
      value: { owner: 'ada', due: 1 },
      entityName: 'wait',
      options: { ttl: { value: 5, unit: 'MINUTES' } },
    },
    { key: 'bad', value: { due: 'never' }, entityName: 'wait' },
  ]);
  expect(set.successfulKeys).toEqual([{ key: 'one' }, { key: 'w', entityName: 'wait' }]);
  expect(set.failedKeys).toEqual([
    {
      key: 'bad',
      entityName: 'wait',
      error: {
        code: 'INCORRECT_PROPERTY_TYPE',
        message: 'Data type for property "due" is defined as "integer"',
      },
    },
  ]);
  const got = await kvs.batchGet([{ key: 'one' }, { key: 'nothing' }]);
  expect(got.successfulKeys).toEqual([{ key: 'one', value: 1 }]);
  expect(got.failedKeys.map(({ error }) => error.code)).toEqual(['KEY_NOT_FOUND']);
  expect((await kvs.batchDelete([{ key: 'one' }])).successfulKeys).toEqual([{ key: 'one' }]);
  expect(await kvs.get('one')).toBeUndefined();
});
