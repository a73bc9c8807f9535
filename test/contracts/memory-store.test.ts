/** The memory store keeps the Store port's promises, and lags where it may. */
import { memoryStore } from '../support/memory-store';
import { virtualClock } from '../support/virtual-clock';
import { storeContract } from './store-contract';

storeContract('memory', async () => {
  const clock = virtualClock();
  const store = memoryStore(clock);
  store.lagMs = 5_000;
  return { store, catchUp: async () => clock.advance(5_000) };
});

test('a listing lags: fresh rows are missing, deleted ones still show', async () => {
  const clock = virtualClock();
  const store = memoryStore(clock);
  store.lagMs = 1_000;
  await store.transact([{ op: 'set', table: 'dirty', key: 'a', body: 1, group: 'g', rank: 'a' }]);
  expect((await store.list({ table: 'dirty', group: 'g', limit: 10 })).rows).toHaveLength(0);
  clock.advance(1_000);
  expect((await store.list({ table: 'dirty', group: 'g', limit: 10 })).rows).toHaveLength(1);
  await store.transact([{ op: 'delete', table: 'dirty', key: 'a' }]);
  expect((await store.list({ table: 'dirty', group: 'g', limit: 10 })).rows).toHaveLength(1);
});
