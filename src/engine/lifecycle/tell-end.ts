/** Tells the partner that an issue of ours came to an end, and ends its pair here. */
import { endPolicy } from '#core/lifecycle/end-policy';
import type { EndReason } from '#core/model/lifecycle-terms';
import type { Pair } from '#core/model/pair';
import { type Agreement, findMapping } from '../pairs/agreement';
import type { Session } from '../stream/session';
import { countEnd } from './count-ends';
import { endPair } from './end-pair';
import { refuseUnfetched } from './unseen-parts';

const happened = {
  deleted: 'was deleted here',
  moved: 'was moved to a project here that is not shared with it',
  archived: 'was archived here',
  unreachable: 'cannot be read here any more',
  left: 'does not match the filter here any more',
} as const;

const becomes = {
  ignore: 'stays as it is and gets no more changes',
  mark: 'stays, and a comment on it says so',
  delete: 'is deleted too, as agreed',
} as const;

/** Stages both. Its twin stays where an admin decided so, whatever is agreed. */
export async function tellEnd(
  session: Session,
  agreement: Agreement,
  pair: Pair,
  why: EndReason,
): Promise<void> {
  const keep = session.memory.keptTwins.has(pair.pair);
  const agreed = findMapping(agreement, pair.mapping);
  const policy = keep ? 'ignore' : endPolicy(agreed?.mapping, why, agreement.role);
  const key = pair.local?.key ?? 'An issue';
  await countEnd(session, pair.pair);
  const text = `${key} ${happened[why]}. Its twin on the partner site ${becomes[policy]}.`;
  await refuseUnfetched(session, pair.pair);
  if (policy === 'delete') sayUndecided(session, pair);
  await endPair(session, pair, { why, by: 'here', text });
  session.say({ op: 'issue.ended', pair: pair.pair, why, ...(keep ? { keep: true as const } : {}) });
  session.tell('sent', key);
}

/**
 * What both sites disagree about is not told while our issue does not match its filter: the partner takes its word for one that
 * we have. Told that it waits here, it asks before that word goes with the twin. Our own word stays at home.
 */
function sayUndecided(session: Session, pair: Pair): void {
  if (pair.left?.here === undefined) return;
  const reason = 'Both sites changed it, and nobody had decided when the issue came to an end over there.';
  const slots = Object.keys(pair.conflicts ?? {}).map((slot) => ({ slot, reason }));
  if (slots.length === 0) return;
  session.say({ op: 'issue.held', pair: pair.pair, seq: Math.max(1, pair.inSeq), slots });
}
