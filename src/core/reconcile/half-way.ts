/** A way through the workflow that a stopped worker left half-way: where the issue stands then is nobody's edit. */
import type { Pair } from '#core/model/pair';
import type { SlotValues } from '#core/model/value';

/** What our issue says, and what it holds in slots where that is another one. */
export interface HalfWay {
  said: SlotValues;
  stands: SlotValues;
}

/** `values`: as read; `statusId`: local. Half-way our issue still says what it said where the way began. */
export function beforeWalk({ walk }: Pair, statusId: string, values: SlotValues): HalfWay {
  if (walk === undefined || !walk.via.includes(statusId)) return { said: values, stands: {} };
  const { [walk.slot]: stands, ...rest } = values;
  if (stands === undefined) return { said: values, stands: {} };
  const said = walk.from === undefined ? rest : { ...rest, [walk.slot]: walk.from };
  return { said, stands: { [walk.slot]: stands } };
}

/** Before a step that does not arrive. */
export function withStep(
  pair: Pair,
  step: Pick<NonNullable<Pair['walk']>, 'slot' | 'from'>,
  to: string,
): Pair {
  const { slot, from } = pair.walk ?? step;
  const via = [...new Set([...(pair.walk?.via ?? []), to])];
  return { ...pair, walk: { slot, via, ...(from === undefined ? {} : { from }) } };
}

/** The issue stands where it is to stand, or where a person has to look after it. */
export function withoutWalk(pair: Pair, slots: SlotValues): Pair {
  if (pair.walk === undefined || slots[pair.walk.slot] === undefined) return pair;
  const { walk: _ended, ...rest } = pair;
  return rest;
}
