/** Lost memory: what the app of a site remembers is kept in one round, and put back in a later one, as a backup is. */
import type { SeededRandom } from '../../support/seeded-random';
import { type Backup, backUp, putBack } from '../restore';
import type { World } from '../world';
import type { Counts } from './counts';
import { saidIn } from './evidence';
import type { Ledger } from './ledger';
import type { SiteName } from './ledger-words';

/** Rounds in which backups are made, by site, and the one in which all of them are put back. */
export interface Loss {
  kept: Partial<Record<SiteName, number>>;
  back: number;
}

export type Forgets = 'one' | 'both';

/** Share of worlds with a second loss. */
const share = 0.25;
/** Between a backup and its return, at least. */
const lingerMinutes = 10;
const sweepMinutes = 5;

const hourMs = 3_600_000;
/** Nobody puts a backup back within minutes; two sites notice only by the hours which both forgot (`epoch-cause`). */
const awayMs = { one: hourMs, both: 8 * hourMs };

/** Share of the usual worlds in which one site forgets. */
const usualShare = 0.15;

/** Of a usual world: in most of them nobody forgets. */
export function usualLosses(lots: SeededRandom, rounds: number): Loss[] {
  return lots.chance(usualShare) ? randomLosses(lots, rounds, 'one') : [];
}

/** Out of a randomness of its own. `one`: never both sites. */
export function randomLosses(lots: SeededRandom, rounds: number, forgets: Forgets): Loss[] {
  const first = randomLoss(lots, 0, rounds, forgets);
  return lots.chance(share) ? [first, randomLoss(lots, first.back, rounds, forgets)] : [first];
}

function randomLoss(lots: SeededRandom, from: number, rounds: number, forgets: Forgets): Loss {
  const back = from + 1 + lots.below(Math.max(1, rounds - from - 1));
  const round = () => from + lots.below(back - from);
  const acme = round();
  switch (lots.below(forgets === 'one' ? 2 : 4)) {
    case 0:
      return { kept: { acme }, back };
    case 1:
      return { kept: { globex: acme }, back };
    case 2:
      return { kept: { acme, globex: acme }, back };
    default:
      return { kept: { acme, globex: round() }, back };
  }
}

/** What the app did is not always on record. */
export function isForgetful({ deadly, losses }: { deadly: number; losses: readonly Loss[] }): boolean {
  return deadly > 0 || losses.length > 0;
}

/** Nobody puts a backup back within minutes: what is on its way is worked on until then, with all faults. */
export async function linger(world: World, work: () => Promise<void>): Promise<void> {
  for (let minutes = 0; minutes < lingerMinutes; minutes += 1) {
    if (minutes % sweepMinutes === 0) for (const side of [world.acme, world.globex]) world.sweep(side);
    await work();
    world.clock.advance(60_000);
  }
}

/** Who hears nothing greets the other within the hour, and learns then that its memory was put back. */
export async function greet(world: World, answer: () => Promise<void>): Promise<void> {
  world.clock.advance(hourMs);
  await world.settle(answer);
}

interface Kept {
  backup: Backup;
  /** In the ledger's count: from when on events were not heard yet. */
  n: number;
}

interface Forgotten {
  site: SiteName;
  n: number;
  /** In the ledger's count: when the backup was put back. */
  until: number;
  /** The newest on either site when the backup was put back. */
  epoch: number;
}

/** The memories of one world. */
export class Memories {
  /** What logs said that are forgotten by now. */
  said = '';
  private readonly losses: readonly Loss[];
  /** Longest usual delay of events. */
  private readonly delayMs: number;
  private readonly due = new Set<SiteName>();
  private kept = new Map<SiteName, Kept>();
  private readonly forgotten: Forgotten[] = [];
  private readonly moments: { at: number; n: number }[] = [];

  constructor({ losses, delayMs }: { losses: readonly Loss[]; delayMs: number }) {
    this.losses = losses;
    this.delayMs = delayMs;
  }

  keep(world: World, ledger: Ledger, round: number): void {
    this.moments.push({ at: world.clock.now(), n: ledger.now });
    for (const site of ['acme', 'globex'] as const) {
      if (this.losses.some(({ kept }) => kept[site] === round)) this.due.add(site);
      // These rows are made when the words are confirmed, which is before a world begins.
      const isReady = world[site].store.rows('stream').length > 0;
      if (!isReady || !this.due.delete(site)) continue;
      this.kept.set(site, { backup: backUp(world[site]), n: this.unheardSince(world, site) ?? ledger.now });
    }
  }

  isDue(round: number): boolean {
    return this.losses.some(({ back }) => back === round);
  }

  /** Nobody is at work. */
  putBack(world: World, ledger: Ledger, counts: Counts): void {
    world.clock.advance(this.kept.size > 1 ? awayMs.both : awayMs.one);
    this.said += `\n${saidIn(world)}`;
    const epoch = newestEpoch(world);
    for (const [site, { backup, n }] of this.kept) {
      putBack(backup);
      this.forgotten.push({ site, n, until: ledger.now, epoch });
      counts.restores += 1;
    }
    this.kept.clear();
    this.due.clear();
  }

  /**
   * Where nothing was said between a backup and its return, no number tells that it was put back. What the app heard then and did
   * not pass on is unknown to everybody, and Jira tells of a deletion once.
   */
  excuse(world: World, ledger: Ledger): void {
    const epoch = newestEpoch(world);
    for (const one of this.forgotten) if (one.epoch === epoch) ledger.forgot(one.site, one.n, one.until);
  }

  /** In the ledger's count; undefined: all events were heard. */
  private unheardSince(world: World, site: SiteName): number | undefined {
    const dueAt = world.dueAt(`event ${site}`);
    if (dueAt === undefined) return undefined;
    return this.moments.filter(({ at }) => at <= dueAt - this.delayMs).at(-1)?.n ?? 0;
  }
}

function newestEpoch(world: World): number {
  const rows = [world.acme, world.globex].flatMap((side) => side.store.rows('stream'));
  return Math.max(0, ...rows.map(({ body }) => (body as { ep?: { n: number } }).ep?.n ?? 0));
}
