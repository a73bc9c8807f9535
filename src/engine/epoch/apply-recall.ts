/** Takes in what the partner tells after an epoch began: what was forgotten here, and that it has told all. */
import type { IssueRecall } from '#core/protocol/epoch-operations';
import type { DataOperation } from '#core/protocol/operations';
import { applyCreate } from '../apply/apply-create';
import { applyValues } from '../apply/apply-values';
import { issueAddress } from '../pairs/address';
import type { Agreement } from '../pairs/agreement';
import { done, type Outcome } from '../pairs/outcome';
import { readPair } from '../pairs/pairs';
import type { Session } from '../stream/session';
import { adoptIssue } from './adopt-issue';
import { changeResync } from './change-resync';
import { recalledIn } from './forgotten-since';
import { compareTerms } from './tell-terms-again';

type Of<Op extends DataOperation['op']> = Extract<DataOperation, { op: Op }>;

/** Of an epoch that is over by now, it is told again in the next one. */
export async function applyEpochOpen(session: Session, operation: Of<'epoch.open'>): Promise<Outcome> {
  const { epoch, lost, ageMs, latest, agreed } = operation;
  if (epoch !== session.stream.ep.n) return done;
  changeResync(session, (resync) => ({ ...resync, theirs: { lost, ageMs } }));
  await session.commit();
  await compareTerms(session.ports, session.connection, { latest, agreed });
  await session.reload();
  return done;
}

export async function applyEpochDone(session: Session, operation: Of<'epoch.done'>): Promise<Outcome> {
  if (operation.epoch !== session.stream.ep.n) return done;
  changeResync(session, (resync) => ({ ...resync, isHeard: true }));
  return done;
}

/** With our memory lost, the partner's base is what both had agreed on; else ours is, and the two states are merged. */
export async function applyRecall(
  session: Session,
  agreement: Agreement,
  operation: IssueRecall,
  seq: number,
): Promise<Outcome> {
  const { resync } = session.stream;
  const isForgotten = resync?.mine === true && resync.theirs?.lost === false;
  const known = await readPair(session, operation.pair);
  const update = { seq, values: operation.values, seen: 0, at: operation.at };
  const state = { ask: true, ...recalledIn(session, operation.past) };
  if (known?.local !== undefined && known.mapping === operation.mapping) {
    const { open: _lost, conflicts: _asked, ...rest } = known;
    const pair = isForgotten ? { ...rest, base: operation.base, held: {} } : known;
    return applyValues(session, agreement, { pair, update, state });
  }
  const adopted = await adoptIssue(session, agreement, operation);
  switch (adopted.kind) {
    case 'later':
      return adopted;
    case 'pair': {
      const { pair } = adopted;
      const key = pair.local?.key ?? '';
      session.say({ op: 'issue.twin', pair: pair.pair, at: await issueAddress(session, key) });
      return applyValues(session, agreement, { pair, update, state });
    }
    case 'never':
      return makeAgain(session, agreement, operation, seq);
    case 'gone':
      return refuse(session, operation, seq);
  }
}

/** Jira lost it too: it is made as when it was offered first. */
async function makeAgain(
  session: Session,
  agreement: Agreement,
  operation: IssueRecall,
  seq: number,
): Promise<Outcome> {
  const { pair, mapping, type, values, at, from } = operation;
  return applyCreate(session, agreement, { op: 'issue.create', pair, mapping, type, values, at, from }, seq);
}

function refuse(session: Session, { pair, values }: IssueRecall, seq: number): Outcome {
  const reason = 'The issue of this pair does not exist any more here, or takes no part.';
  const slots = Object.keys(values).map((slot) => ({ slot, reason }));
  session.say({ op: 'issue.held', pair, seq, slots, whole: reason });
  return done;
}
