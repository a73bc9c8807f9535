/** Kind: all that Concord has to know of one kind of field. One file in `kinds` and one line in `translate.ts` make one. */
import type { FieldBinding } from '#core/model/binding';
import type { ContractField } from '#core/model/contract';
import type { FieldValue, ValueOf, ValueType } from '#core/model/value';
import type { Here } from './here';
import { type ToContract, type ToLocal, wrongKind } from './translation';

/** Where a value is translated. */
export interface Spot {
  field: ContractField;
  binding: FieldBinding;
  here: Here;
  /**
   * What the slot may hold already by the agreement, the likeliest first. A field that holds exactly what one of these
   * would be written as means that one: so a detour (a default, a name, a text) never looks like an edit.
   */
  known: readonly FieldValue[];
}

export interface Kind {
  /** The type of all its values; its rules in `core/merge/value-types` say what is empty, equal, and how edits meet. */
  type: ValueType;
  /**
   * `field`: as the issue is made and by edits. `edit`: Jira takes it by edits only. `transition`: by the workflow.
   * `nothing`: Jira computes it, it is only sent.
   */
  writes: 'field' | 'edit' | 'transition' | 'nothing';
  /** True for kinds whose values the agreement lists. */
  hasChoices: boolean;
  /** `raw`: the field as Jira REST gives it. */
  toContract(raw: unknown, spot: Spot): ToContract;
  /** `current`: the field as it stands here. */
  toLocal(value: FieldValue, spot: Spot, current: unknown): ToLocal;
  /** What an admin wrote into a rule for this local field, as Jira takes it; undefined where that cannot be. */
  fromText(text: string): unknown;
}

interface KindOf<T extends ValueType> {
  type: T;
  writes?: Kind['writes'];
  hasChoices?: boolean;
  toContract(raw: unknown, spot: Spot): ToContract;
  toLocal(value: ValueOf<T>['v'], spot: Spot, current: unknown): ToLocal;
  fromText?(text: string): unknown;
}

/** Puts the question for the right type before `toLocal`: a partner may send anything. */
export function defineKind<T extends ValueType>(kind: KindOf<T>): Kind {
  return {
    type: kind.type,
    writes: kind.writes ?? 'field',
    hasChoices: kind.hasChoices ?? false,
    toContract: (raw, spot) => kind.toContract(raw, spot),
    toLocal: (value, spot, current) =>
      value.t === kind.type ? kind.toLocal(contentOf(kind.type, value), spot, current) : wrongKind,
    fromText: (text) => kind.fromText?.(text),
  };
}

/** The compiler cannot follow a type parameter through the union; `value` must be of the type. */
function contentOf<T extends ValueType>(_type: T, value: FieldValue): ValueOf<T>['v'] {
  return value.v as ValueOf<T>['v'];
}

/** The known values of one type. */
export function knownOf<T extends ValueType>(spot: Spot, type: T): ValueOf<T>['v'][] {
  return spot.known.filter((value) => value.t === type).map((value) => contentOf(type, value));
}
