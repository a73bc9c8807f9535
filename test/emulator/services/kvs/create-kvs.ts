/** The key-value store, entity store and secret store of every installation, behind the REST calls `@forge/kvs` makes. */
import type { Installation } from '../../seam';
import type { Kvs, KvsDeps } from '../contracts';
import { ENTITY_LIMITS, KVS_LIMITS, MINUTE, SECOND } from '../limits';
import { createRateWindow, type RateWindow } from '../rate-window';
import { checkTotalBytes, type Locate, named, runBatch, runTransaction } from './batches';
import { checkKey } from './check-values';
import { declareEntity } from './entity';
import { KvsRefusal, refusals } from './kvs-refusal';
import { queryEntity, queryValues } from './queries';
import { prepareWrite, readRow, viewOf, type WriteRequest } from './read-write';
import { parseRequest, requests } from './requests';
import { openTables, type Table, type TableSettings, type Tables } from './tables';
import { createThroughput, type Throughput } from './throughput';

/** What one call did, besides its answer. */
interface Outcome {
  answer?: unknown;
  readBytes?: number;
  writtenBytes?: number;
  /** Bytes by entity, of a transaction. */
  writtenTo?: ReadonlyMap<string, number>;
}

/** One call under way. */
interface Call {
  tables: Tables;
  locate: Locate;
  now: number;
  /** Refuses with 429 when these bytes do not fit into the minute's write units. */
  reserveWrite(bytes: number): void;
  throughput: Throughput;
  conditionsOnAbsentRows: 'fail' | 'evaluate';
}

type Operation = (call: Call, body: unknown) => Outcome;

/** Throws at once when the manifest declares an entity in a way the platform refuses. */
export function createKvs(deps: KvsDeps): Kvs {
  const { clock, persistence, stats, random } = deps;
  if (deps.entities.length > ENTITY_LIMITS.perApp)
    throw new Error(`an app may have ${ENTITY_LIMITS.perApp} entities, not ${deps.entities.length}`);
  const entities = new Map(deps.entities.map((entity) => [entity.name, declareEntity(entity)]));
  const settings: TableSettings = {
    queryLagMs: 0,
    queryLagJitterMs: 0,
    ttlDeletesAfterMs: deps.ttlDeletesAfterMs ?? KVS_LIMITS.ttlDeletesAfterMs,
  };
  const rates = {
    requests: createRateWindow(clock, KVS_LIMITS.requestsPerSecond, SECOND),
    reads: createRateWindow(clock, KVS_LIMITS.readUnitsPerMinute, MINUTE),
    writes: createRateWindow(clock, KVS_LIMITS.writeUnitsPerMinute, MINUTE),
  };
  const opened = new Map<string, { tables: Tables; throughput: Throughput }>();
  const open = (snapshot: unknown) => ({
    tables: openTables({ clock, random, settings }, snapshot),
    throughput: createThroughput(clock),
  });

  function storeOf(installation: Installation): { tables: Tables; throughput: Throughput } {
    const known = opened.get(installation.id);
    if (known !== undefined) return known;
    const store = open(persistence.load(saveName(installation)));
    opened.set(installation.id, store);
    return store;
  }

  function locateIn(tables: Tables): Locate {
    return (entityName) => {
      if (entityName === undefined) return { table: tables.values, entity: undefined };
      const entity = entities.get(entityName);
      if (entity === undefined) throw refusals.schemaNotFound();
      return { table: tables.entity(entityName), entity };
    };
  }

  function run(installation: Installation, path: string, body: unknown): Outcome {
    const operation = OPERATIONS[path];
    if (operation === undefined)
      throw new KvsRefusal(501, 'NOT_EMULATED', `Storage path ${path} is not emulated`);
    if (!rates.requests.fits(installation.id)) throw refusals.rateLimited('requests per second');
    rates.requests.count(installation.id);
    if (!rates.reads.fits(installation.id) && /(get|query)$/.test(path))
      throw refusals.rateLimited('read units per minute');
    const { tables, throughput } = storeOf(installation);
    return operation(
      {
        tables,
        throughput,
        locate: locateIn(tables),
        now: clock.now(),
        reserveWrite: (bytes) => takeWriteUnits(rates.writes, installation.id, bytes),
        conditionsOnAbsentRows: deps.conditionsOnAbsentRows ?? 'evaluate',
      },
      typeof body === 'string' ? parseJson(body) : JSON.parse(JSON.stringify(body ?? null)),
    );
  }

  function count(installation: Installation, path: string, outcome: Outcome): void {
    const site = installation.site.key;
    stats.addTo(site, 'kvsCalls', path.replace('/api/v1/', ''));
    if (outcome.readBytes !== undefined) {
      const bytes = Math.max(outcome.readBytes, KVS_LIMITS.emptyReadBytes);
      rates.reads.count(installation.id, unitsOf(bytes));
      stats.add(site, 'kvsReads');
      stats.add(site, 'kvsReadBytes', bytes);
    }
    if (outcome.writtenBytes !== undefined) {
      stats.add(site, 'kvsWrites');
      stats.add(site, 'kvsWriteBytes', outcome.writtenBytes);
      for (const [entity, bytes] of outcome.writtenTo ?? []) stats.addTo(site, 'kvsWrittenTo', entity, bytes);
      const { tables } = storeOf(installation);
      persistence.save(saveName(installation), () => tables.snapshot());
    }
  }

  return {
    async handle(installation, path, body) {
      try {
        const outcome = run(installation, path, body);
        count(installation, path, outcome);
        if (outcome.answer === undefined) return new Response(null, { status: 204 });
        return Response.json(outcome.answer);
      } catch (error) {
        if (!(error instanceof KvsRefusal)) throw error;
        stats.addTo(installation.site.key, 'kvsRefusals', error.code);
        // Looking for what is not there is a read too.
        if (error.code === 'KEY_NOT_FOUND') count(installation, path, { readBytes: 0 });
        return refusalResponse(error);
      }
    },
    dump: (installation) => storeOf(installation).tables.dump(),
    forget(installation) {
      opened.delete(installation.id);
      const empty = open(undefined);
      opened.set(installation.id, empty);
      persistence.save(saveName(installation), () => empty.tables.snapshot());
    },
    setQueryLag(ms, jitterMs = 0) {
      settings.queryLagMs = ms;
      settings.queryLagJitterMs = jitterMs;
    },
    setTtlDeletion(ms) {
      settings.ttlDeletesAfterMs = ms;
    },
  };
}

