/** An issue of a pair stops to match the filter of this site, or matches again: both are told to the partner. */
import type { Pair } from '#core/model/pair';
import { noteEnding } from '../lifecycle/note-ending';
import type { AgreedMapping, Agreement } from '../pairs/agreement';
import { putPair } from '../pairs/pairs';
import type { IssueRead } from '../ports/site';
import { activityRow } from '../record-activity';
import type { Session } from '../stream/session';
import { isRuled } from './is-ruled';

/** `flows`: what changed may be said. `stays`: nothing of it. `waits`: nobody could say; the same look is to be repeated. */
export type Crossed = { kind: 'flows'; pair: Pair } | { kind: 'stays' } | { kind: 'waits' };

export interface CrossWork {
  agreed: AgreedMapping;
  /** No offer of it is on its way. */
  pair: Pair;
  issue: IssueRead;
}

/** Staged with what it stages: the pair's new state and the message that tells it. A repeat finds it done. */
export function crossFilter(session: Session, agreement: Agreement, work: CrossWork): Crossed {
  const { agreed, pair, issue } = work;
  const verdict = isRuled(agreement, agreed, pair) ? session.memory.filtered.get(issue.id) : undefined;
  if (verdict === 'undecided') return { kind: 'waits' };
  const isOut = verdict === 'outside';
  if (isOut && pair.left?.here === undefined) {
    if (agreed.mapping.leaving === 'delete' && pair.state === 'twinned') endTwin(session, work);
    else rest(session, work);
  }
  if (isOut) return { kind: 'stays' };
  const back = pair.left?.here === undefined ? pair : comeBack(session, work);
  return back.left === undefined ? { kind: 'flows', pair: back } : { kind: 'stays' };
}

/** Its twin is to be deleted: it waits at the gate for deletions, and nothing of it is said meanwhile. */
function endTwin(session: Session, { pair }: CrossWork): void {
  const left = { ...pair.left, here: session.ports.clock.now() };
  putPair(session, noteEnding(session, { ...pair, left }, { why: 'left', by: 'here' }));
}

/** Told to the partner, who marks its issue where that is agreed. */
export function rest(session: Session, { pair, issue }: Pick<CrossWork, 'pair' | 'issue'>): void {
  const now = session.ports.clock.now();
  putPair(session, { ...pair, left: { ...pair.left, here: now }, lastSent: now });
  session.say({ op: 'issue.left', pair: pair.pair });
  const text = `${issue.key} does not match the filter any more: nothing of it travels until it does.`;
  session.rows.stage(activityRow(session.ports, session.id, { level: 'info', text, issueKey: issue.key }));
}

/** The same twin goes on; what changed meanwhile on either site is looked at by both. */
function comeBack(session: Session, { pair, issue }: CrossWork): Pair {
  const { left, ...resting } = pair;
  const { here: _over, ...still } = left ?? {};
  const back = still.there === undefined ? resting : { ...resting, left: still };
  putPair(session, back);
  session.say({ op: 'issue.back', pair: pair.pair });
  const text = `${issue.key} matches the filter again and takes part from now on.`;
  session.rows.stage(activityRow(session.ports, session.id, { level: 'info', text, issueKey: issue.key }));
  return back;
}
