/** Points of one invocation: paid from what is left of a block, and a new block is reserved when that does not reach. */
import {
  askForBlock,
  backgroundLeft,
  hourEnd,
  hourOf,
  isNear,
  type Lane,
  type Seen,
} from '#core/governor/hour-budget';
import type { Credit } from '../ports/governor';
import type { Ports } from '../ports/ports';
import { readBudget, setBudget } from './budget-row';

/** Points of a block: about sixty edits. */
const blockPoints = 200;
/** What is live may be this far ahead of its next block, so that a single edit in a quiet hour writes no row. */
const overdraft = 40;
const mostTries = 3;
/** Where no worker said for whom it asks: screens, registration. */
const nobody = 'site';

export class PointsAccount {
  connection = nobody;
  lane: Lane = 'live';
  /** As Jira last said. */
  seen: Seen | undefined;
  credit: Credit = { hour: 0, left: 0 };
  isSpent = false;
  private readonly ports: Pick<Ports, 'store'>;
  private readonly share: number;

  /** `share`: part of a shared quota that is meant for this site, 0 to 1. */
  constructor(ports: Pick<Ports, 'store'>, share: number) {
    this.ports = ports;
    this.share = share;
  }

  /** Undefined: paid. Else the moment from which asking again makes sense. */
  async pay(points: number, now: number): Promise<number | undefined> {
    const isBackground = this.lane === 'background';
    if (isBackground && this.seen !== undefined && isNear(this.seen)) return hourEnd(now);
    if (this.credit.hour !== hourOf(now)) this.credit = { hour: hourOf(now), left: 0 };
    if (this.credit.left - points < (isBackground ? 0 : -overdraft)) {
      const until = await this.reserve(Math.max(blockPoints, points - this.credit.left), now);
      if (until !== undefined) return until;
    }
    this.credit = { ...this.credit, left: this.credit.left - points };
    this.isSpent = true;
    return undefined;
  }

  async backgroundPoints(now: number): Promise<{ perHour: number; left: number }> {
    return backgroundLeft((await readBudget(this.ports.store))?.budget, now, this.share);
  }

  /** Other runs find the stop when they ask for their next block. */
  async stop(until: number, now: number): Promise<void> {
    const row = await readBudget(this.ports.store);
    const budget = row?.budget ?? { hour: hourOf(now), taken: {} };
    if ((budget.stopUntil ?? 0) >= until) return;
    await this.ports.store.transact([setBudget({ ...budget, stopUntil: until }, row?.rev)]);
  }

  private async reserve(points: number, now: number): Promise<number | undefined> {
    const { connection, lane, share, seen } = this;
    for (let tries = 0; tries < mostTries; tries += 1) {
      const row = await readBudget(this.ports.store);
      const known = row?.budget ?? { hour: hourOf(now), taken: {} };
      const budget = seen === undefined ? known : { ...known, seen };
      const answer = askForBlock(budget, { connection, lane, points, now, share });
      if (answer.kind === 'wait') return answer.until;
      if ((await this.ports.store.transact([setBudget(answer.budget, row?.rev)])) === 'done') break;
      // When others keep coming first, the points are spent without a record; Jira's headers know of them.
    }
    this.credit = { ...this.credit, left: this.credit.left + points };
    return undefined;
  }
}
