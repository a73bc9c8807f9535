/**
 * Patched rows: a large row of which little changes at a time is written whole once; from then on a second, small row says what it
 * is now, packed against the whole one. Writing costs twenty times more than reading.
 *
 * The patch carries the revision as soon as there is one, so every condition is about the patch: absent, or unchanged. It is
 * removed only together with the whole row, and as long as it is there, the whole row is written again only together with it. So
 * two rows that fit (`o`: revision of the whole row) are one state, although they are read one after the other.
 */
import { kvs } from '@forge/kvs';
import { z } from 'zod';
import type { Condition, Row, StoreOperation, Table } from '#engine/ports/store';
import {
  entityNames,
  type KvsOperation,
  physicalKey,
  placeOf,
  type Stored,
  shortened,
  storedSchema,
} from './kvs-tables';
import { packJson, unpackJson } from './packing/pack-body';

const patchEntity = 'pair-patch';
const patchPrefix = 'P:';
/** Reads of two rows that do not fit, before the patch counts as one of a row that is gone. */
const mostReads = 4;
/** A patch that is longer than this part of the whole row is not worth it any more. */
const longestPart = 0.6;
/** Keys of a batch (Forge KVS). */
const batchKeys = 25;

/** `v`: revision, `o`: revision of the whole row, `b`: packed against it; absent where the whole row says all. */
const patchSchema = z.object({ v: z.string(), o: z.string(), b: z.string().optional() });
type Patch = z.infer<typeof patchSchema>;

/** What is known of a row. `rev`: of the row as the Store port sees it; undefined where there is none. */
interface State {
  rev?: string;
  whole?: { rev: string; text: string; length: number; place: string };
  patchRev?: string;
}

/** What an operation comes to. `conflict`: its condition does not hold. */
export interface Planned {
  operations: KvsOperation[];
  /**
   * Better, with one operation more: the whole row is written again, and later patches are short; or the first patch makes
   * sure that the row is still there, so that nothing is left behind of one that is dropped at this very moment.
   */
  better?: { operations: KvsOperation[]; after: State };
  /** What is known of `key` once it is done. */
  key: string;
  after: State;
}

export function isPatched(table: Table): boolean {
  return table === 'pair';
}

/** Knows the rows which one invocation read and wrote. */
export class PatchedRows {
  private readonly makeRev: () => string;
  private readonly states = new Map<string, State>();

  constructor(makeRev: () => string) {
    this.makeRev = makeRev;
  }

  async get(table: Table, key: string): Promise<Row | undefined> {
    const { row } = await this.read(table, key);
    return row;
  }

  /** Rows of a listing, which shows whole rows only, as they are now. */
  async complete(table: Table, listed: readonly { key: string; stored: Stored }[]): Promise<Row[]> {
    const patches = new Map<string, Patch>();
    for (let start = 0; start < listed.length; start += batchKeys) {
      const items = listed
        .slice(start, start + batchKeys)
        .map(({ key }) => ({ key: patchKey(key), entityName: patchEntity }));
      const { successfulKeys } = await kvs.batchGet<Patch>(items);
      for (const { key, value } of successfulKeys) patches.set(key, patchSchema.parse(value));
    }
    const rows = await Promise.all(
      listed.map(({ key, stored }) => {
        const patch = patches.get(patchKey(key));
        // Listings lag behind: what does not fit is read again.
        return patch === undefined || patch.o === stored.v
          ? toRow(key, stored, patch).row
          : this.get(table, key);
      }),
    );
    return rows.flatMap((row) => (row === undefined ? [] : [row]));
  }

  async plan(operation: StoreOperation): Promise<Planned | 'conflict'> {
    const { table, key } = operation;
    let state = this.states.get(key) ?? (await this.read(table, key)).state;
    if (!holds(operation.if, state)) state = (await this.read(table, key)).state;
    if (!holds(operation.if, state)) return 'conflict';
    switch (operation.op) {
      case 'set':
        return this.planSet(operation, state);
      case 'delete':
        return { key, after: {}, operations: planDelete(operation, state) };
      case 'check':
        return { key, after: state, operations: planCheck(operation, state) };
    }
  }

  /** After a transaction: `planned` is done, or nothing is known any more. */
  note(planned: readonly Planned[], isDone: boolean): void {
    for (const { key, after } of planned) {
      if (isDone) this.states.set(key, after);
      else this.states.delete(key);
    }
  }

  private async read(table: Table, key: string): Promise<{ row?: Row; state: State }> {
    for (let reads = 1; ; reads += 1) {
      // In this order: a row without a patch is as it was written whole, unless it was deleted before the second reading.
      const patch = parsed(patchSchema, await kvs.entity(patchEntity).get(patchKey(key)));
      const whole = parsed(storedSchema, await kvs.entity(entityNames[table]).get(physicalKey(table, key)));
      const isFit = whole === undefined || patch === undefined || patch.o === whole.v;
      if (!isFit && reads < mostReads) continue;
      const found = whole === undefined ? { state: {} } : toRow(key, whole, isFit ? patch : undefined);
      const state = patch === undefined ? found.state : { ...found.state, patchRev: patch.v };
      this.states.set(key, state);
      return { ...found, state };
    }
  }

