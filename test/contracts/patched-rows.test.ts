/** Rows that are kept in two parts look like one: to several invocations at once, whatever comes between two reads. */
import { join } from 'node:path';
import { createKvsStore } from '../../src/forge/kvs-store';
import { readManifest } from '../emulator/platform/manifest';
import { createKvs } from '../emulator/services/kvs/create-kvs';
import { createTestWorld } from '../emulator-tests/service-world';
import { seededRandom } from '../support/seeded-random';

type Index = string | { name: string; range: string[]; partition: string[] };
type Body = { text: string; base: Record<string, string> };

/** Every state of a row that there was, `undefined` where there was none, with the number of the write that made it. */
type History = { at: number; json: string | undefined }[];

const keys = ['one', 'two', 'three'];

function twoInvocations(seed: number) {
  const world = createTestWorld();
  const random = seededRandom(seed);
  const entities = readManifest(join(__dirname, '../..')).entities.map(({ indexes, ...entity }) => ({
    ...entity,
    indexes: (indexes ?? []) as Index[],
  }));
  const kvs = createKvs({ ...world, entities });
  let between: (() => Promise<void>) | undefined;
  (globalThis as Record<string, unknown>)['__forge_fetch__'] = async (
    _meta: unknown,
    path: string,
    init: { body: string },
  ) => {
    const act = between;
    if (act !== undefined && random.chance(0.4)) {
      between = undefined;
      await act();
    }
    return kvs.handle(world.acme, path, init.body);
  };
  let made = 0;
  const store = () =>
    createKvsStore(() => {
      made += 1;
      return `rev${made}`;
    });
  return {
    random,
    stores: [store(), store()] as const,
    setBetween: (act: () => Promise<void>) => (between = act),
  };
}

test.each(Array.from({ length: 20 }, (_, seed) => seed))('whatever two do, seed %i', async (seed) => {
  const { random, stores, setBetween } = twoInvocations(seed);
  const histories = new Map<string, History>(keys.map((key) => [key, [{ at: 0, json: undefined }]]));
  let writes = 0;
  const historyOf = (key: string): History => histories.get(key) ?? [];
  const now = (key: string) => historyOf(key).at(-1)?.json;

  async function write(store: (typeof stores)[number]): Promise<void> {
    const key = random.pick(keys);
    const read = await store.get('pair', key);
    if (random.chance(0.1)) return drop(store, key, read?.rev);
    const before = read?.body as Body | undefined;
    const body: Body = {
      text: random.chance(0.2) ? `long ${random.below(1e9)} `.repeat(20) : `short ${random.below(1e9)}`,
      base: { ...before?.base, [`slot${random.below(6)}`]: `value ${random.below(1e9)}` },
    };
    const condition = read === undefined ? ({ absent: true } as const) : { rev: read.rev };
    const isFree = random.chance(0.1);
    const result = await store.transact([
      { op: 'set', table: 'pair', key, body, group: 'g', rank: key, ...(isFree ? {} : { if: condition }) },
      { op: 'set', table: 'dirty', key: 'other', body: { at: writes }, group: 'g', rank: 'r' },
    ]);
    if (result === 'conflict') return expect(isFree).toBe(false);
    // Nobody came between the condition's reading and the write.
    if (!isFree) expect(now(key)).toBe(before === undefined ? undefined : JSON.stringify(before));
    writes += 1;
    historyOf(key).push({ at: writes, json: JSON.stringify(body) });
  }

  async function drop(store: (typeof stores)[number], key: string, rev: string | undefined): Promise<void> {
    const result = await store.transact([
      { op: 'delete', table: 'pair', key, ...(rev ? { if: { rev } } : {}) },
    ]);
    if (result === 'conflict') return;
    writes += 1;
    historyOf(key).push({ at: writes, json: undefined });
  }

  for (let step = 0; step < 60; step += 1) {
    const [mine, other] = random.chance(0.5) ? stores : ([stores[1], stores[0]] as const);
    if (random.chance(0.6)) setBetween(() => write(other));
    if (random.chance(0.5)) {
      await write(mine);
      continue;
    }
    const key = random.pick(keys);
    const begun = historyOf(key).length - 1;
    const read = await mine.get('pair', key);
    const seen = historyOf(key)
      .slice(begun)
      .map(({ json }) => json);
    expect(seen).toContain(read === undefined ? undefined : JSON.stringify(read.body));
  }
  setBetween(async () => {});
  const listed = await stores[0].list({ table: 'pair', group: 'g', limit: 100 });
  const shown = Object.fromEntries(listed.rows.map(({ key, body }) => [key, JSON.stringify(body)]));
  for (const key of keys) {
    expect(shown[key]).toBe(now(key));
    for (const store of stores) {
      const row = await store.get('pair', key);
      expect(row === undefined ? undefined : JSON.stringify(row.body)).toBe(now(key));
    }
  }
});
