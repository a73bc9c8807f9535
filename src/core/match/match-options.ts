/** Finds out which choices of two fields mean the same: by name, else by rank or category. */
import type { CatalogOption } from '#core/model/catalog';
import type { DraftMapping } from '#core/model/draft';
import type { FieldKind } from '#core/model/value';
import { bestPairs } from './best-pairs';
import { nameScore, plainName } from './similar-names';
import { slotNames } from './slot-names';

/** The same name or a known synonym. */
const sameMeaning = 0.9;
/** Spelled alike. */
const alike = 0.6;

/** Lists so long that comparing each with each would take seconds are only matched by equal names. */
const mostComparisons = 40_000;

/** Kinds whose choices are in an order that means something, on every site. */
const scales: ReadonlySet<FieldKind> = new Set<FieldKind>(['priority', 'status']);

type DraftValue = NonNullable<DraftMapping['fields'][number]['values']>[number];

interface Group {
  mine: CatalogOption[];
  theirs: CatalogOption[];
}

/**
 * Every choice stands for one value at most, on either side: else a value would come back as another one. Where one side
 * has more choices, several of them stand for one value where the lists are scales (priorities, statuses, selects which
 * have no name in common); in other selects they are left for a person.
 */
export function matchOptions(
  kind: FieldKind,
  mine: readonly CatalogOption[],
  theirs: readonly CatalogOption[],
): DraftValue[] {
  const groups: Group[] = [];
  const add = (pairs: [CatalogOption, CatalogOption][]): void => {
    for (const [a, b] of pairs) groups.push({ mine: [a], theirs: [b] });
  };
  const leftOf = (side: 'mine' | 'theirs', all: readonly CatalogOption[]): CatalogOption[] =>
    all.filter((option) => !groups.some((group) => group[side].includes(option)));
  const byName = (a: CatalogOption, b: CatalogOption): number =>
    fits(kind, a, b) ? nameScore(a.name, b.name) : 0;
  const byRank = (a: CatalogOption, b: CatalogOption): number =>
    fits(kind, a, b) ? 1 - Math.abs(rank(mine, a) - rank(theirs, b)) : -1;

  add(sameNames(mine, theirs));
  if (mine.length * theirs.length > mostComparisons) return describe(groups, mine);
  add(bestPairs(leftOf('mine', mine), leftOf('theirs', theirs), byName, sameMeaning));
  const isPlain = !scales.has(kind);
  if (isPlain) add(bestPairs(leftOf('mine', mine), leftOf('theirs', theirs), byName, alike));
  const isScale = !isPlain || groups.length === 0;
  if (isScale) {
    add(bestPairs(leftOf('mine', mine), leftOf('theirs', theirs), byRank, 0));
    joinNearest(kind, groups, 'mine', leftOf('mine', mine), mine);
    joinNearest(kind, groups, 'theirs', leftOf('theirs', theirs), theirs);
  } else {
    const [restMine, restTheirs] = [leftOf('mine', mine), leftOf('theirs', theirs)];
    // As many left on both sides: most likely the same in other words.
    if (restMine.length === restTheirs.length) add(bestPairs(restMine, restTheirs, byRank, 0));
    for (const option of leftOf('mine', mine)) groups.push({ mine: [option], theirs: [] });
  }
  return describe(groups, mine);
}

function sameNames(
  mine: readonly CatalogOption[],
  theirs: readonly CatalogOption[],
): [CatalogOption, CatalogOption][] {
  const byName = new Map(theirs.map((option) => [plainName(option.name), option]));
  return mine.flatMap((option) => {
    const name = plainName(option.name);
    const same = name === '' ? undefined : byName.get(name);
    byName.delete(name);
    return same === undefined ? [] : [[option, same]];
  });
}

/** Statuses only stand for statuses of the same category. */
function fits(kind: FieldKind, a: CatalogOption, b: CatalogOption): boolean {
  return (
    kind !== 'status' || a.category === undefined || b.category === undefined || a.category === b.category
  );
}

/** Position from 0 to 1; lists are in Jira's own order. */
function rank(all: readonly CatalogOption[], option: CatalogOption): number {
  return all.length < 2 ? 0 : all.indexOf(option) / (all.length - 1);
}

/** What is left over stands for the value whose choice on the same side is nearest. */
function joinNearest(
  kind: FieldKind,
  groups: Group[],
  side: 'mine' | 'theirs',
  left: readonly CatalogOption[],
  all: readonly CatalogOption[],
): void {
  const settled = groups.flatMap((group) => {
    const first = group[side][0];
    return first === undefined ? [] : [{ group, first }];
  });
  for (const option of left) {
    const near = settled
      .filter(({ first }) => fits(kind, first, option))
      .map(({ group, first }) => ({ group, far: Math.abs(rank(all, first) - rank(all, option)) }))
      .sort((a, b) => a.far - b.far)[0];
    if (near !== undefined) near.group[side].push(option);
    else if (side === 'mine') groups.push({ mine: [option], theirs: [] });
  }
}

function describe(groups: readonly Group[], mine: readonly CatalogOption[]): DraftValue[] {
  const nextId = slotNames('value');
  const order = (group: Group): number =>
    group.mine[0] === undefined ? mine.length : mine.indexOf(group.mine[0]);
  return [...groups]
    .sort((a, b) => order(a) - order(b))
    .map((group) => {
      const label = group.mine[0]?.name ?? group.theirs[0]?.name ?? '';
      return {
        value: nextId(label),
        label,
        mine: group.mine.map(({ id }) => id),
        theirs: group.theirs.map(({ id }) => id),
      };
    });
}
