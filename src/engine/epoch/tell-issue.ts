/** Tells the partner all that it may have forgotten of some issues: their pairs, and what hangs on them. */

import { readValues } from '#core/mapping/read-values';
import type { Pair } from '#core/model/pair';
import { knownValues } from '#core/reconcile/known-values';
import { settlePair } from '#core/reconcile/settle-pair';
import { withoutUnsaid } from '#core/reconcile/unsaid';
import { withoutNeverSaid } from '#core/reconcile/without-never-said';
import { sendable } from '../capture/offer-create';
import { isRuled } from '../filter/is-ruled';
import { judgeIssues } from '../filter/judge-issues';
import { issueAddress } from '../pairs/address';
import { type AgreedMapping, type Agreement, findMapping, mayLeave } from '../pairs/agreement';
import { lookAround } from '../pairs/look-around';
import { done, isPassing, type Later, later, type Outcome } from '../pairs/outcome';
import { putPair } from '../pairs/pairs';
import type { IssueRead } from '../ports/site';
import { setDirty } from '../rows/dirty';
import type { Session } from '../stream/session';
import { pastHashes } from './past-hashes';
import { tellAlong } from './tell-along';

/** Repeating it after a crash is harmless: who hears it twice knows it already. An answer means that it broke off. */
export async function tellIssues(session: Session, pairs: readonly Pair[]): Promise<Later | undefined> {
  const ids = pairs.flatMap(({ local }) => (local === undefined ? [] : [local.id]));
  if (ids.length === 0) return undefined;
  const agreement = await session.agreement();
  const fields = [...new Set(agreement.mappings.flatMap(({ fieldIds }) => fieldIds))].sort();
  const read = await session.ports.site.readIssues(ids, fields, { history: true });
  if (!read.ok) {
    return later(
      isPassing(read.failure) ? read.failure : { kind: 'unavailable', message: read.failure.message },
    );
  }
  const unjudged = await judgeIssues(session, agreement, read.value);
  if (unjudged !== undefined) return unjudged;
  const issues = new Map(read.value.map((issue) => [issue.id, issue]));
  for (const pair of pairs) {
    const issue = issues.get(pair.local?.id ?? '');
    const agreed = findMapping(agreement, pair.mapping);
    if (issue === undefined || agreed === undefined || !mayLeave(agreement, agreed, issue)) {
      await noteUntold(session, pair);
      continue;
    }
    if (isOutside(session, agreement, agreed, pair)) {
      await tellNothing(session, pair, issue);
      continue;
    }
    const failed = await tellIssue(session, agreement, { pair, issue, agreed });
    if (failed !== undefined) return failed;
  }
  return undefined;
}

interface Told {
  pair: Pair;
  issue: IssueRead;
  agreed: AgreedMapping;
}

async function tellIssue(session: Session, agreement: Agreement, told: Told): Promise<Later | undefined> {
  if (!session.hasRoom) await session.commit();
  if (mayBeForgotten(session, told.pair)) {
    const failed = await recall(session, agreement, told);
    if (failed !== undefined) return failed;
  } else {
    session.noteDirty(setDirty(session.id, told.issue.id, 'fields', session.ports.clock.now()));
  }
  return tellAlong(session, agreement, told.pair, told.issue);
}

/**
 * By the partner: it says that it forgot, or it forgot in the time which we forgot, and could not be told of this pair then. By now
 * we have heard of all that it knows.
 */
function mayBeForgotten({ stream: { resync } }: Session, { lastReceived = 0 }: Pair): boolean {
  if (resync === undefined) return false;
  return resync.theirs?.lost === true || (resync.mine && lastReceived < resync.at);
}

/** Whoever looks at its issue when it can be read again tells it. */
async function noteUntold(session: Session, pair: Pair): Promise<void> {
  if (!mayBeForgotten(session, pair) || !isToTell(pair)) return;
  if (!session.hasRoom) await session.commit();
  putPair(session, { ...pair, untold: true });
}

/** As was judged a moment ago, or as the partner was told: until the usual look says that it is back, a filter of ours hides it. */
function isOutside(session: Session, agreement: Agreement, agreed: AgreedMapping, pair: Pair): boolean {
  const isFiltered = isRuled(agreement, agreed, pair) && session.memory.filtered.has(pair.local?.id ?? '');
  return isFiltered || pair.left?.here !== undefined;
}

/** That it left may be forgotten over there. Whoever looks at it when it is back tells the rest. */
async function tellNothing(session: Session, pair: Pair, issue: IssueRead): Promise<void> {
  await noteUntold(session, pair);
  if (!session.hasRoom) await session.commit();
  if (pair.left?.here !== undefined) session.say({ op: 'issue.left', pair: pair.pair });
  session.noteDirty(setDirty(session.id, issue.id, 'fields', session.ports.clock.now()));
}

function isToTell({ state }: Pair): boolean {
  return state === 'offered' || state === 'twinned' || state === 'unreachable';
}

/** It could not be read when everything was told. What hangs on it is told by `sayAlong`. */
export async function tellLater(session: Session, agreement: Agreement, told: Told): Promise<Outcome> {
  return (await recall(session, agreement, told)) ?? done;
}

/** The pair as both had agreed on it, and what our issue says now. */
async function recall(session: Session, agreement: Agreement, told: Told): Promise<Later | undefined> {
  const { issue, agreed } = told;
  const { open: _lost, untold: _told, ...settled } = settlePair(told.pair, session.stream.out.done);
  const pair: Pair = { ...settled, local: { id: issue.id, key: issue.key } };
  if (!isToTell(pair)) return undefined;
  const known = knownValues(pair);
  const around = lookAround(session, agreement, agreed);
  const failed = await around.beforeReading(issue, known);
  if (failed !== undefined) return failed;
  const { here } = around;
  const { values: all } = readValues(agreed.mapping.fields, agreed.binding, issue.fields, { here, known });
  const values = withoutNeverSaid(sendable(agreement, agreed, withoutUnsaid(pair, all)), pair.base);
  const at = issue.updatedAt;
  const from = await issueAddress(session, issue.key);
  const past = pastHashes(session, agreed, issue, here);
  session.say({
    op: 'issue.recall',
    pair: pair.pair,
    mapping: pair.mapping,
    type: pair.type,
    original: pair.origin === agreement.role,
    base: pair.base,
    values,
    at,
    ...(from === undefined ? {} : { from }),
    ...(pair.partner === undefined ? {} : { yours: pair.partner.key }),
    ...past,
  });
  const open = { seq: session.nextSeq, values, at, full: true as const, ...past };
  const recalled = session.stream.ep.n;
  // Whether it has a twin over there is not known yet.
  const state = pair.state === 'offered' ? 'offered' : 'twinned';
  putPair(session, { ...pair, state, open, recalled, lastSent: session.ports.clock.now() });
  return undefined;
}
