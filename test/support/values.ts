/** Short ways to write field values and documents in tests. */
import type { Adf, FieldValue } from '#core/model/value';

export function text(v: string): FieldValue {
  return { t: 'text', v };
}

export function option(v: string | null): FieldValue {
  return { t: 'option', v };
}

export function date(v: string | null): FieldValue {
  return { t: 'date', v };
}

export function set(...v: string[]): FieldValue {
  return { t: 'set', v };
}

/** One paragraph for each text. */
export function paragraphs(...texts: string[]): Adf {
  return {
    type: 'doc',
    version: 1,
    content: texts.map((line) => ({ type: 'paragraph', content: [{ type: 'text', text: line }] })),
  };
}

/** Rich text of one paragraph for each text; without any, the empty field. */
export function docOf(...texts: string[]): FieldValue {
  return { t: 'adf', v: texts.length === 0 ? null : paragraphs(...texts) };
}
