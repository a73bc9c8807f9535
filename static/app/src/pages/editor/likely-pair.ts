/** Which projects of the two sites obviously belong together, so that nobody has to choose them. */
import type { Catalog, CatalogProject } from './mapping-words';

/** Below this share of common words nothing is obvious. */
const obvious = 0.5;

/** Undefined where there is no best pair, or two are equally good. Projects in `taken` (ids of this site) are left out. */
export function likelyPair(
  mine: Catalog,
  theirs: Catalog,
  taken: string[],
): { mine: string; theirs: string } | undefined {
  const free = mine.projects.filter((project) => !taken.includes(project.id));
  const [only, onlyTheirs] = [free[0], theirs.projects[0]];
  if (free.length === 1 && theirs.projects.length === 1 && only && onlyTheirs) {
    return { mine: only.id, theirs: onlyTheirs.id };
  }
  const scored = free
    .flatMap((a) => theirs.projects.map((b) => ({ mine: a.id, theirs: b.id, score: likeness(a, b) })))
    .sort((a, b) => b.score - a.score);
  const [best, second] = scored;
  if (best === undefined || best.score < obvious || best.score === second?.score) return undefined;
  return { mine: best.mine, theirs: best.theirs };
}

function likeness(a: CatalogProject, b: CatalogProject): number {
  if (a.key === b.key) return 2;
  const [left, right] = [words(a.name), words(b.name)];
  const common = [...left].filter((word) => right.has(word)).length;
  return common / Math.max(1, Math.min(left.size, right.size));
}

function words(name: string): Set<string> {
  return new Set(name.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? []);
}
