/** Offers an issue to the partner as a new one, for the first time or again after it was refused. */
import { hashValues } from '#core/merge/hash-values';
import type { Pair } from '#core/model/pair';
import type { SlotValues } from '#core/model/value';
import { sayAgain } from '../epoch/may-have-forgotten';
import { issueAddress } from '../pairs/address';
import { type AgreedMapping, type Agreement, iMaySend } from '../pairs/agreement';
import { done, type Outcome } from '../pairs/outcome';
import { putPair } from '../pairs/pairs';
import { stagePairProblems } from '../pairs/problems';
import type { IssueRead } from '../ports/site';
import type { Session } from '../stream/session';

export interface Offer {
  pair: Pair;
  agreed: AgreedMapping;
  issue: IssueRead;
  values: SlotValues;
}

/** The pair is stored with the offer open; nothing waits any more. */
export async function offerCreate(session: Session, agreement: Agreement, offer: Offer): Promise<void> {
  const { agreed, issue } = offer;
  const values = sendable(agreement, agreed, offer.values);
  const pair = withoutWaiting(offer.pair);
  const open = { seq: session.nextSeq, values, at: issue.updatedAt };
  putPair(session, { ...pair, open, lastSent: session.ports.clock.now() });
  session.say({
    op: 'issue.create',
    pair: pair.pair,
    mapping: pair.mapping,
    type: pair.type,
    values,
    at: issue.updatedAt,
    from: await issueAddress(session, issue.key),
    ...sayAgain(session, issue.createdAt),
  });
  session.tell('sent', issue.key);
}

/** The partner refused the issue: offer it again when somebody asks for it, or when an edit may have removed the reason. */
export async function offerAgain(
  session: Session,
  agreement: Agreement,
  offer: Offer & { isRetry: boolean },
): Promise<Outcome> {
  const { pair, agreed } = offer;
  const refused = Object.fromEntries(Object.entries(pair.held).map(([slot, { value }]) => [slot, value]));
  const isSame = hashValues(refused) === hashValues(sendable(agreement, agreed, offer.values));
  if (isSame && !offer.isRetry) return done;
  await offerCreate(session, agreement, offer);
  await stagePairProblems(session, { pair: withoutWaiting(pair), agreed, now: session.ports.clock.now() });
  return done;
}

/** All values which this side may send. */
export function sendable(agreement: Agreement, agreed: AgreedMapping, values: SlotValues): SlotValues {
  const result: SlotValues = {};
  for (const field of agreed.mapping.fields) {
    const value = values[field.id];
    if (value !== undefined && iMaySend(agreement, field.direction)) result[field.id] = value;
  }
  return result;
}

function withoutWaiting(pair: Pair): Pair {
  const { heldWhole: _waited, ...rest } = pair;
  return { ...rest, held: {} };
}
