/** Queries: plain ones by key prefix, and those over an entity's index. Both read the (possibly lagging) index. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { KVS_LIMITS } from '../limits';
import { checkLimit } from './check-values';
import { checkArity, compileFilters, meets } from './conditions';
import type { Entity, EntityIndex } from './entity';
import { KvsRefusal, refusals } from './kvs-refusal';
import { type RowView, viewOf } from './read-write';
import type { EntityQueryRequest, QueryRequest } from './requests';
import type { Row, Table } from './tables';

export interface Page {
  data: RowView[];
  cursor?: string;
}

/** A page and the bytes that were read to make it, rows filtered away included. */
export interface PageRead {
  page: Page;
  bytes: number;
  /** What was read, for the limit of one index value. */
  indexValue: string;
}

type Position = { rank: string | number | boolean; key: string };

/** Plain query: the only condition is `key BEGINS_WITH`. */
export function queryValues(table: Table, request: QueryRequest, now: number): PageRead {
  const limit = checkLimit(request.limit, 'LIST_QUERY_LIMIT_EXCEEDED');
  const prefix = prefixOf(request);
  const rows = table
    .indexed()
    .filter(([key]) => key.startsWith(prefix))
    .map(([key, row]) => ({ key, row, rank: '' }));
  return pageOf(rows, {
    limit,
    cursor: request.after,
    fields: request.options?.metadataFields,
    now,
    about: `prefix ${prefix}`,
    indexValue: prefix,
  });
}

function prefixOf(request: QueryRequest): string {
  const where = request.where ?? [];
  if (where.length > 1)
    throw new KvsRefusal(400, 'QUERY_WHERE_INVALID', 'A query may have a single "where" clause only');
  const clause = where[0];
  if (clause === undefined) return '';
  if (clause.property !== 'key')
    throw new KvsRefusal(
      400,
      'QUERY_WHERE_FIELD_INVALID',
      `"${clause.property}" cannot be queried; only "key" can`,
    );
  if (clause.condition !== 'BEGINS_WITH')
    throw new KvsRefusal(
      400,
      'INVALID_FILTER_CONDITION',
      `The condition ${clause.condition} is not supported`,
    );
  const [prefix] = clause.values;
  if (clause.values.length !== 1 || typeof prefix !== 'string')
    throw new KvsRefusal(400, 'INVALID_FILTER_VALUES', 'BEGINS_WITH needs exactly one string');
  return prefix;
}

/**
 * Entity query. The page is cut from the index first and filtered afterwards, so a page may be short or empty and still
 * have a cursor; a page that is exactly full always has one.
 */
export function queryEntity(
  table: Table,
  entity: Entity,
  request: EntityQueryRequest,
  now: number,
): PageRead {
  const limit = checkLimit(request.limit, 'COMPLEX_QUERY_PAGE_LIMIT_NOT_IN_RANGE');
  const index = entity.index(request.indexName);
  const inPartition = partitionOf(index, entity, request.partition ?? []);
  const inRange = rangeOf(index, entity, request.range);
  const wanted = request.filters === undefined ? undefined : compileFilters(request.filters, entity);
  const direction = request.sort === 'DESC' ? -1 : 1;
  const rows: Ranked[] = [];
  for (const [key, row] of table.indexed()) {
    const value = row.value as Record<string, unknown>;
    const rank = index.range === undefined ? key : value[index.range];
    // Rows without the index's attributes are not in it.
    if (rank === undefined || rank === null || !inPartition(value) || !inRange(rank)) continue;
    rows.push({ key, row, rank: rank as Position['rank'] });
  }
  rows.sort((a, b) => comparePositions(a, b) * direction);
  return pageOf(rows, {
    limit,
    cursor: request.cursor,
    fields: request.options?.metadataFields,
    wanted,
    direction,
    now,
    about: JSON.stringify([index.name, request.partition, request.range, request.filters, direction]),
    indexValue: JSON.stringify([index.name, request.partition]),
  });
}

