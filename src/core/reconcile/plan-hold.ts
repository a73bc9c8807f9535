/** Decides what values of the partner mean for an issue that cannot be read or written now: the same as ever, but all of it waits. */
import type { ContractField } from '#core/model/contract';
import type { Pair } from '#core/model/pair';
import type { Role } from '#core/model/role';
import { planState } from './plan-state';
import { planUpdate } from './plan-update';
import { settlePair } from './settle-pair';
import type { IncomingUpdate, UpdateDecision } from './update-plan';

export interface HoldQuestion {
  pair: Pair;
  update: IncomingUpdate;
  /** It is a full state that wants ours back. */
  asks: boolean;
  fields: readonly ContractField[];
  bound: ReadonlySet<string>;
  role: Role;
}

/**
 * The partner takes in our open offer whether our issue can be written or not, so both sites go on from what the merge of both
 * offers says. Our issue is taken to hold what it offered. `write` is what waits. Never `askState`: our own state cannot be told.
 */
export function planHold({ pair, update, asks, ...terms }: HoldQuestion): UpdateDecision {
  const settled = settlePair(pair, update.seen);
  const { base: _unchecked, ...unbased } = update;
  const question = {
    ...terms,
    pair: settled,
    update: unbased,
    local: settled.open?.values ?? {},
    localAt: settled.open?.at ?? 0,
  };
  const plan = asks ? planState({ ...question, ask: true }).plan : planUpdate(question);
  if (plan.kind !== 'apply') return plan;
  // A full state starts from nothing; what both issues held stays where it was.
  return { ...plan, pair: { ...plan.pair, base: settled.base, held: settled.held } };
}
