/** The partner's issue stopped to match its filter, or matches again: the pair rests, or goes on. */
import type { Pair } from '#core/model/pair';
import type { DataOperation } from '#core/protocol/operations';
import { markLeft, unmarkTwin } from '../lifecycle/mark-twin';
import { type Agreement, findMapping } from '../pairs/agreement';
import { done, type Later, type Outcome } from '../pairs/outcome';
import { putPair, readPair } from '../pairs/pairs';
import { activityRow } from '../record-activity';
import { type Aspect, setDirty } from '../rows/dirty';
import type { Session } from '../stream/session';

type Of<Op extends DataOperation['op']> = Extract<DataOperation, { op: Op }>;

/** Nothing of the pair is sent from here on. What the partner sent before it is applied all the same. */
export async function applyLeft(
  session: Session,
  agreement: Agreement,
  operation: Of<'issue.left'>,
): Promise<Outcome> {
  const pair = await readPair(session, operation.pair);
  if (pair === undefined || pair.left?.there !== undefined) return done;
  const marked = await mark(session, agreement, pair);
  if (marked.kind === 'later') return marked;
  const now = session.ports.clock.now();
  const left = { ...pair.left, there: now, ...marked.left };
  putPair(session, { ...pair, left, lastReceived: now });
  tell(
    session,
    pair.local?.key,
    `rests: its twin does not match the filter of the partner any more.${marked.says}`,
  );
  return done;
}

/** A comment that Jira refuses keeps no pair from resting. */
async function mark(
  session: Session,
  agreement: Agreement,
  pair: Pair,
): Promise<{ kind: 'done'; left: { mark?: string }; says: string } | Later> {
  const leaving = findMapping(agreement, pair.mapping)?.mapping.leaving;
  if (leaving !== 'mark' || pair.local === undefined) return { kind: 'done', left: {}, says: '' };
  const marked = await markLeft(session, pair);
  if (marked.kind === 'later') return marked;
  if (marked.kind === 'marked') {
    return { kind: 'done', left: { mark: marked.id }, says: ' A comment on it says so.' };
  }
  return { kind: 'done', left: {}, says: ` The comment that says so could not be written: ${marked.reason}` };
}

/** Everything that may have changed here meanwhile is looked at. */
export async function applyBack(session: Session, operation: Of<'issue.back'>): Promise<Outcome> {
  const pair = await readPair(session, operation.pair);
  if (pair?.left?.there === undefined) return done;
  const { left, ...rest } = pair;
  const unmarked = left.mark === undefined ? undefined : await unmarkTwin(session, pair, left.mark);
  if (unmarked !== undefined) return unmarked;
  const now = session.ports.clock.now();
  const after = left.here === undefined ? rest : { ...rest, left: { here: left.here } };
  putPair(session, { ...after, lastReceived: now });
  const aspects: Aspect[] = ['fields', 'comments', 'files'];
  if (pair.local !== undefined) {
    for (const aspect of aspects) session.noteDirty(setDirty(session.id, pair.local.id, aspect, now));
  }
  tell(session, pair.local?.key, 'goes on: its twin matches the filter of the partner again.');
  return done;
}

function tell(session: Session, key: string | undefined, what: string): void {
  const about = key === undefined ? {} : { issueKey: key };
  const text = `${key ?? 'An issue'} ${what}`;
  session.rows.stage(activityRow(session.ports, session.id, { level: 'info', text, ...about }));
}
