/** The question that an update of the partner puts, and the decisions that answer it: data only. */
import type { PastValues } from '#core/mapping/slot-history';
import type { ContractField } from '#core/model/contract';
import type { Pair } from '#core/model/pair';
import type { Role } from '#core/model/role';
import type { FieldValue, SlotValues } from '#core/model/value';
import type { SlotChanges, Told } from './conflicts';
import type { RecalledPast } from './recalled-base';

export interface IncomingUpdate {
  /** Partner's sequence that carries it. */
  seq: number;
  values: SlotValues;
  /** Highest of our sequences which the partner had applied to this pair when it made the update. */
  seen: number;
  /** `agreedHash` over there; left out to skip the check (an answer with full state). */
  base?: string;
  /** Time of the change, milliseconds since the epoch; `times`: of single slots, where it is another. */
  at: number;
  times?: Readonly<Record<string, number>> | undefined;
  /** Slots whose value is a person's answer to a conflict. */
  resolves?: readonly string[] | undefined;
}

export interface UpdateQuestion {
  pair: Pair;
  update: IncomingUpdate;
  /** Our issue as just read, in contract vocabulary, and when Jira says it was last changed. */
  local: SlotValues;
  /** What it holds in slots where that is another one (`beforeWalk`). */
  stands?: SlotValues | undefined;
  localAt: number;
  /** The same of single slots, as far as known. */
  changes?: SlotChanges | undefined;
  past?: PastValues | undefined;
  /** Absent while nobody forgot anything. */
  recalled?: RecalledPast | undefined;
  /** True of slots whose value in `local` is known to be a person's own word. */
  isByPerson?: ((slot: string) => boolean) | undefined;
  fields: readonly ContractField[];
  /** Slots that have a binding here. */
  bound: ReadonlySet<string>;
  role: Role;
}

/** A value that lost, so that a person can put it back. */
export interface Overwritten {
  slot: string;
  side: 'local' | 'partner';
  value: FieldValue;
  /** Who wrote it and when, as far as known. */
  who?: string;
  changedAt?: number;
}

export interface UpdatePlan {
  kind: 'apply';
  /** The pair with the offer resolved and `inSeq` moved; `concludeUpdate` moves base and held. Not stored before that. */
  pair: Pair;
  /** What both sites say from now on. */
  agreed: SlotValues;
  /** The part of it that our issue does not hold yet, merged with edits made here since. Empty: nothing to write. */
  write: SlotValues;
  /** Of slots where `write` holds an edit made here: what that edit started from. */
  starts?: SlotValues;
  /** Slots without a binding here: they wait in silence, as the secondary may narrow. */
  unbound: string[];
  /** Slots which the partner may not send, by the contract. `value` is kept where the slot exists at all. */
  refused: { slot: string; reason: string; value?: FieldValue }[];
  overwritten: Overwritten[];
  /** Slots on which a person has to decide, with what our issue says: to be told as `issue.conflict`. */
  asked: Told[];
  /** True when our issue keeps something that the partner does not have: look at it again. */
  dirty: boolean;
}

/**
 * `askState`: the two sites start from different values; send `issue.state` with `ask` and change nothing.
 * `wait`: the answer to a state that we asked for is on its way and will contain this; only `inSeq` moves.
 */
export type UpdateDecision =
  | UpdatePlan
  | { kind: 'askState'; pair: Pair; reason: string }
  | { kind: 'wait'; pair: Pair };
