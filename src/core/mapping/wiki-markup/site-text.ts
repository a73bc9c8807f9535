/** Rich text in the form that a site keeps it in: documents on Cloud, wiki markup on Data Center. */
import { type Adf, adfSchema, type FieldValue } from '#core/model/value';
import type { ToLocal } from '../translation';
import { fromWiki, toWiki } from './wiki-markup';

/** `wiki`: texts of the site are wiki markup; absent: documents. */
export type TextForm = 'wiki' | undefined;

/** The document that a field holds; what is no text stays as it is. `known`: what it may have been written from. */
export function documentHere(raw: unknown, form: TextForm, known: readonly FieldValue[] = []): unknown {
  if (form !== 'wiki' || typeof raw !== 'string') return raw;
  return fromWiki(
    raw,
    known.flatMap((value) => (value.t === 'adf' && value.v !== null ? [value.v] : [])),
  );
}

/** What to write for a document. `current`: the field as it stands; what the text leaves alone stays as people wrote it. */
export function textHere(local: ToLocal, form: TextForm, current: unknown): ToLocal {
  const doc = form === 'wiki' && local.ok ? adfSchema.safeParse(local.raw) : undefined;
  if (!local.ok || doc?.success !== true) return local;
  const raw = toWiki(doc.data, typeof current === 'string' ? current : '');
  if (raw.length <= longest) return { ...local, raw };
  const [needed, most] = [raw.length, longest].map((count) => count.toLocaleString('en'));
  return { ok: false, reason: `As wiki markup this takes ${needed} characters; Jira takes at most ${most}.` };
}

/** Characters of a text area of Jira, signs of markup included. */
const longest = 32_767;

/** The document as it reads once it was written there: what is compared with what is read. */
export function asReadHere(doc: Adf, form: TextForm): Adf {
  if (form !== 'wiki') return doc;
  return fromWiki(toWiki(doc)) ?? { type: 'doc', version: 1, content: [] };
}
