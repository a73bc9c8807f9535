/** Kinds of worlds: what only some of them have besides, each kind drawn out of a randomness of its own. */
import type { Contract } from '#core/model/contract';
import { type SeededRandom, seededRandom } from '../../support/seeded-random';
import type { Counts } from './counts';
import { ends } from './ends';
import { filters } from './filters';
import { links } from './links';
import type { Stage } from './stage';

/** One kind, once for each world that has it. */
export interface Kind {
  /** The terms with what this world agrees on besides. */
  agree(lots: SeededRandom, contract: Contract): Contract;
  /** In every round, after what everybody does. */
  play(lots: SeededRandom, stage: Stage): Promise<void>;
  /** When all faults are over, before admins start both sites. */
  beforeStart(lots: SeededRandom, stage: Stage): Promise<void>;
  /** After everything settled: somebody answers what is asked. False: nothing is. */
  answer(lots: SeededRandom, stage: Stage): Promise<boolean>;
}

const kinds = { ends, filters, links } satisfies Record<string, Kind>;
export type KindName = keyof typeof kinds;
export const kindNames = Object.keys(kinds) as KindName[];

/** Share of worlds that have a kind. Links are played only when they are named (`--kinds links`). */
const shares: Record<KindName, number> = { ends: 0.12, filters: 0.12, links: 0 };
/** Those that every run has. */
export const usualKinds = kindNames.filter((name) => shares[name] > 0);
/** Of each kind: what must have happened in many worlds. */
export const countsOf: Record<KindName, readonly (keyof Counts)[]> = {
  ends: ['ends', 'answers'],
  filters: ['leavings'],
  links: ['links'],
};
/** Of each kind: its own randomness. Never to be changed, or seeds mean something else. */
const factors: Record<KindName, number> = { ends: 32_452_843, filters: 49_979_687, links: 67_867_967 };

export interface Drawn {
  kind: Kind;
  lots: SeededRandom;
}

/** `only`: these and no others, whatever the seed says. */
export function drawKinds(seed: number, only: readonly KindName[] | undefined): Drawn[] {
  return kindNames.flatMap((name) => {
    const lots = seededRandom(seed * factors[name] + 11);
    const isDrawn = lots.chance(shares[name]);
    return (only?.includes(name) ?? isDrawn) ? [{ kind: kinds[name], lots }] : [];
  });
}
