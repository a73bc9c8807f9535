/** Rich text: the description and text areas, as documents. */
import { adfSchema } from '#core/model/value';
import { defineKind } from '../kind';
import { documentOf, textOf } from '../plain-document';
import { toLocalDocument } from '../rich-text/to-local-doc';
import { toPortable } from '../rich-text/to-portable';

/** Characters of a text area of Jira. */
const longest = 32_767;

/** What only means something on this site becomes readable text; blocks that nobody touched are kept as they are here. */
export const richTextKind = defineKind({
  type: 'adf',
  toContract(raw) {
    const doc = adfSchema.nullable().safeParse(raw ?? null);
    if (!doc.success) return { ok: false, unmapped: 'a text in an unknown form' };
    return { ok: true, value: { t: 'adf', v: toPortable(doc.data) } };
  },
  toLocal(doc, { field }, current) {
    if (textOf(doc).length <= longest) return toLocalDocument(doc, current);
    const reason = `${field.label} takes at most ${longest.toLocaleString('en')} characters.`;
    return { ok: false, reason };
  },
  fromText: documentOf,
});
