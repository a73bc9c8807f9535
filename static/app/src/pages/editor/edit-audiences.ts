/** Audiences of restricted comments: plain functions from mapping to mapping. */
import type { EditorMapping } from '../../../../../src/api/views';
import { freshSlot } from './edit-mapping';

export type Bound = NonNullable<EditorMapping['audiences']>[number];
type Audience = NonNullable<NonNullable<EditorMapping['commentTerms']>['audiences']>[number];

/** How many an agreement holds. */
const mostAudiences = 50;

export function audiencesOf({ commentTerms }: EditorMapping): Audience[] {
  return commentTerms?.audiences ?? [];
}

export function addAudience(mapping: EditorMapping, label: string): EditorMapping {
  const known = audiencesOf(mapping);
  const name = label.trim();
  const isKnown = known.some((one) => one.label.toLowerCase() === name.toLowerCase());
  if (name === '' || isKnown || known.length >= mostAudiences) return mapping;
  const taken = known.map(({ id }) => ({ slot: id }));
  return withAudiences(mapping, [...known, { id: freshSlot(name, 'audience', taken), label: name }]);
}

/** With what stands for it here. */
export function removeAudience(mapping: EditorMapping, id: string): EditorMapping {
  const left = audiencesOf(mapping).filter((one) => one.id !== id);
  return withAudiences(bindAudience(mapping, id, undefined), left);
}

/** Undefined, or a name of blanks: nothing here stands for it. */
export function bindAudience(
  { audiences = [], ...mapping }: EditorMapping,
  id: string,
  bound: Pick<Bound, 'type' | 'name'> | undefined,
): EditorMapping {
  const others = audiences.filter(({ audience }) => audience !== id);
  const isBound = bound !== undefined && bound.name.trim() !== '';
  const next = isBound ? [...others, { audience: id, ...bound }] : others;
  return next.length === 0 ? mapping : { ...mapping, audiences: next };
}

function withAudiences({ commentTerms, ...mapping }: EditorMapping, audiences: Audience[]): EditorMapping {
  const { audiences: _before, ...rest } = commentTerms ?? {};
  const terms = audiences.length === 0 ? rest : { ...rest, audiences };
  return Object.keys(terms).length === 0 ? mapping : { ...mapping, commentTerms: terms };
}
