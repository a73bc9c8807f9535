/** Pairs the elements of two lists, the best fit first. */

/** One element is in one pair at most; pairs below `atLeast` are not made. Ties go to the earlier elements. */
export function bestPairs<A, B>(
  left: readonly A[],
  right: readonly B[],
  score: (a: A, b: B) => number,
  atLeast: number,
): [A, B][] {
  const candidates = left.flatMap((a, i) => right.map((b, j) => ({ a, b, i, j, score: score(a, b) })));
  candidates.sort((x, y) => y.score - x.score || x.i - y.i || x.j - y.j);
  const pairs: { i: number; pair: [A, B] }[] = [];
  const takenLeft = new Set<number>();
  const takenRight = new Set<number>();
  for (const candidate of candidates) {
    if (candidate.score < atLeast) break;
    if (takenLeft.has(candidate.i) || takenRight.has(candidate.j)) continue;
    takenLeft.add(candidate.i);
    takenRight.add(candidate.j);
    pairs.push({ i: candidate.i, pair: [candidate.a, candidate.b] });
  }
  return pairs.sort((x, y) => x.i - y.i).map(({ pair }) => pair);
}
