/** Rich text: the description and text areas, as documents. */
import { adfSchema, type FieldValue } from '#core/model/value';
import { toLocalDocument } from '../rich-text/to-local-doc';
import { toPortable } from '../rich-text/to-portable';
import { type ToContract, type ToLocal, wrongKind } from '../translation';

/** What only means something on this site becomes readable text. */
export function richTextToContract(raw: unknown): ToContract {
  const doc = adfSchema.nullable().safeParse(raw ?? null);
  if (!doc.success) return { ok: false, unmapped: 'a text in an unknown form' };
  return { ok: true, value: { t: 'adf', v: toPortable(doc.data) } };
}

/** `current`: the document that is there, whose untouched blocks are kept as they are. */
export function richTextToLocal(value: FieldValue, current: unknown): ToLocal {
  return value.t === 'adf' ? toLocalDocument(value.v, current) : wrongKind;
}
