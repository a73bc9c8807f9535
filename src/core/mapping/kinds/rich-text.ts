/** Rich text: the description and text areas, as documents. */
import { adfSchema } from '#core/model/value';
import { defineKind, knownOf } from '../kind';
import { documentOf, textOf } from '../plain-document';
import { noFiles } from '../rich-text/inline-files';
import { readDocument } from '../rich-text/name-files';
import { toLocalDocument } from '../rich-text/to-local-doc';

/** Characters of a text area of Jira. */
const longest = 32_767;

/** What only means something on this site becomes readable text; blocks that nobody touched are kept as they are here. */
export const richTextKind = defineKind({
  type: 'adf',
  toContract(raw, spot) {
    const doc = adfSchema.nullable().safeParse(raw ?? null);
    if (!doc.success) return { ok: false, unmapped: 'a text in an unknown form' };
    const { files = noFiles } = spot.here;
    return { ok: true, value: { t: 'adf', v: readDocument(doc.data, files, knownOf(spot, 'adf')) } };
  },
  toLocal(doc, { field, here }, current) {
    if (textOf(doc).length <= longest) return toLocalDocument(doc, current, here.files);
    const reason = `${field.label} takes at most ${longest.toLocaleString('en')} characters.`;
    return { ok: false, reason };
  },
  fromText: documentOf,
});
