/** A local field of text that only shows a value of another kind. Nothing that people write into it travels. */
import type { FieldUse } from '#core/model/binding';
import { adfSchema, type FieldValue } from '#core/model/value';
import type { Kind, Spot } from './kind';
import { longestLine } from './kinds/text';
import { documentOf, textOf } from './plain-document';
import { showValue } from './show-value';
import type { ToContract, ToLocal } from './translation';

type Way = NonNullable<FieldUse['as']>;

/** The value that the text was written for; a text of somebody else means nothing to the agreement. */
export function fromShown(raw: unknown, spot: Spot, kind: Kind, empty: FieldValue): ToContract {
  const way = spot.binding.as ?? 'text';
  const text = textIn(raw);
  const known = spot.known.find(
    (value) => value.t === kind.type && textIn(written(value, spot, way)) === text,
  );
  if (known !== undefined) return { ok: true, value: known };
  return text === '' ? { ok: true, value: empty } : { ok: false, unmapped: text.slice(0, 100) };
}

/** Longer texts are cut in fields of one line. */
export function toShown(value: FieldValue, spot: Spot, kind: Kind, way: Way): ToLocal {
  if (value.t !== kind.type) {
    return { ok: false, reason: 'The partner sent a value which does not fit this kind of field.' };
  }
  return { ok: true, raw: written(value, spot, way) };
}

function written(value: FieldValue, { field, here }: Spot, way: Way): unknown {
  const text = showValue(value, field, here);
  if (way === 'richText') return documentOf(text) ?? null;
  const line = text.replace(/\s+/g, ' ').trim();
  if (line === '') return null;
  return line.length <= longestLine ? line : `${line.slice(0, longestLine - 1)}…`;
}

function textIn(raw: unknown): string {
  if (typeof raw === 'string') return raw;
  const doc = adfSchema.safeParse(raw);
  return doc.success ? textOf(doc.data) : '';
}
