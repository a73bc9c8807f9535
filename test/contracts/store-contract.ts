/** What every Store adapter has to do; run against each of them. */
import type { Store, StoreOperation } from '#engine/ports/store';

export interface StoreUnderTest {
  store: Store;
  /** Waits, or moves the clock, until listings show everything. */
  catchUp(): Promise<void>;
}

export function storeContract(name: string, make: () => Promise<StoreUnderTest>): void {
  describe(`store: ${name}`, () => {
    let store: Store;
    let catchUp: () => Promise<void>;
    beforeEach(async () => {
      ({ store, catchUp } = await make());
    });

    test('a row that was written is read at once, as it was written', async () => {
      const body = { text: 'Grüße', list: [1, null, { deep: true }], nothing: null };
      expect(await store.transact([put('a', body)])).toBe('done');
      expect((await store.get('pair', 'a'))?.body).toEqual(body);
      expect(await store.get('pair', 'b')).toBeUndefined();
      expect(await store.get('dirty', 'a')).toBeUndefined();
    });

    test('what is read is a copy', async () => {
      await store.transact([put('a', { list: ['one'] })]);
      const read = (await store.get('pair', 'a'))?.body as { list: string[] };
      read.list.push('two');
      expect((await store.get('pair', 'a'))?.body).toEqual({ list: ['one'] });
    });

    test('every write changes the revision', async () => {
      await store.transact([put('a', 1)]);
      const first = await store.get('pair', 'a');
      await store.transact([put('a', 1)]);
      expect((await store.get('pair', 'a'))?.rev).not.toBe(first?.rev);
    });

    test('a revision that is given is the one the row gets', async () => {
      await store.transact([{ ...put('a', 1), newRev: 'my-own-revision' } as StoreOperation]);
      expect((await store.get('pair', 'a'))?.rev).toBe('my-own-revision');
    });

    test('absent: only where there is no row', async () => {
      const first = { ...put('a', 1), if: { absent: true } } as StoreOperation;
      expect(await store.transact([first])).toBe('done');
      expect(await store.transact([first])).toBe('conflict');
    });

    test('rev: only while the row is unchanged', async () => {
      await store.transact([put('a', 1)]);
      const rev = (await store.get('pair', 'a'))?.rev ?? '';
      expect(await store.transact([{ ...put('a', 2), if: { rev } } as StoreOperation])).toBe('done');
      expect(await store.transact([{ ...put('a', 3), if: { rev } } as StoreOperation])).toBe('conflict');
      expect((await store.get('pair', 'a'))?.body).toBe(2);
      const gone: StoreOperation = { op: 'delete', table: 'pair', key: 'nowhere', if: { rev } };
      expect(await store.transact([gone])).toBe('conflict');
    });

    test('one condition that fails keeps everything from being written', async () => {
      await store.transact([put('a', 1)]);
      const check: StoreOperation = { op: 'check', table: 'pair', key: 'a', if: { absent: true } };
      expect(await store.transact([put('b', 1), check])).toBe('conflict');
      expect(await store.get('pair', 'b')).toBeUndefined();
    });

    test('a deleted row is gone, and deleting nothing is no error', async () => {
      await store.transact([put('a', 1)]);
      const remove: StoreOperation = { op: 'delete', table: 'pair', key: 'a' };
      expect(await store.transact([remove])).toBe('done');
      expect(await store.get('pair', 'a')).toBeUndefined();
      expect(await store.transact([remove])).toBe('done');
    });

    test('two writers with the same condition: one wins', async () => {
      await store.transact([put('a', 0)]);
      const rev = (await store.get('pair', 'a'))?.rev ?? '';
      const results = await Promise.all(
        [1, 2, 3].map((n) => store.transact([{ ...put('a', n), if: { rev } } as StoreOperation])),
      );
      expect(results.filter((result) => result === 'done')).toHaveLength(1);
    });

    test('25 operations in a transaction are possible, 26 are refused', async () => {
      const many = Array.from({ length: 26 }, (_, index) => put(`k${index}`, index));
      expect(await store.transact(many.slice(0, 25))).toBe('done');
      await expect(store.transact(many)).rejects.toThrow();
    });

    test('a listing shows one group in order of rank, page by page, both ways', async () => {
      const rows = Array.from({ length: 7 }, (_, n) => put(`k${n}`, n, 'mine', `r${6 - n}`));
      await store.transact([...rows, put('x', 9, 'other', 'r0')]);
      await catchUp();
      const bodies: unknown[] = [];
      let cursor: string | undefined;
      do {
        const request = { table: 'pair', group: 'mine', limit: 3 } as const;
        const page = await store.list(cursor === undefined ? request : { ...request, cursor });
        bodies.push(...page.rows.map((row) => row.body));
        cursor = page.cursor;
      } while (cursor !== undefined);
      expect(bodies).toEqual([6, 5, 4, 3, 2, 1, 0]);
      const down = await store.list({ table: 'pair', group: 'mine', limit: 2, order: 'descending' });
      expect(down.rows.map((row) => row.key)).toEqual(['k0', 'k1']);
      const between = await store.list({ table: 'pair', group: 'mine', limit: 9, from: 'r2', to: 'r4' });
      expect(between.rows.map((row) => row.body)).toEqual([4, 3, 2]);
    });

    test('numbers keep their order among ranks, and stand before words', async () => {
      const numbers = [0, 7, 9, 10, 11, 99, 100, 1_795_424_401_000];
      const padded = (value: number) => String(value).padStart(15, '0');
      const ranks = [...numbers.flatMap((value) => [padded(value), `${padded(value)}:1`]), 'control:1'];
      await store.transact(
        ranks.map((rank, n) => ({
          op: 'set',
          table: 'outbox',
          key: `k${n}`,
          body: { rank },
          group: 'g',
          rank,
        })),
      );
      await catchUp();
      const ranked = async (bounds: { from?: string; to?: string }) =>
        (await store.list({ table: 'outbox', group: 'g', limit: 50, ...bounds })).rows.map(
          ({ body }) => (body as { rank: string }).rank,
        );
      expect(await ranked({})).toEqual([...ranks].sort());
      for (const [index, value] of numbers.entries()) {
        const upTo = numbers.slice(0, index).flatMap((one) => [padded(one), `${padded(one)}:1`]);
        expect(await ranked({ to: padded(value) })).toEqual([...upTo, padded(value)]);
        expect(await ranked({ from: `${padded(value)}:`, to: `${padded(value)}:~` })).toEqual([
          `${padded(value)}:1`,
        ]);
      }
    });

    test('rows of a connection are listed under the keys which they were given', async () => {
      const mine = 'abcdefghijklmnopqrstuvwxyz';
      const other = 'bcdefghijklmnopqrstuvwxyza';
      const keys = [`${mine}:one`, `${mine}:two:three`];
      await store.transact([
        ...keys.map((key) => put(key, key, mine, 'same rank')),
        put(`${other}:one`, 'other', other, 'same rank'),
        put(`${mine}:orders:one`, 'order', `${mine}:orders`, 'r'),
      ]);
      await catchUp();
      const listed = async (group: string) =>
        (await store.list({ table: 'pair', group, limit: 9 })).rows.map(({ key }) => key).sort();
      expect(await listed(mine)).toEqual(keys);
      expect(await listed(`${mine}:orders`)).toEqual([`${mine}:orders:one`]);
      expect((await store.get('pair', `${mine}:one`))?.key).toBe(`${mine}:one`);
      const first = await store.list({ table: 'pair', group: mine, limit: 1 });
      const next = await store.list({ table: 'pair', group: mine, limit: 1, cursor: first.cursor ?? '' });
      expect([...first.rows, ...next.rows].map(({ key }) => key).sort()).toEqual(keys);
    });
  });
}

function put(key: string, body: unknown, group = 'g', rank = key): StoreOperation {
  return { op: 'set', table: 'pair', key, body, group, rank };
}
