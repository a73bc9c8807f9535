/** Reads and changes connection rows; the only writer of them, so that the registry row stays in step. */
import { logFacts } from './audit/admin-log';
import type { Ports } from './ports/ports';
import { ownPart, type Row, type StoreOperation } from './ports/store';
import { type Connection, connectionSchema } from './rows/connection';
import { paddedRank, rowKeys } from './rows/keys';
import { type Registry, type RegistryEntry, registryEntry, registrySchema } from './rows/registry';

/** Tries before a bug is suspected: each lost try means that somebody else's write went through. */
const mostTries = 20;
const group = 'all';

/** The row, or undefined when there is none (strictly consistent). */
export async function readConnection(ports: Ports, id: string): Promise<Connection | undefined> {
  const row = await ports.store.get('connection', rowKeys.connection(id));
  return row === undefined ? undefined : connectionSchema.parse(row.body);
}

/** All connections, in the order in which they were made; strictly consistent. */
export async function listConnections(ports: Ports): Promise<Connection[]> {
  const { registry } = await readRegistry(ports);
  const rows = await Promise.all(registry.connections.map((entry) => readConnection(ports, entry.id)));
  return rows.filter((row) => row !== undefined);
}

/** `exists`: a connection of this id, or of one that begins alike, is here already; nothing was written. */
export async function createConnectionRow(ports: Ports, connection: Connection): Promise<'done' | 'exists'> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    if ((await readConnection(ports, connection.id)) !== undefined) return 'exists';
    const { row, registry } = await readRegistry(ports);
    const own = connection.id.slice(0, ownPart);
    // A partner chooses the id: rows of two connections must never lie under one key.
    if (registry.connections.some(({ id }) => id.startsWith(own))) return 'exists';
    const logged = logFacts(ports, undefined, connection);
    const written = await ports.store.transact([
      setConnection(logged.row, { absent: true }),
      setRegistry(row, [...registry.connections, registryEntry(connection)]),
      ...logged.rows,
    ]);
    if (written === 'done') return 'done';
  }
  throw new Error(`Connection ${connection.id}: creating its row lost ${mostTries} races.`);
}

/**
 * Reads, lets `change` decide, writes under the condition that nobody wrote meanwhile, and tries again if somebody did.
 * `change` may run several times and must have no effects; it answers undefined to leave the row as it is. Answers the
 * row as it is afterwards, or undefined when there is none. `also`: written in the same transaction.
 */
export async function updateConnection(
  ports: Ports,
  id: string,
  change: (row: Connection) => Connection | undefined,
  also: (row: Connection) => StoreOperation[] = () => [],
): Promise<Connection | undefined> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const row = await ports.store.get('connection', rowKeys.connection(id));
    if (row === undefined) return undefined;
    const before = connectionSchema.parse(row.body);
    const changed = change(before);
    if (changed === undefined) return before;
    const logged = logFacts(ports, before, changed);
    const after = connectionSchema.parse({ ...logged.row, updatedAt: ports.clock.now() });
    const operations = [setConnection(after, { rev: row.rev }), ...also(after), ...logged.rows];
    if (!sameEntry(registryEntry(before), registryEntry(after))) {
      operations.push(await changeRegistry(ports, registryEntry(after)));
    }
    if ((await ports.store.transact(operations)) === 'done') return after;
  }
  throw new Error(`Connection ${id}: changing its row lost ${mostTries} races.`);
}

/** Takes the row out for good; a missing one is no error. */
export async function removeConnection(ports: Ports, id: string): Promise<void> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const { row, registry } = await readRegistry(ports);
    const rest = registry.connections.filter((entry) => entry.id !== id);
    const written = await ports.store.transact([
      { op: 'delete', table: 'connection', key: rowKeys.connection(id) },
      setRegistry(row, rest),
    ]);
    if (written === 'done') return;
  }
  throw new Error(`Connection ${id}: removing its row lost ${mostTries} races.`);
}

async function readRegistry(ports: Ports): Promise<{ row: Row | undefined; registry: Registry }> {
  const row = await ports.store.get('registry', rowKeys.connectionList);
  return { row, registry: row === undefined ? { connections: [] } : registrySchema.parse(row.body) };
}

async function changeRegistry(ports: Ports, changed: RegistryEntry): Promise<StoreOperation> {
  const { row, registry } = await readRegistry(ports);
  const connections = registry.connections.map((entry) => (entry.id === changed.id ? changed : entry));
  return setRegistry(row, connections);
}

function setRegistry(row: Row | undefined, connections: RegistryEntry[]): StoreOperation {
  return {
    op: 'set',
    table: 'registry',
    key: rowKeys.connectionList,
    body: { connections },
    group,
    rank: rowKeys.connectionList,
    if: row === undefined ? { absent: true } : { rev: row.rev },
  };
}

function setConnection(body: Connection, condition: { absent: true } | { rev: string }): StoreOperation {
  return {
    op: 'set',
    table: 'connection',
    key: rowKeys.connection(body.id),
    body,
    group,
    rank: paddedRank(body.createdAt),
    if: condition,
  };
}

function sameEntry(one: RegistryEntry, other: RegistryEntry): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
