/** Kinds of worlds: what only some of them have besides, each kind drawn out of a randomness of its own. */
import { seededRandom } from '../../support/seeded-random';
import type { Counts } from './counts';
import { ends } from './ends';
import { filters } from './filters';
import { haste } from './haste';
import { links } from './links';
import type { Drawn, Kind } from './stage';

const kinds = { ends, filters, links, haste } satisfies Record<string, Kind>;
export type KindName = keyof typeof kinds;
export const kindNames = Object.keys(kinds) as KindName[];

/** Share of worlds that have a kind. Those without one are played only when they are named (`--kinds links,haste`). */
const shares: Record<KindName, number> = { ends: 0.12, filters: 0.12, links: 0, haste: 0 };
/** Those that every run has. */
export const usualKinds = kindNames.filter((name) => shares[name] > 0);
/** Of each kind: what must have happened in many worlds. */
export const countsOf: Record<KindName, readonly (keyof Counts)[]> = {
  ends: ['ends', 'answers'],
  filters: ['leavings'],
  links: ['links'],
  haste: ['overtaken'],
};
/** Of each kind: its own randomness. Never to be changed, or seeds mean something else. */
const factors: Record<KindName, number> = {
  ends: 32_452_843,
  filters: 49_979_687,
  links: 67_867_967,
  haste: 86_028_121,
};

/** `only`: these and no others, whatever the seed says. */
export function drawKinds(seed: number, only: readonly KindName[] | undefined): Drawn[] {
  return kindNames.flatMap((name) => {
    const lots = seededRandom(seed * factors[name] + 11);
    const isDrawn = lots.chance(shares[name]);
    return (only?.includes(name) ?? isDrawn) ? [{ kind: kinds[name], lots }] : [];
  });
}
