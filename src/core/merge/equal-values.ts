/** Says when two values mean the same. */
import type { FieldValue } from '#core/model/value';
import { canonicalJson } from './canonical-json';
import { normaliseAdf } from './normalise-adf';

/** True when both say the same; `undefined` (not looked at) only equals itself. */
export function equalValues(a: FieldValue | undefined, b: FieldValue | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return canonicalValue(a) === canonicalValue(b);
}

/** The one text that stands for this value and everything equal to it. */
function canonicalValue(value: FieldValue): string {
  return canonicalJson(normaliseValue(value));
}

/** The form in which values are compared: documents cleaned, sets sorted and without repeats. */
export function normaliseValue(value: FieldValue): FieldValue {
  switch (value.t) {
    case 'adf':
      return { t: 'adf', v: normaliseAdf(value.v) };
    case 'set':
      return { t: 'set', v: [...new Set(value.v)].sort() };
    case 'text':
    case 'date':
    case 'option':
      return value;
  }
}

/** The empty value of the same type: what a slot holds that was never agreed. */
export function emptyLike(value: FieldValue): FieldValue {
  switch (value.t) {
    case 'text':
      return { t: 'text', v: '' };
    case 'set':
      return { t: 'set', v: [] };
    case 'adf':
    case 'date':
    case 'option':
      return { t: value.t, v: null };
  }
}
