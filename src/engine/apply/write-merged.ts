/** Writes what was decided; an edit that came between reading and writing is merged as if it had been read before. */
import type { Pair } from '#core/model/pair';
import type { SlotValues } from '#core/model/value';
import type { SlotChanges } from '#core/reconcile/conflicts';
import { type Decide, planRepair } from '#core/reconcile/plan-repair';
import type { Overwritten, UpdatePlan } from '#core/reconcile/update-plan';
import { keepOverwritten } from '../conflicts/keep-overwritten';
import type { AgreedMapping, Agreement } from '../pairs/agreement';
import type { Later } from '../pairs/outcome';
import type { IssueRead } from '../ports/site';
import type { Session } from '../stream/session';
import { keepBetween } from './keep-between';
import { stageOverwritten } from './stage-overwritten';
import { readable, writeSlots } from './write-slots';

/** Somebody who types faster than this many reads and writes of ours is heard with the next look. */
const mostRepairs = 3;

export interface MergedWork {
  issue: IssueRead;
  local: SlotValues;
  changes: SlotChanges;
  plan: UpdatePlan;
  decide: Decide;
}

export type MergedWritten =
  /** `plan`: as it was decided in the end. */
  | { kind: 'written'; plan: UpdatePlan; after: SlotValues; refused: Record<string, string> }
  | { kind: 'gone'; reason: string }
  /** As in `Written`. */
  | (Later & { wrote?: SlotValues });

export async function writeMerged(
  session: Session,
  agreement: Agreement,
  agreed: AgreedMapping,
  work: MergedWork,
): Promise<MergedWritten> {
  let { plan, issue, local, changes } = work;
  let values = plan.write;
  let seen: SlotValues | undefined;
  const refused: Record<string, string> = {};
  await keep(session, agreed, issue, plan.pair, plan.overwritten);
  for (let repairs = 0; ; repairs += 1) {
    const written = await writeSlots(session, agreement, agreed, { issue, pair: plan.pair, values });
    if (written.kind === 'later' && seen !== undefined) return { wrote: seen, ...written };
    if (written.kind !== 'written') return written;
    seen = written.after;
    Object.assign(refused, written.refused);
    const { after, between } = written;
    // Edits which the history tells only as text cannot be merged.
    const unread = between.filter(({ value }) => value === undefined);
    await keepBetween(session, agreed, { pair: plan.pair, issueKey: issue.key }, unread);
    const edits = readable(between);
    if (Object.keys(edits).length === 0 || repairs === mostRepairs) {
      return { kind: 'written', plan, after, refused };
    }
    local = { ...local, ...edits };
    changes = { ...changes, ...Object.fromEntries(between.map(({ slot, at, who }) => [slot, { at, who }])) };
    const repair = planRepair({ local, between: edits, changes, after, decide: work.decide });
    if (repair === undefined) return { kind: 'written', plan, after, refused };
    const fresh = repair.plan.overwritten.filter(({ slot }) => edits[slot] !== undefined);
    await keep(session, agreed, issue, plan.pair, fresh);
    plan = repair.plan;
    values = repair.write;
    issue = written.issue;
    if (Object.keys(values).length === 0) return { kind: 'written', plan, after, refused };
  }
}

/** Durable before the write: after it a crash would leave no trace of what is lost here. */
async function keep(
  session: Session,
  agreed: AgreedMapping,
  issue: IssueRead,
  pair: Pair,
  overwritten: readonly Overwritten[],
): Promise<void> {
  if (overwritten.length === 0) return;
  await keepOverwritten(session, agreed, pair, overwritten);
  await stageOverwritten(session, agreed, issue.key, overwritten);
  await session.commit();
}
