import { newConnection } from '#engine/handshake/new-connection';
import type { Connection } from '#engine/rows/connection';
import { registrySchema } from '#engine/rows/registry';
import {
  createConnectionRow,
  listConnections,
  readConnection,
  removeConnection,
  updateConnection,
} from '#engine/update-connection';
import { connectWorld, rowsOf, type TestSite } from '../../support/connect-world';

const invitation = { sentAt: 1, expiresAt: 2, via: 'code' as const, failures: 0, burned: false };

function makeRow(id: string): {
  ports: ReturnType<ReturnType<typeof connectWorld>['site']>;
  row: Connection;
} {
  const site = connectWorld().site('acme');
  const partner = { siteUrl: 'https://globex.atlassian.net' };
  const facts = { id, name: id, description: '', createdBy: 'ada', partner, invitation };
  return { ports: site, row: newConnection(site.ports, { ...facts, role: 'primary' }) };
}

function bodyOf(site: TestSite, name: string): unknown {
  return rowsOf(site).find((row) => row.name === name)?.body;
}

describe('updateConnection', () => {
  test('the registry says what the row says, in the same transaction', async () => {
    const { ports: site, row } = makeRow('one');
    expect(await createConnectionRow(site.ports, row)).toBe('done');
    expect(await createConnectionRow(site.ports, row)).toBe('exists');
    const binding = { mapping: 'm', projectId: '10', types: [{ slot: 't', typeId: '1' }], fields: [] };
    await updateConnection(site.ports, 'one', (current) => ({
      ...current,
      phase: 'joined',
      agreedRevision: 1,
      bindings: [binding],
      run: { here: 'started', there: 'started', since: 5, startedAt: 5 },
    }));
    const registry = registrySchema.parse(bodyOf(site, 'registry/connections'));
    expect(registry.connections).toEqual([
      { id: 'one', phase: 'joined', running: true, everStarted: true, projectIds: ['10'] },
    ]);
    await updateConnection(site.ports, 'one', (current) => ({
      ...current,
      brake: { reason: 'broken', at: 6, text: 'x' },
    }));
    const braked = registrySchema.parse(bodyOf(site, 'registry/connections'));
    expect(braked.connections[0]?.running).toBe(false);
    await removeConnection(site.ports, 'one');
    expect(await listConnections(site.ports)).toEqual([]);
    expect(await readConnection(site.ports, 'one')).toBeUndefined();
  });

  test('fifty changes at once: none is lost', async () => {
    const { ports: site, row } = makeRow('one');
    await createConnectionRow(site.ports, row);
    const change = () =>
      updateConnection(site.ports, 'one', (current) => ({
        ...current,
        latestRevision: current.latestRevision + 1,
      }));
    for (let batch = 0; batch < 5; batch += 1) await Promise.all(Array.from({ length: 10 }, change));
    expect((await readConnection(site.ports, 'one'))?.latestRevision).toBe(50);
  });

  test('leaving the row as it is writes nothing; a missing row is no error', async () => {
    const { ports: site, row } = makeRow('one');
    await createConnectionRow(site.ports, row);
    const before = site.store.written.transactions;
    const { audit: _log, ...rest } = (await updateConnection(site.ports, 'one', () => undefined)) ?? {};
    expect(rest).toEqual(row);
    expect(site.store.written.transactions).toBe(before);
    expect(await updateConnection(site.ports, 'two', (current) => current)).toBeUndefined();
  });
});
