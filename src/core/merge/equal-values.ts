/** Says when two values mean the same. */
import type { FieldValue } from '#core/model/value';
import { canonicalJson } from './canonical-json';
import { rulesOf } from './value-types';

/** True when both say the same; `undefined` (not looked at) only equals itself. */
export function equalValues(a: FieldValue | undefined, b: FieldValue | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return canonicalJson(normaliseValue(a)) === canonicalJson(normaliseValue(b));
}

/** The form in which values are compared and hashed: documents cleaned, sets sorted, people by id. */
export function normaliseValue(value: FieldValue): { t: string; v: unknown } {
  return { t: value.t, v: rulesOf(value).normalise(value.v) };
}

/** The empty value of the same type: what a slot holds that was never agreed. */
export function emptyLike(value: FieldValue): FieldValue {
  return { t: value.t, v: rulesOf(value).empty } as FieldValue;
}
