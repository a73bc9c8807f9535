/** Three-way merge of sets (labels, versions, people): element by element, so both sites' edits count and nothing can conflict. */
import type { Person } from '#core/model/value';
import { idsOf } from './value-types';

/**
 * An element is in the result when both sides have it, or when one side has it and the base did not (it was added).
 * Sorted, without repeats.
 */
export function mergeSet(
  base: readonly string[],
  primary: readonly string[],
  secondary: readonly string[],
): string[] {
  const before = new Set(base);
  const first = new Set(primary);
  const second = new Set(secondary);
  const result = new Set<string>();
  for (const element of [...first, ...second]) {
    const onBoth = first.has(element) && second.has(element);
    if (onBoth || !before.has(element)) result.add(element);
  }
  return [...result].sort();
}

/** As `mergeSet`, by id; what is known of a person is taken from the primary where both name it. */
export function mergePeople(
  base: readonly Person[],
  primary: readonly Person[],
  secondary: readonly Person[],
): Person[] {
  const known = new Map([...secondary, ...primary].map((person) => [person.id, person]));
  return mergeSet(idsOf(base), idsOf(primary), idsOf(secondary)).map((id) => known.get(id) ?? { id });
}
