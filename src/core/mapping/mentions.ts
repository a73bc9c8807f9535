/** Mentions of people whom the agreement lists: said by their label, and mentions again of who stands for them here. */
import type { AdfNode } from '#core/merge/normalise-adf';
import type { MappingBinding } from '#core/model/binding';
import type { ContractField } from '#core/model/contract';
import type { Adf } from '#core/model/value';

/** Somebody whom the agreement lists, with the account of this site. */
export interface ListedPerson {
  account: string;
  label: string;
}

/** All people of a mapping's fields, the longest labels first, so that none is taken for the beginning of another. */
export function listedPeople(fields: readonly ContractField[], binding: MappingBinding): ListedPerson[] {
  const people = fields
    .filter(({ kind }) => kind === 'user' || kind === 'users')
    .flatMap((field) => {
      const bound = binding.fields.find(({ slot }) => slot === field.id)?.values ?? [];
      return (field.values ?? []).flatMap(({ id, label }) => {
        const account = bound.find(({ value }) => value === id)?.locals[0];
        return account === undefined || label.trim() === '' ? [] : [{ account, label }];
      });
    });
  return people.sort((a, b) => b.label.length - a.label.length);
}

/** The document with the labels in place of names of this site; other mentions stay as they are. */
export function namePeople(doc: Adf, people: readonly ListedPerson[]): Adf {
  if (people.length === 0) return doc;
  return mapNodes(doc, (node) => {
    const person =
      node.type === 'mention' ? people.find(({ account }) => account === node.attrs?.['id']) : undefined;
    return [person === undefined ? node : mentionOf(person)];
  });
}

/** The document with mentions wherever `@label` stands in its text, but not in code. */
export function mentionPeople(doc: Adf, people: readonly ListedPerson[]): Adf {
  if (people.length === 0) return doc;
  return mapNodes(doc, (node) => {
    const isPlain =
      node.type === 'text' && node.marks?.some(({ type }) => type === 'code' || type === 'link') !== true;
    return isPlain ? splitWords(node, people) : [node];
  });
}

/** Each mention spelled by its account, so that names do not count. */
export function mentionsById(doc: Adf): Adf {
  return mapNodes(doc, (node) => {
    const id = node.type === 'mention' ? String(node.attrs?.['id'] ?? '') : undefined;
    return [id === undefined ? node : mentionOf({ account: id, label: id })];
  });
}

function mentionOf({ account, label }: ListedPerson): AdfNode {
  return { type: 'mention', attrs: { id: account, text: `@${label}` } };
}

function splitWords(node: AdfNode, people: readonly ListedPerson[]): AdfNode[] {
  const pieces: AdfNode[] = [];
  let rest = node.text ?? '';
  for (let at = rest.indexOf('@'); at >= 0; at = rest.indexOf('@', at)) {
    const person = people.find(({ label }) => rest.startsWith(label, at + 1));
    const end = at + 1 + (person?.label.length ?? 0);
    const isWhole = !/[\p{L}\p{N}]/u.test(rest[at - 1] ?? '') && !/[\p{L}\p{N}]/u.test(rest[end] ?? '');
    if (person === undefined || !isWhole) {
      at += 1;
      continue;
    }
    if (at > 0) pieces.push({ ...node, text: rest.slice(0, at) });
    pieces.push(mentionOf(person));
    rest = rest.slice(end);
    at = 0;
  }
  return rest === '' ? pieces : [...pieces, { ...node, text: rest }];
}

function mapNodes(doc: Adf, change: (node: AdfNode) => AdfNode[]): Adf {
  const walk = (node: AdfNode): AdfNode[] => {
    // In code there is only text.
    if (node.content === undefined || node.type === 'codeBlock') return change(node);
    return [{ ...node, content: node.content.flatMap(walk) }];
  };
  return { ...doc, content: (doc.content as AdfNode[]).flatMap(walk) as Adf['content'] };
}
