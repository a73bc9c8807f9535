/** Tells the partner all that it may have forgotten of some issues: their pairs, and what hangs on them. */
import { readValues } from '#core/mapping/read-values';
import type { Pair } from '#core/model/pair';
import { knownValues } from '#core/reconcile/known-values';
import { settlePair } from '#core/reconcile/settle-pair';
import { withoutNeverSaid } from '#core/reconcile/without-never-said';
import { sayFiles } from '../attachments/say-file';
import { sayComment } from '../capture/capture-comment';
import { offerCreate, sendable } from '../capture/offer-create';
import { issueAddress } from '../pairs/address';
import { type AgreedMapping, type Agreement, findMapping, mayLeave } from '../pairs/agreement';
import { lookAround } from '../pairs/look-around';
import { isPassing, type Later, later } from '../pairs/outcome';
import { putPair } from '../pairs/pairs';
import type { IssueRead } from '../ports/site';
import { setDirty } from '../rows/dirty';
import type { Session } from '../stream/session';
import { sayAllWorklogs } from '../worklogs/capture-worklogs';

/** Repeating it after a crash is harmless: who hears it twice knows it already. An answer means that it broke off. */
export async function tellIssues(session: Session, pairs: readonly Pair[]): Promise<Later | undefined> {
  const ids = pairs.flatMap(({ local }) => (local === undefined ? [] : [local.id]));
  if (ids.length === 0) return undefined;
  const agreement = await session.agreement();
  const fields = [...new Set(agreement.mappings.flatMap(({ fieldIds }) => fieldIds))].sort();
  const read = await session.ports.site.readIssues(ids, fields);
  if (!read.ok) {
    return later(
      isPassing(read.failure) ? read.failure : { kind: 'unavailable', message: read.failure.message },
    );
  }
  const issues = new Map(read.value.map((issue) => [issue.id, issue]));
  for (const pair of pairs) {
    const issue = issues.get(pair.local?.id ?? '');
    const agreed = findMapping(agreement, pair.mapping);
    if (issue === undefined || agreed === undefined || !mayLeave(agreement, agreed, issue)) continue;
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
  const isForgotten = session.stream.resync?.theirs?.lost === true;
  if (isForgotten) {
    const failed = await recall(session, agreement, told);
    if (failed !== undefined) return failed;
  } else {
    session.noteDirty(setDirty(session.id, told.issue.id, 'fields', session.ports.clock.now()));
  }
  return tellAlong(session, agreement, told);
}

/** The pair as both had agreed on it, and what our issue says now. */
async function recall(session: Session, agreement: Agreement, told: Told): Promise<Later | undefined> {
  const { issue, agreed } = told;
  const { open: _lost, ...settled } = settlePair(told.pair, session.stream.out.done);
  const pair: Pair = { ...settled, local: { id: issue.id, key: issue.key } };
  if (pair.state !== 'offered' && pair.state !== 'twinned' && pair.state !== 'unreachable') return undefined;
  const known = knownValues(pair);
  const around = lookAround(session, agreement, agreed);
  const failed = await around.beforeReading(issue, known);
  if (failed !== undefined) return failed;
  const { here } = around;
  const { values: all } = readValues(agreed.mapping.fields, agreed.binding, issue.fields, { here, known });
  if (pair.state === 'offered') {
    await offerCreate(session, agreement, { pair, agreed, issue, values: all });
    return undefined;
  }
  const values = withoutNeverSaid(sendable(agreement, agreed, all), pair.base);
  const at = issue.updatedAt;
  const from = await issueAddress(session, issue.key);
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
  });
  const open = { seq: session.nextSeq, values, at, full: true as const };
  const recalled = session.stream.ep.n;
  putPair(session, { ...pair, state: 'twinned', open, recalled, lastSent: session.ports.clock.now() });
  return undefined;
}

/** What was said of comments, logged work and files may have been lost on the way, too. */
async function tellAlong(session: Session, agreement: Agreement, told: Told): Promise<Later | undefined> {
  const { pair, issue } = told;
  const failed = await tellComments(session, agreement, told);
  if (failed !== undefined) return failed;
  const logged = await sayAllWorklogs(session, agreement, pair, issue.id, true);
  if (logged.kind === 'later') return logged;
  const files = await sayFiles(session, agreement, { pair, issueId: issue.id, isRetry: true });
  return files.kind === 'later' ? files : undefined;
}

async function tellComments(
  session: Session,
  agreement: Agreement,
  { pair, issue, agreed }: Told,
): Promise<Later | undefined> {
  if (agreed.mapping.comments === 'off') return undefined;
  const issueId = issue.id;
  const listed = await session.ports.site.listComments(issueId);
  if (!listed.ok && isPassing(listed.failure)) return later(listed.failure);
  for (const comment of listed.ok ? listed.value : []) {
    if (comment.createdAt < (pair.pairedAt ?? 0)) continue;
    if (!session.hasRoom) await session.commit();
    await sayComment(session, agreement, { pair, issueId, commentId: comment.id, isRetry: true }, comment);
  }
  return undefined;
}
