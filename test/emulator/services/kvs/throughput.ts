/** How many bytes a second one key, or one value of an index, lets through. */
import type { Clock } from '../../seam';
import { KVS_LIMITS, SECOND } from '../limits';
import { createRateWindow, type RateWindow } from '../rate-window';
import { refusals } from './kvs-refusal';
import type { Table } from './tables';

/** Of one installation. Each call counts and refuses with 429 when the second is full. */
export interface Throughput {
  read(table: Table, key: string, bytes: number): void;
  write(table: Table, key: string, bytes: number): void;
  /** `indexValue` names the index and the partition that a query read. */
  query(table: Table, indexValue: string, bytes: number): void;
}

function take(window: RateWindow, key: string, bytes: number, what: string): void {
  if (!window.fits(key, bytes)) throw refusals.rateLimited(what);
  window.count(key, bytes);
}

export function createThroughput(clock: Clock): Throughput {
  const reads = createRateWindow(clock, KVS_LIMITS.keyReadBytesPerSecond, SECOND);
  const writes = createRateWindow(clock, KVS_LIMITS.keyWriteBytesPerSecond, SECOND);
  const queries = createRateWindow(clock, KVS_LIMITS.indexValueReadBytesPerSecond, SECOND);
  return {
    read: (table, key, bytes) => take(reads, `${table.name} ${key}`, bytes, 'bytes read of one key'),
    write: (table, key, bytes) => take(writes, `${table.name} ${key}`, bytes, 'bytes written to one key'),
    query: (table, value, bytes) =>
      take(queries, `${table.name} ${value}`, bytes, 'bytes of one index value'),
  };
}