  private planSet(operation: Operation<'set'>, state: State): Planned {
    const { key } = operation;
    const rev = operation.newRev ?? this.makeRev();
    const text = JSON.stringify(operation.body);
    const written = this.planWhole(operation, text, state.whole === undefined ? rev : this.makeRev());
    if (state.whole === undefined) {
      return {
        key,
        after: { rev, whole: written.whole },
        operations: [written.first, ...dropPatch(key, state)],
      };
    }
    const same = carrier(state);
    const { whole } = state;
    const b = packJson(text, whole.text);
    const patch = (value: Patch): KvsOperation => ({ ...patchRow(key), op: 'set', value, if: same });
    const after = { rev, whole, patchRev: rev };
    const operations = [patch({ v: rev, o: whole.rev, b })];
    const isWorth = b.length <= written.whole.length * longestPart && whole.place === written.whole.place;
    if (state.patchRev !== undefined) {
      const renewed = {
        operations: [written.again, patch({ v: rev, o: written.whole.rev })],
        after: { ...after, whole: written.whole },
      };
      return { key, after, operations, ...(isWorth ? {} : { better: renewed }) };
    }
    const there = { rev: whole.rev };
    if (isWorth) {
      const check: KvsOperation = { ...wholeRow(operation.table, key), op: 'check', if: there };
      return { key, after, operations, better: { operations: [...operations, check], after } };
    }
    // Still without a patch: its own revision is the row's.
    const again = this.planWhole(operation, text, rev);
    const better = {
      operations: [{ ...again.again, if: there }, planNoPatch(key)],
      after: { rev, whole: again.whole },
    };
    return { key, after, operations, better };
  }

  private planWhole({ table, key, group, rank }: Operation<'set'>, text: string, rev: string) {
    const b = packJson(text);
    const value: Stored = { ...placeOf(table, group, rank), v: rev, b };
    const again = { ...wholeRow(table, key), op: 'set', value } as const;
    return {
      whole: { rev, text, length: b.length, place: JSON.stringify(placeOf(table, group, rank)) },
      again,
      first: { ...again, if: { absent: true } as const },
    };
  }
}

function parsed<T>(schema: z.ZodType<T>, value: unknown): T | undefined {
  return value === undefined ? undefined : schema.parse(value);
}

function toRow(key: string, stored: Stored, patch: Patch | undefined): { row: Row; state: State } {
  const { g, r, v, b } = stored;
  const packed = z.string().parse(b);
  const text = unpackJson(packed);
  const whole = { rev: v, text, length: packed.length, place: JSON.stringify({ g, r }) };
  const rev = patch?.v ?? v;
  const now = patch?.b === undefined ? text : unpackJson(patch.b, text);
  const state = { rev, whole, ...(patch === undefined ? {} : { patchRev: patch.v }) };
  return { row: { key, rev, body: JSON.parse(now) }, state };
}

function holds(condition: Condition | undefined, { rev }: State): boolean {
  if (condition === undefined) return true;
  return 'absent' in condition ? rev === undefined : rev === condition.rev;
}

/** Says that nobody wrote the row since. */
function carrier({ patchRev }: State): Condition {
  return patchRev === undefined ? { absent: true } : { rev: patchRev };
}

function planDelete({ table, key, if: condition }: Operation<'delete'>, state: State): KvsOperation[] {
  const whole = { ...wholeRow(table, key), op: 'delete' } as const;
  if (condition === undefined) return [whole, ...dropPatch(key, state)];
  const { rev } = state.whole ?? {};
  const guarded = { ...whole, if: rev === undefined ? ({ absent: true } as const) : { rev } };
  const drop = dropPatch(key, state);
  return [guarded, ...(drop.length > 0 ? drop : [planNoPatch(key)])];
}

function planCheck({ table, key }: Operation<'check'>, state: State): KvsOperation[] {
  const whole = { ...wholeRow(table, key), op: 'check' } as const;
  if (state.whole === undefined) return [{ ...whole, if: { absent: true } }];
  if (state.patchRev === undefined) return [{ ...whole, if: { rev: state.whole.rev } }, planNoPatch(key)];
  return [{ ...patchRow(key), op: 'check', if: { rev: state.patchRev } }];
}

/** Also one which belongs to a row that is gone. */
function dropPatch(key: string, state: State): KvsOperation[] {
  return state.patchRev === undefined
    ? []
    : [{ ...patchRow(key), op: 'delete', if: { rev: state.patchRev } }];
}

function planNoPatch(key: string): KvsOperation {
  return { ...patchRow(key), op: 'check', if: { absent: true } };
}

function wholeRow(table: Table, key: string): { entityName: string; key: string } {
  return { entityName: entityNames[table], key: physicalKey(table, key) };
}

function patchRow(key: string): { entityName: string; key: string } {
  return { entityName: patchEntity, key: patchKey(key) };
}

function patchKey(key: string): string {
  return `${patchPrefix}${shortened('pair', key)}`;
}

type Operation<Op extends StoreOperation['op']> = Extract<StoreOperation, { op: Op }>;
