/** The text of a comment on its way: what can be shown on every site, who wrote it, and how edits are recognised. */
import { textOf } from '#core/mapping/plain-document';
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

/** Together with the audience to which it is restricted. */
export function hashFor(body: Adf | null, audience: string | undefined): string {
  const hash = commentHash(body);
  return audience === undefined ? hash : hashText(`${hash} ${audience}`).slice(0, hashLength);
}

/** Our copy names the author in a line of its own, because Jira shows the app as its author. */
export function withAuthor(body: Adf, author: string | undefined): Adf {
  const line = { type: 'paragraph', content: [{ type: 'text', text: authorLine(author) }] };
  return { type: 'doc', version: 1, content: [line, ...body.content] };
}

function authorLine(author: string | undefined): string {
  const name = author === undefined || author.trim() === '' ? 'Somebody on the partner site' : author.trim();
  return `${name} wrote:`;
}

/** The text of a copy without the line that names the author, also where people changed what stands in it. */
export function withoutAuthor(copy: Adf, author: string | undefined): Adf {
  const [first, ...rest] = copy.content;
  const words = first?.type === 'paragraph' ? textOf({ ...copy, content: [first] }) : '';
  const name = authorLine(author).replace(/ wrote:$/, '');
  const isLine = words.startsWith(name) && words.endsWith(':');
  return isLine ? { ...copy, content: rest } : copy;
}
