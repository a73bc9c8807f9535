/** The text by which an issue is found on the other site: what a field says, in the same form on both. */

import { textOf } from '../mapping/plain-document';
import { adfSchema } from '../model/value';

/** Longer texts are no ids. */
const longest = 255;
const keyInText = /(?<![A-Za-z0-9_])[A-Z][A-Z0-9_]{0,40}-[0-9]{1,12}(?![A-Za-z0-9_])/;

/** Undefined for a field that is empty, too long, or holds more than one thing. */
export function matchValue(raw: unknown): string | undefined {
  const text = plainText(raw)?.replace(/\s+/g, ' ').trim() ?? '';
  return text === '' || text.length > longest ? undefined : text;
}

/** The first issue key in a text, however long. */
export function keyIn(raw: unknown): string | undefined {
  return keyInText.exec(plainText(raw) ?? '')?.[0];
}

function plainText(raw: unknown): string | undefined {
  if (typeof raw === 'string') return raw;
  if (typeof raw === 'number') return String(raw);
  const doc = adfSchema.safeParse(raw);
  if (doc.success) return textOf(doc.data);
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return undefined;
  const { value, name } = raw as { value?: unknown; name?: unknown };
  return typeof value === 'string' ? value : typeof name === 'string' ? name : undefined;
}
