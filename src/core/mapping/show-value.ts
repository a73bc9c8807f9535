/** Says any value as a text that people read. */
import type { ContractField } from '#core/model/contract';
import type { FieldValue } from '#core/model/value';
import { labelOf } from './choices';
import type { Here } from './here';
import { nameOf } from './people';
import { textOf } from './plain-document';

/** The empty text for an empty value. The same on every call, so that what was written is known again. */
export function showValue(value: FieldValue, field: ContractField, here: Here): string {
  switch (value.t) {
    case 'text':
      return value.v;
    case 'adf':
      return textOf(value.v);
    case 'set':
      return value.v.map((key) => shownChoice(field, key)).join(', ');
    case 'option':
      return value.v === null ? '' : shownChoice(field, value.v);
    case 'date':
      return value.v ?? '';
    case 'number':
      return value.v === null ? '' : String(value.v);
    case 'moment':
      return value.v === null ? '' : `${value.v.slice(0, 16).replace('T', ' ')} UTC`;
    case 'user':
      return value.v === null ? '' : nameOf(value.v, { field });
    case 'users':
      return value.v.map((person) => nameOf(person, { field })).join(', ');
    case 'issue':
      return value.v === null ? '' : (here.issueOf(value.v)?.key ?? '');
    case 'time':
      return shownTime(value.v);
  }
}

/** Labels stand for themselves. */
function shownChoice(field: ContractField, key: string): string {
  return field.kind === 'labels' ? key : (labelOf(field, key) ?? key);
}

function shownTime({ original, remaining }: { original: number | null; remaining: number | null }): string {
  const parts = [
    ...(original === null ? [] : [`estimated ${hours(original)}`]),
    ...(remaining === null ? [] : [`remaining ${hours(remaining)}`]),
  ];
  return parts.join(', ');
}

function hours(seconds: number): string {
  return `${Math.round(seconds / 36) / 100} h`;
}
