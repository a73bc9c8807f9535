/**
 * Compares an issue with its twin field by field, by the mapping as the screens show it. Knows nothing of how the product
 * translates: ids are looked up in the mapping, texts are compared as people read them.
 */
import type { EditorMapping } from '../../../src/api/views';
import { type Json, listOf, type RunningApp } from './running-app';

export interface PairKeys {
  acme: string;
  globex: string;
}

/** Differences in words; empty when both issues say the same. `mapping` is acme's: `mine` is acme, `theirs` globex. */
export async function differences(
  app: RunningApp,
  mapping: EditorMapping,
  pair: PairKeys,
): Promise<string[]> {
  const [mine, theirs] = await Promise.all([
    app.rest('acme', 'GET', `issue/${pair.acme}?fields=*all`),
    app.rest('globex', 'GET', `issue/${pair.globex}?fields=*all`),
  ]);
  if (mine.status !== 200 || theirs.status !== 200) return [`read: ${mine.status} and ${theirs.status}`];
  const found: string[] = [];
  for (const field of mapping.fields) {
    if (field.mine === undefined || field.theirs === undefined) continue;
    const here = plain(mine.body['fields']?.[field.mine]);
    const there = plain(theirs.body['fields']?.[field.theirs]);
    if (!same(field, here, there))
      found.push(`${field.label}: ${JSON.stringify(here)} but ${JSON.stringify(there)}`);
  }
  found.push(...commentDifferences(mine.body, theirs.body));
  return found.map((text) => `${pair.acme} and ${pair.globex}: ${text}`);
}

type Plain = string | string[] | null;

/** What a person reads: text of documents, sorted labels, ids of choices. */
function plain(value: Json | undefined): Plain {
  const raw: unknown = value;
  if (value === undefined || raw === null) return null;
  if (Array.isArray(raw)) return raw.map((one) => String(plain(one as Json))).sort();
  if (typeof raw !== 'object') return String(raw);
  if (String(value['type']) === 'doc') return documentText(value) || null;
  const child = value['child']?.['id'];
  return child === undefined ? String(value['id']) : `${String(value['id'])}/${String(child)}`;
}

/** Text of a document, one line per block. */
export function documentText(node: Json): string {
  const type = String(node['type']);
  if (type === 'text') return String(node['text']);
  if (type === 'mention') return String(node['attrs']?.['text'] ?? '');
  return listOf(node['content'])
    .map(documentText)
    .filter((text) => text !== '')
    .join(type === 'paragraph' || type === 'heading' ? '' : '\n');
}

function same(field: EditorMapping['fields'][number], here: Plain, there: Plain): boolean {
  if (field.values === undefined) return JSON.stringify(here) === JSON.stringify(there);
  const standsFor = (side: 'mine' | 'theirs', id: string) =>
    field.values?.find((value) => value[side].includes(id))?.value;
  const meaning = (side: 'mine' | 'theirs', ids: Plain) =>
    ids === null ? [] : [...new Set([ids].flat().map((id) => standsFor(side, id)))].sort();
  const value = meaning('mine', here);
  return !value.includes(undefined) && JSON.stringify(value) === JSON.stringify(meaning('theirs', there));
}

function commentDifferences(mine: Json, theirs: Json): string[] {
  const here = comments(mine);
  const there = comments(theirs);
  if (here.length !== there.length) return [`comments: ${here.length} but ${there.length}`];
  // A twin holds the original's text below a line that names the author.
  const lost = here.filter((text) => !there.some((other) => other.includes(text) || text.includes(other)));
  return lost.map((text) => `comment only on acme: ${text}`);
}

/** Comments that everybody may read. */
function comments(issue: Json): string[] {
  return listOf(issue['fields']?.['comment']?.['comments'])
    .filter((comment) => comment['visibility'] === undefined)
    .map((comment) => documentText(comment['body'] ?? {}));
}

/** The twin's key as the issue panel tells it. */
export async function twinOf(
  app: RunningApp,
  site: 'acme' | 'globex',
  issue: { id: string; key: string },
): Promise<string | undefined> {
  const { entries } = await app.panel(site, 'issuePanel', issue);
  return entries[0]?.partnerKey;
}
