/** Forgets everything that was agreed, drafted and shared on a connection. */
import type { Ports } from '../ports/ports';
import { namedContractKeys } from './read-contract';

const pageSize = 25;

/** Safe to repeat. What a listing does not show yet is of no use without the keys. */
export async function forgetContract(ports: Ports, connection: string): Promise<void> {
  const listed = await ports.store.list({ table: 'contract', group: connection, limit: 100 });
  const keys = [...new Set([...namedContractKeys(connection), ...listed.rows.map((row) => row.key)])];
  for (let start = 0; start < keys.length; start += pageSize) {
    const page = keys.slice(start, start + pageSize);
    await ports.store.transact(page.map((key) => ({ op: 'delete', table: 'contract', key })));
  }
}