function saveName(installation: Installation): string {
  return `kvs-${installation.id}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refusals.invalidRequest('Request body is not JSON');
  }
}

function refusalResponse(refusal: KvsRefusal): Response {
  const headers = refusal.status === 501 ? { 'forge-proxy-error': 'NOT_EMULATED' } : undefined;
  return Response.json(
    { code: refusal.code, message: refusal.message },
    { status: refusal.status, ...(headers === undefined ? {} : { headers }) },
  );
}

function unitsOf(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / KVS_LIMITS.unitBytes));
}

function takeWriteUnits(window: RateWindow, key: string, bytes: number): void {
  const units = unitsOf(bytes);
  if (!window.fits(key, units)) throw refusals.rateLimited('write units per minute');
  window.count(key, units);
}

/** Everything `@forge/kvs` can call. */
const OPERATIONS: Record<string, Operation> = {
  '/api/v1/get': (call, body) => get(call, call.tables.values, parseRequest(requests.get, body)),
  '/api/v1/set': (call, body) =>
    set(call, { ...parseRequest(requests.set, body), table: call.tables.values }),
  '/api/v1/delete': (call, body) => remove(call, call.tables.values, parseRequest(requests.delete, body).key),
  '/api/v1/query': (call, body) =>
    pageOutcome(
      call,
      call.tables.values,
      queryValues(call.tables.values, parseRequest(requests.query, body), call.now),
    ),
  '/api/v1/secret/get': (call, body) => get(call, call.tables.secrets, parseRequest(requests.get, body)),
  '/api/v1/secret/set': (call, body) =>
    set(call, {
      ...parseRequest(requests.set, body),
      table: call.tables.secrets,
      maxBytes: KVS_LIMITS.secretBytes,
    }),
  '/api/v1/secret/delete': (call, body) =>
    remove(call, call.tables.secrets, parseRequest(requests.delete, body).key),
  '/api/v1/entity/get': (call, body) => {
    const request = parseRequest(requests.entityGet, body);
    return get(call, call.locate(request.entityName).table, request);
  },
  '/api/v1/entity/set': (call, body) => {
    const request = parseRequest(requests.entitySet, body);
    return set(call, { ...request, ...call.locate(request.entityName) });
  },
  '/api/v1/entity/delete': (call, body) => {
    const request = parseRequest(requests.entityDelete, body);
    return remove(call, call.locate(request.entityName).table, request.key);
  },
  '/api/v1/entity/query': (call, body) => {
    const request = parseRequest(requests.entityQuery, body);
    const { table, entity } = call.locate(request.entityName);
    if (entity === undefined) throw refusals.schemaNotFound();
    return pageOutcome(call, table, queryEntity(table, entity, request, call.now));
  },
  '/api/v1/batch/get': batchGet,
  '/api/v1/batch/set': batchSet,
  '/api/v1/batch/delete': batchDelete,
  '/api/v1/transaction': (call, body) => {
    const request = parseRequest(requests.transaction, body);
    call.reserveWrite(Buffer.byteLength(JSON.stringify(request)));
    const writtenTo = runTransaction(request, call);
    return { writtenTo, writtenBytes: [...writtenTo.values()].reduce((sum, bytes) => sum + bytes, 0) };
  },
};

function get(
  call: Call,
  table: Table,
  request: {
    key?: unknown;
    options?: { metadataFields?: Parameters<typeof viewOf>[2] | undefined } | undefined;
  },
): Outcome {
  const key = checkKey(request.key);
  const row = readRow(table, key);
  call.throughput.read(table, key, row.bytes);
  return { answer: viewOf(key, row, request.options?.metadataFields), readBytes: row.bytes };
}

function set(
  call: Call,
  request: Omit<WriteRequest, 'key' | 'value' | 'now' | 'throughput'> & { key?: unknown; value?: unknown },
): Outcome {
  const { now, throughput } = call;
  const write = prepareWrite({ ...request, key: request.key, value: request.value, now, throughput });
  call.reserveWrite(write.bytes);
  return { answer: write.commit(), writtenBytes: write.bytes };
}

function remove(call: Call, table: Table, wanted: unknown): Outcome {
  const key = checkKey(wanted);
  readRow(table, key);
  call.reserveWrite(0);
  table.delete(key);
  return { writtenBytes: Buffer.byteLength(key) };
}

function pageOutcome(
  call: Call,
  table: Table,
  { page, bytes, indexValue }: ReturnType<typeof queryValues>,
): Outcome {
  call.throughput.query(table, indexValue, bytes);
  return { answer: page, readBytes: bytes };
}

function batchGet(call: Call, body: unknown): Outcome {
  let readBytes = 0;
  const answer = runBatch('get', parseRequest(requests.batchGet, body), (item) => {
    const key = checkKey(item.key);
    const { table } = call.locate(item.entityName);
    const row = readRow(table, key);
    call.throughput.read(table, key, row.bytes);
    readBytes += row.bytes;
    return viewOf(key, row, item.options?.metadataFields, item.entityName);
  });
  if (readBytes > KVS_LIMITS.batchBytes)
    throw new KvsRefusal(
      400,
      'MAX_SIZE',
      `The batch is ${readBytes} bytes, more than ${KVS_LIMITS.batchBytes}`,
    );
  return { answer, readBytes };
}

function batchSet(call: Call, body: unknown): Outcome {
  const items = parseRequest(requests.batchSet, body);
  checkTotalBytes(items, KVS_LIMITS.batchBytes);
  call.reserveWrite(Buffer.byteLength(JSON.stringify(items)));
  let writtenBytes = 0;
  const answer = runBatch('set', items, (item) => {
    const write = prepareWrite({
      ...item,
      key: item.key,
      value: item.value,
      ...call.locate(item.entityName),
      now: call.now,
      throughput: call.throughput,
    });
    write.commit();
    writtenBytes += write.bytes;
    return named({ key: write.key, entityName: item.entityName });
  });
  return { answer, writtenBytes };
}

function batchDelete(call: Call, body: unknown): Outcome {
  const items = parseRequest(requests.batchDelete, body);
  call.reserveWrite(0);
  let writtenBytes = 0;
  const answer = runBatch('delete', items, (item) => {
    const key = checkKey(item.key);
    // Deleting what is not there is a success, as it is for the SDK's single delete.
    call.locate(item.entityName).table.delete(key);
    writtenBytes += Buffer.byteLength(key);
    return named({ key, entityName: item.entityName });
  });
  return { answer, writtenBytes };
}
