/** The text of a comment on its way: what can be shown on every site, who wrote it, and how edits are recognised. */
import { canonicalJson } from '#core/merge/canonical-json';
import { normaliseAdf } from '#core/merge/normalise-adf';
import type { Adf } from '#core/model/value';
import { hashText } from '#core/protocol/hash';

/** Enough to tell one text from the next. */
const hashLength = 32;

/** The same for texts that say the same. */
export function commentHash(body: Adf | null): string {
  return hashText(canonicalJson(normaliseAdf(body))).slice(0, hashLength);
}

/** Our copy names the author in a line of its own, because Jira shows the app as its author. */
export function withAuthor(body: Adf, author: string | undefined): Adf {
  const name = author === undefined || author.trim() === '' ? 'Somebody on the partner site' : author.trim();
  const line = { type: 'paragraph', content: [{ type: 'text', text: `${name} wrote:` }] };
  return { type: 'doc', version: 1, content: [line, ...body.content] };
}
