/** What every type of value has: its empty value, the form in which values are compared, and how edits of both sites meet. */
import type { FieldValue, Person, ValueOf, ValueType } from '#core/model/value';
import { normaliseAdf } from './normalise-adf';

/** `whole`: the policy chooses. `elements`: element by element. `blocks`: by paragraph. */
export type MergeStyle = 'whole' | 'elements' | 'blocks';

export interface TypeRules<T extends ValueType> {
  /** What a slot holds that was never agreed. */
  empty: ValueOf<T>['v'];
  /** The same for values that mean the same. */
  normalise: (v: ValueOf<T>['v']) => unknown;
  merge: MergeStyle;
}

const asIs = (v: unknown): unknown => v;

/** A line for each type; the compiler asks for the missing one. */
export const valueTypes: { readonly [T in ValueType]: TypeRules<T> } = {
  text: { empty: '', normalise: asIs, merge: 'whole' },
  adf: { empty: null, normalise: normaliseAdf, merge: 'blocks' },
  set: { empty: [], normalise: (v) => [...new Set(v)].sort(), merge: 'elements' },
  date: { empty: null, normalise: asIs, merge: 'whole' },
  option: { empty: null, normalise: asIs, merge: 'whole' },
  number: { empty: null, normalise: asIs, merge: 'whole' },
  moment: { empty: null, normalise: asIs, merge: 'whole' },
  user: { empty: null, normalise: (v) => (v === null ? null : { id: v.id }), merge: 'whole' },
  users: { empty: [], normalise: (v) => idsOf(v).map((id) => ({ id })), merge: 'elements' },
  issue: { empty: null, normalise: asIs, merge: 'whole' },
  time: { empty: { original: null, remaining: null }, normalise: asIs, merge: 'whole' },
};

/** The rules of the value's own type. */
export function rulesOf(value: FieldValue): TypeRules<ValueType> {
  // Each type stands beside its own rules, which the compiler cannot follow through the union.
  return valueTypes[value.t] as unknown as TypeRules<ValueType>;
}

/** In order, each once: e-mail and name do not make another person. */
export function idsOf(people: readonly Person[]): string[] {
  return [...new Set(people.map(({ id }) => id))].sort();
}
