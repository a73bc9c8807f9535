/** Keeps the problem row of a pair or comment in step with what waits there. */
import type { Pair } from '#core/model/pair';
import { rowKeys } from '../rows/keys';
import {
  conflictItem,
  endingItem,
  type ProblemItem,
  type ProblemRow,
  problemRowSchema,
  unreachableItem,
} from '../rows/problem';
import type { Session } from '../stream/session';
import type { AgreedMapping } from './agreement';

const unreachableNext =
  'Give the app access to the issue again, or say what became of it. Until then changes of this pair wait.';
const endingNext = 'Decide whether it is deleted here too or stays as an ordinary issue.';
const hereNext = 'Correct the cause here, then choose Try again.';
const askedReason = 'Both sites changed it, and the agreement leaves the decision to a person.';
const askedNext =
  'Choose the value of one of the sites, or give another one. Until then each site keeps its own.';
const thereNext = 'The admin of the partner site can correct the cause; then choose Try again.';

/** `unmapped`: values here that have no counterpart in the agreement. */
export interface PairFacts {
  pair: Pair;
  agreed: AgreedMapping | undefined;
  now: number;
  unmapped?: readonly { slot: string; name: string }[];
}

/** Stages a change only if something changed. */
export async function stagePairProblems(session: Session, facts: PairFacts): Promise<void> {
  const { pair } = facts;
  const items = pairItems(facts);
  await stageProblems(session, pair.pair, {
    ...(pair.local === undefined ? {} : { issueId: pair.local.id, issueKey: pair.local.key }),
    items,
  });
}

/** One row for one subject: a pair id or a comment's twin id. No items: the row goes away. */
export async function stageProblems(session: Session, subject: string, row: ProblemRow): Promise<void> {
  const key = rowKeys.problem(session.id, subject);
  const body = await session.rows.read('problem', key);
  const before = body === undefined ? undefined : problemRowSchema.parse(body);
  if (row.items.length === 0) {
    if (before !== undefined) session.rows.remove('problem', key);
    return;
  }
  const known = new Map(before?.items.map((item) => [item.id, item]));
  // What waited before keeps its time.
  const items = row.items.map((item) => {
    const old = known.get(item.id);
    return old?.reason === item.reason && old.side === item.side ? old : item;
  });
  const after = { ...row, items };
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  session.rows.put('problem', key, after, { group: session.id, rank: subject });
}

function pairItems({ pair, agreed, now, unmapped = [] }: PairFacts): ProblemItem[] {
  if (pair.state === 'gone') return [];
  const items: ProblemItem[] = [...endingItems(pair)];
  if (pair.state === 'unreachable') {
    const reason = 'The issue cannot be read: it was deleted, moved away or hidden from the app.';
    const next = unreachableNext;
    items.push({ id: unreachableItem, at: now, what: 'The whole issue', reason, next, side: 'here' });
  }
  if (pair.moved !== undefined) items.push(movedItem(pair, now));
  if (pair.heldWhole !== undefined) {
    const { side, reason, at } = pair.heldWhole;
    items.push({ id: 'whole', at, what: 'The whole issue', reason, next: nextOf(side), side });
  } else {
    for (const [slot, { side, reason, at }] of Object.entries(pair.held)) {
      if (agreed !== undefined && side === 'here' && !agreed.bound.has(slot)) continue;
      items.push({ id: slot, at, what: labelOf(agreed, slot), reason, next: nextOf(side), side });
    }
  }
  for (const [slot, { since }] of Object.entries(pair.conflicts ?? {})) {
    const what = labelOf(agreed, slot);
    items.push({
      id: conflictItem(slot),
      at: since,
      what,
      reason: askedReason,
      next: askedNext,
      side: 'here',
    });
  }
  for (const { slot, name } of unmapped) {
    const reason = `"${name}" has no counterpart in the agreement, so it is not sent.`;
    const next = 'Give it a counterpart in the mapping, or choose another value.';
    items.push({ id: `unmapped-${slot}`, at: now, what: labelOf(agreed, slot), reason, next, side: 'here' });
  }
  return items;
}

function endingItems({ ending, partner }: Pair): ProblemItem[] {
  if (ending?.wait === undefined) return [];
  const { at, reason } = ending.wait;
  const theirs = `${partner?.key ?? 'Its twin'} came to an end on the partner site (${ending.why}).`;
  const what = 'The whole issue';
  return [{ id: endingItem, at, what, reason: `${theirs} ${reason}`, next: endingNext, side: 'here' }];
}

/** Jira lets no app move an issue by itself, so a person has to. */
function movedItem({ moved, partner }: Pair, at: number): ProblemItem {
  const twin = partner?.key ?? 'its twin';
  const isHere = moved?.here !== undefined;
  return {
    id: 'moved',
    at,
    what: 'The whole issue',
    reason: isHere
      ? `It was moved to what another mapping shares, and ${twin} was not.`
      : `Its twin ${partner?.key ?? ''} was moved to what another mapping shares.`.replace('  ', ' '),
    next: isHere
      ? `Have ${twin} moved to the project of that mapping on the partner site, too, or move this issue back. Until then nothing of the two is sent.`
      : 'Move this issue to the project of that mapping, too, or have the twin moved back. Until then nothing of the two is sent.',
    side: isHere ? 'partner' : 'here',
  };
}

function nextOf(side: 'here' | 'partner'): string {
  return side === 'here' ? hereNext : thereNext;
}

export function labelOf(agreed: AgreedMapping | undefined, slot: string): string {
  return agreed?.mapping.fields.find((field) => field.id === slot)?.label ?? 'A field';
}
