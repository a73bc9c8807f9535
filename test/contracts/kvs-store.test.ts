/** The Forge store keeps the Store port's promises: the unmodified SDK over the emulated KVS, with the manifest's entities. */
import { join } from 'node:path';
import { createKvsStore } from '../../src/forge/kvs-store';
import { readManifest } from '../emulator/platform/manifest';
import { createKvs } from '../emulator/services/kvs/create-kvs';
import { createTestWorld } from '../emulator-tests/service-world';
import { storeContract } from './store-contract';

type Index = string | { name: string; range: string[]; partition: string[] };

const lagMs = 5_000;

storeContract('Forge KVS', async () => {
  const world = createTestWorld();
  const entities = readManifest(join(__dirname, '../..')).entities.map(({ indexes, ...entity }) => ({
    ...entity,
    indexes: (indexes ?? []) as Index[],
  }));
  const kvs = createKvs({ ...world, entities });
  kvs.setQueryLag(lagMs);
  (globalThis as Record<string, unknown>)['__forge_fetch__'] = (
    _meta: unknown,
    path: string,
    init: { body: string },
  ) => kvs.handle(world.acme, path, init.body);
  let written = 0;
  const store = createKvsStore(() => {
    written += 1;
    return `rev${written}`;
  });
  return { store, catchUp: () => world.clock.advance(lagMs) };
});
