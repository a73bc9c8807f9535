/** The rows of one installation: plain values, secrets and entities, each with an index that may lag behind. */
import { z } from 'zod';
import type { Clock, Random } from '../../seam';
import type { KvsDump } from '../contracts';

export interface Row {
  /** Never handed out as an object: answers are serialised, so nobody can change it. */
  value: unknown;
  /** Bytes of the value's JSON text. */
  bytes: number;
  createdAt: number;
  updatedAt: number;
  expireAt?: number | undefined;
}

export interface Table {
  /** `values`, `secrets` or the entity's name after a colon: tells keys of different tables apart. */
  readonly name: string;
  /** Strictly consistent. */
  get(key: string): Row | undefined;
  set(key: string, row: Row): void;
  delete(key: string): void;
  /** Rows as queries see them, sorted by key. */
  indexed(): [string, Row][];
  /** Rows as `get` sees them. */
  entries(): [string, Row][];
}

/** Settings shared by all tables, changeable while they run. */
export interface TableSettings {
  queryLagMs: number;
  /** Up to so much more, drawn for each write: queries then see writes of different keys in another order. */
  queryLagJitterMs: number;
  ttlDeletesAfterMs: number;
}

/** What opening needs besides the rows. */
export interface TableWorld {
  clock: Clock;
  random: Random;
  settings: TableSettings;
}

/** Writes not yet visible to queries are looked through when there are so many, though nobody queried. */
const CATCH_UP_ABOVE = 1000;

function createTable(name: string, world: TableWorld, initial: [string, Row][]): Table {
  const { clock, random, settings } = world;
  const current = new Map(initial);
  const visible = new Map(initial);
  let behind: { key: string; row: Row | undefined; visibleAt: number }[] = [];

  const gone = (row: Row): boolean =>
    row.expireAt !== undefined && row.expireAt + settings.ttlDeletesAfterMs <= clock.now();

  function note(key: string, row: Row | undefined): void {
    const jitterMs = settings.queryLagJitterMs > 0 ? Math.floor(random() * settings.queryLagJitterMs) : 0;
    behind.push({ key, row, visibleAt: clock.now() + settings.queryLagMs + jitterMs });
    if (behind.length > CATCH_UP_ABOVE) catchUp();
  }

  function catchUp(): void {
    // A later write of a key must not be overtaken by an earlier one: keys that wait hold their later writes back.
    const waiting = new Set<string>();
    behind = behind.filter(({ key, row, visibleAt }) => {
      if (visibleAt > clock.now() || waiting.has(key)) {
        waiting.add(key);
        return true;
      }
      if (row === undefined) visible.delete(key);
      else visible.set(key, row);
      return false;
    });
  }

  const alive = (rows: Iterable<[string, Row]>): [string, Row][] =>
    [...rows].filter(([, row]) => !gone(row)).sort(([a], [b]) => (a < b ? -1 : 1));

  return {
    name,
    get(key) {
      const row = current.get(key);
      return row === undefined || gone(row) ? undefined : row;
    },
    set(key, row) {
      current.set(key, row);
      note(key, row);
    },
    delete(key) {
      current.delete(key);
      note(key, undefined);
    },
    indexed() {
      catchUp();
      return alive(visible);
    },
    entries: () => alive(current),
  };
}

const rowSchema = z.object({
  value: z.unknown(),
  bytes: z.number(),
  createdAt: z.number(),
  updatedAt: z.number(),
  expireAt: z.number().optional(),
});
const rowsSchema = z.array(z.tuple([z.string(), rowSchema]));
const snapshotSchema = z.object({
  values: rowsSchema,
  secrets: rowsSchema,
  entities: z.record(z.string(), rowsSchema),
});

export interface Tables {
  readonly values: Table;
  readonly secrets: Table;
  /** The caller has checked that the entity is declared. */
  entity(name: string): Table;
  snapshot(): unknown;
  dump(): KvsDump;
}

/** Opens an installation's rows from a snapshot; `undefined` means an installation without any. */
export function openTables(world: TableWorld, snapshot: unknown): Tables {
  const saved =
    snapshot === undefined ? { values: [], secrets: [], entities: {} } : snapshotSchema.parse(snapshot);
  const values = createTable('values', world, saved.values);
  const secrets = createTable('secrets', world, saved.secrets);
  const entities = new Map<string, Table>();
  for (const [name, rows] of Object.entries(saved.entities))
    entities.set(name, createTable(`:${name}`, world, rows));

  const plain = (table: Table): Record<string, unknown> =>
    Object.fromEntries(table.entries().map(([key, row]) => [key, structuredClone(row.value)]));

  return {
    values,
    secrets,
    entity(name) {
      const known = entities.get(name);
      if (known !== undefined) return known;
      const fresh = createTable(`:${name}`, world, []);
      entities.set(name, fresh);
      return fresh;
    },
    snapshot: () => ({
      values: values.entries(),
      secrets: secrets.entries(),
      entities: Object.fromEntries([...entities].map(([name, table]) => [name, table.entries()])),
    }),
    dump: () => ({
      values: plain(values),
      secrets: plain(secrets),
      entities: Object.fromEntries([...entities].map(([name, table]) => [name, plain(table)])),
    }),
  };
}
