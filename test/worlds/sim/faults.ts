/** Faults: everything that a world does to invocations, messages, wake-ups and events while it is not calm. */
import type { Ports } from '#engine/ports/ports';
import { CrashSignal, gatePorts } from '../../support/gate';
import type { SiteEvent } from '../../support/memory-site';
import type { SeededRandom } from '../../support/seeded-random';
import type { Fate, Mischief, Side, World } from '../world';
import type { Counts } from './counts';
import type { Plan } from './plan';

/** One run of a function of the app on one site. */
export interface Invocation {
  side: Side;
  what: string;
  deadline: number;
  isOver: boolean;
  /** When each issue was last read in it, in the ledger's count. */
  reads: Map<string, number>;
}

interface Waiting {
  invocation: Invocation;
  go(): void;
}

interface Untold {
  side: Side;
  event: SiteEvent;
}

const fates: readonly Fate[] = ['requestLost', 'answerLost', 'twice', 'late'];
/** Forge: 55 s for a webtrigger or an event. */
const usualMs = 55_000;

interface Parts {
  siteOf(invocation: Invocation, ports: Ports): Ports['site'];
  /** Decides which parts of issues Jira tells nobody of. */
  silent: SeededRandom;
}

/** What a search or a list of Jira finds without them. Deleted comments and files it never names. */
const findable: readonly SiteEvent['kind'][] = ['comment', 'work', 'workDeleted', 'file'];

export class Faults {
  readonly waiting: Waiting[] = [];
  readonly running = new Set<Invocation>();
  /** Issues whose event was lost: in plain worlds a later event tells of them. */
  readonly untold = new Map<string, Untold>();
  /** The same, with those that no later event tells of either. */
  readonly unheard = new Set<string>();
  isCalm = false;
  trace: (line: string) => void = () => undefined;
  private readonly world: World;
  private readonly plan: Plan;
  private readonly counts: Counts;
  private readonly siteOf: Parts['siteOf'];
  private readonly silent: SeededRandom;

  constructor(world: World, plan: Plan, counts: Counts, { siteOf, silent }: Parts) {
    this.world = world;
    this.plan = plan;
    this.counts = counts;
    this.siteOf = siteOf;
    this.silent = silent;
  }

  mischief(): Mischief {
    const { random } = this.world;
    return {
      fate: () => this.fate(),
      delay: (what, about) => this.delay(what, about),
      copies: () => {
        if (!this.roll(this.plan.copies)) return 1;
        this.counts.duplicates += 1;
        return 2;
      },
      gate: () => undefined,
      invocation: (where, what) => this.invocation(where, what),
      remainingMs: () => usualMs,
      next: (count) => random.below(count),
    };
  }

  /** Lets somebody who waits go on; false when nobody waits. */
  release(): boolean {
    const index = this.world.random.below(this.waiting.length);
    const [one] = this.waiting.splice(index, 1);
    one?.go();
    return one !== undefined;
  }

  private roll(probability: number): boolean {
    return !this.isCalm && probability > 0 && this.world.random.chance(probability);
  }

  private fate(): Fate {
    if (!this.roll(this.plan.wire)) return 'arrives';
    const fate = this.world.random.pick(fates);
    if (fate === 'twice') this.counts.duplicates += 1;
    else this.counts.losses += 1;
    if (fate === 'late') this.counts.reorderings += 1;
    return fate;
  }

  private delay(what: 'wake' | 'event', about: Untold | undefined): number | undefined {
    const { random } = this.world;
    const isField = about?.event.kind === 'fields';
    if (what === 'wake' ? this.roll(this.plan.wakeLoss) : isField && this.roll(this.plan.eventLoss)) {
      this.counts.losses += 1;
      if (about !== undefined) this.untold.set(this.unhear(about), about);
      return undefined;
    }
    const delay = random.chance(0.3) ? random.below(this.plan.delayMs) : random.below(1_000);
    return what === 'event' && this.isUntold(about) ? undefined : delay;
  }

  private isUntold(about: Untold | undefined): boolean {
    const { silence } = this.plan;
    if (this.isCalm || silence === 0 || about === undefined || !findable.includes(about.event.kind))
      return false;
    if (!this.silent.chance(silence)) return false;
    this.counts.losses += 1;
    this.unhear(about);
    return true;
  }

  private unhear({ side, event }: Untold): string {
    const issue = `${side.name} ${event.issueId}`;
    this.unheard.add(issue);
    return issue;
  }

  private invocation(side: Side, what: string): { ports: Ports; end(): void } {
    const { clock, random } = this.world;
    const isRace = what === 'work' && [...this.running].some((one) => one.side === side && one.what === what);
    if (isRace) this.counts.races += 1;
    const lasts = this.roll(this.plan.short) ? 5_000 + random.below(8_000) : usualMs;
    const invocation: Invocation = {
      side,
      what,
      deadline: clock.now() + lasts,
      isOver: false,
      reads: new Map(),
    };
    this.running.add(invocation);
    const ports = side.ports();
    const gated = gatePorts(
      { ...ports, site: this.siteOf(invocation, ports), budget: this.budget(invocation) },
      { enter: (name) => this.enter(invocation, name) },
    );
    return {
      ports: gated,
      end: () => {
        invocation.isOver = true;
        this.running.delete(invocation);
      },
    };
  }

  private budget(invocation: Invocation): Ports['budget'] {
    return { remainingMs: () => invocation.deadline - this.world.clock.now() };
  }

  /** Before each call: time passes, others come in between, and the process may die here or right after the call. */
  private async enter(invocation: Invocation, name: string): Promise<() => Promise<void>> {
    const { random, clock } = this.world;
    if (!this.isCalm) clock.advance(random.below(name.startsWith('site.') ? 300 : 20));
    await this.turn(invocation);
    if (clock.now() >= invocation.deadline) {
      this.counts.timeouts += 1;
      this.trace(`  ${invocation.side.name} ${invocation.what} is out of time at ${name}`);
      // The request may have left just before the end; nobody hears its answer.
      if (!name.startsWith('store.') || random.chance(0.5)) throw new CrashSignal(`out of time ${name}`);
      return async () => {
        throw new CrashSignal(`out of time ${name}`);
      };
    }
    this.mayDie(invocation, `before ${name}`);
    return async () => {
      await this.turn(invocation);
      this.mayDie(invocation, `after ${name}`);
    };
  }

  private turn(invocation: Invocation): Promise<void> {
    if (!this.roll(this.plan.slow)) return Promise.resolve();
    return new Promise((go) => this.waiting.push({ invocation, go }));
  }

  private mayDie({ side, what }: Invocation, where: string): void {
    if (!this.roll(this.plan.deadly)) return;
    this.counts.crashes += 1;
    this.trace(`  ${side.name} ${what} dies ${where}`);
    throw new CrashSignal(where);
  }
}
