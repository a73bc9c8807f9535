/** Three-way merge of sets (labels): element by element, so both sites' edits count and nothing can conflict. */

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