function partitionOf(
  index: EntityIndex,
  entity: Entity,
  partition: readonly unknown[],
): (value: Record<string, unknown>) => boolean {
  if (partition.length !== index.partition.length)
    throw refusals.invalidRequest(
      `Index "${index.name}" has ${index.partition.length} partition attributes, the query names ${partition.length}`,
    );
  for (const [at, attribute] of index.partition.entries()) entity.checkType(attribute, partition[at]);
  return (value) => index.partition.every((attribute, at) => value[attribute] === partition[at]);
}

const RANGE_CONDITIONS = new Set([
  'BEGINS_WITH',
  'BETWEEN',
  'EQUAL_TO',
  'GREATER_THAN',
  'GREATER_THAN_EQUAL_TO',
  'LESS_THAN',
  'LESS_THAN_EQUAL_TO',
]);

function rangeOf(
  index: EntityIndex,
  entity: Entity,
  range: EntityQueryRequest['range'],
): (rank: unknown) => boolean {
  if (range === undefined) return () => true;
  if (!RANGE_CONDITIONS.has(range.condition))
    throw new KvsRefusal(400, 'INVALID_FILTER_CONDITION', `${range.condition} cannot be used in "where"`);
  checkArity(range.condition, range.values);
  for (const value of range.values) {
    if (index.range !== undefined) entity.checkType(index.range, value);
    else if (typeof value !== 'string') throw refusals.wrongType('key', 'string');
    if (typeof value === 'string' && Buffer.byteLength(value) > KVS_LIMITS.rangeValueBytes)
      throw refusals.invalidRequest('A range value is too long');
  }
  return (rank) => meets(range.condition, range.values, rank);
}

interface Ranked extends Position {
  row: Row;
}

interface PageOptions {
  limit: number;
  cursor?: string | undefined;
  fields?: Parameters<typeof viewOf>[2] | undefined;
  wanted?: ((value: unknown) => boolean) | undefined;
  direction?: number;
  now: number;
  /** The query without its page: a cursor continues the query that gave it. */
  about: string;
  indexValue: string;
}

function pageOf(rows: readonly Ranked[], options: PageOptions): PageRead {
  const { limit, cursor, fields, wanted, direction = 1, now, about, indexValue } = options;
  const after = cursor === undefined ? undefined : readCursor(cursor, about, now);
  const rest =
    after === undefined ? rows : rows.filter((row) => comparePositions(row, after) * direction > 0);
  const read = rest.slice(0, limit);
  const last = read.length === limit ? read.at(-1) : undefined;
  const data = read
    .filter(({ row }) => wanted === undefined || wanted(row.value))
    .map(({ key, row }) => viewOf(key, row, fields));
  return {
    page: { data, ...(last === undefined ? {} : { cursor: writeCursor(last, about, now) }) },
    bytes: read.reduce((sum, { row }) => sum + row.bytes, 0),
    indexValue,
  };
}

function comparePositions(a: Position, b: Position): number {
  if (a.rank !== b.rank) return a.rank < b.rank ? -1 : 1;
  return a.key === b.key ? 0 : a.key < b.key ? -1 : 1;
}

const cursorSchema = z.tuple([
  z.union([z.string(), z.number(), z.boolean()]),
  z.string(),
  z.number(),
  z.string(),
]);

const digest = (about: string): string => createHash('sha256').update(about).digest('base64url').slice(0, 12);

function writeCursor({ rank, key }: Position, about: string, now: number): string {
  return Buffer.from(JSON.stringify([rank, key, now, digest(about)])).toString('base64url');
}

function readCursor(cursor: string, about: string, now: number): Position {
  const parsed = cursorSchema.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString()));
  if (!parsed.success) throw refusals.invalidRequest('The cursor is not valid');
  const [rank, key, madeAt, made] = parsed.data;
  if (made !== digest(about)) throw refusals.invalidRequest('The cursor belongs to another query');
  if (now - madeAt > KVS_LIMITS.cursorLivesMs)
    throw refusals.invalidRequest('The cursor has expired: cursors must not be kept');
  return { rank, key };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
