/** Reading and writing single rows, shared by plain values, secrets, entities, batches and transactions. */
import { checkKey, checkValue, expiryOf } from './check-values';
import type { Entity } from './entity';
import { refusals } from './kvs-refusal';
import type { MetadataField, SetOptions } from './requests';
import type { Row, Table } from './tables';
import type { Throughput } from './throughput';

/** A row on its way out: only the metadata that was asked for. */
export interface RowView {
  key: string;
  entityName?: string;
  value: unknown;
  createdAt?: number;
  updatedAt?: number;
  expireTime?: string;
}

export function viewOf(
  key: string,
  row: Row,
  fields: readonly MetadataField[] = [],
  entityName?: string,
): RowView {
  return {
    key,
    ...(entityName === undefined ? {} : { entityName }),
    value: row.value,
    ...(fields.includes('CREATED_AT') ? { createdAt: row.createdAt } : {}),
    ...(fields.includes('UPDATED_AT') ? { updatedAt: row.updatedAt } : {}),
    ...(fields.includes('EXPIRE_TIME') && row.expireAt !== undefined
      ? { expireTime: new Date(row.expireAt).toISOString() }
      : {}),
  };
}

/** The row of a key, or KEY_NOT_FOUND. */
export function readRow(table: Table, key: string): Row {
  const row = table.get(key);
  if (row === undefined) throw refusals.keyNotFound();
  return row;
}

/** A checked write that has not happened yet. */
export interface PreparedWrite {
  key: string;
  bytes: number;
  commit(): RowView | undefined;
}

export interface WriteRequest {
  table: Table;
  key: unknown;
  value: unknown;
  options?: SetOptions | undefined;
  entity?: Entity | undefined;
  maxBytes?: number;
  now: number;
  throughput: Throughput;
}

/** Checks a write wholly; `commit` then cannot fail. Order of checks: key, value, type, lifetime, policy, throughput. */
export function prepareWrite(request: WriteRequest): PreparedWrite {
  const { table, value, options, now } = request;
  const key = checkKey(request.key);
  const bytes = checkValue(value, request.maxBytes);
  request.entity?.checkValue(value);
  const expireAt = expiryOf(options?.ttl, now);
  const previous = table.get(key);
  if (options?.returnValue !== undefined && options.keyPolicy !== 'OVERRIDE')
    throw refusals.invalidRequest('returnValue needs keyPolicy OVERRIDE');
  // An expired row that is not deleted yet is still a row.
  if (options?.keyPolicy === 'FAIL_IF_EXISTS' && previous !== undefined) throw refusals.keyConflict();
  request.throughput.write(table, key, bytes);
  const row: Row = { value, bytes, createdAt: previous?.createdAt ?? now, updatedAt: now, expireAt };
  return {
    key,
    bytes: bytes + Buffer.byteLength(key),
    commit() {
      table.set(key, row);
      const shown = options?.returnValue === 'LATEST' ? row : previous;
      if (options?.returnValue === undefined || shown === undefined) return undefined;
      return viewOf(key, shown, options.returnMetadataFields);
    },
  };
}
