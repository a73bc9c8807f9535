/** The partner pairs one of its issues with one of ours: checked again, then both states are merged by the agreement. */
import { matchValue } from '#core/backfill/match-value';
import type { Pair } from '#core/model/pair';
import { otherRole } from '#core/model/role';
import type { DataOperation } from '#core/protocol/operations';
import type { PairingRefusal } from '#core/protocol/pairing-operations';
import { applyValues } from '../apply/apply-values';
import { fieldsOfFilters, keepInside } from '../filter/keep-inside';
import { issueAddress } from '../pairs/address';
import { type Agreement, findMapping } from '../pairs/agreement';
import { done, isPassing, type Later, later, type Outcome } from '../pairs/outcome';
import { findPair, putIndex, readPair } from '../pairs/pairs';
import { stageProblems } from '../pairs/problems';
import type { IssueRead } from '../ports/site';
import { activityRow } from '../record-activity';
import { rowKeys } from '../rows/keys';
import type { Session } from '../stream/session';
import { standing } from './candidates';

type IssuePair = Extract<DataOperation, { op: 'issue.pair' }>;

/** A repeat finds the pair and is a full state like any other. */
export async function applyPair(
  session: Session,
  agreement: Agreement,
  operation: IssuePair,
  seq: number,
): Promise<Outcome> {
  const { pair: id, values, at } = operation;
  const known = await readPair(session, id);
  const update = { seq, values, seen: 0, at };
  if (known?.local !== undefined && known.mapping === operation.mapping) {
    session.say({ op: 'issue.twin', pair: id, at: await issueAddress(session, known.local.key) });
    return applyValues(session, agreement, { pair: known, update, state: { ask: true } });
  }
  const found = known === undefined ? await find(session, agreement, operation) : 'paired';
  if (typeof found === 'string') {
    session.say({ op: 'issue.unpaired', pair: id, no: found });
    return done;
  }
  if (found.kind === 'later') return found;
  const { issue } = found;
  const pair: Pair = {
    pair: id,
    mapping: operation.mapping,
    type: operation.type,
    local: { id: issue.id, key: issue.key },
    origin: otherRole(agreement.role),
    state: 'twinned',
    base: {},
    inSeq: 0,
    held: {},
    pairedAt: session.ports.clock.now(),
    ...(operation.from === undefined ? {} : { partner: operation.from }),
  };
  const outcome = await applyValues(session, agreement, { pair, update, state: { ask: true } });
  if (outcome.kind !== 'done') return outcome;
  putIndex(session, issue.id, id);
  session.change((stream) => ({ ...stream, counts: { ...stream.counts, pairs: stream.counts.pairs + 1 } }));
  session.say({ op: 'issue.twin', pair: id, at: await issueAddress(session, issue.key) });
  return done;
}

/** Only what this site's admin allowed, whatever was answered before. */
async function find(
  session: Session,
  agreement: Agreement,
  operation: IssuePair,
): Promise<{ kind: 'found'; issue: IssueRead } | PairingRefusal | Later> {
  const allow = session.connection.pairing?.allow;
  const agreed = findMapping(agreement, operation.mapping);
  if (allow === undefined || (allow.by === 'value' && operation.value === undefined)) return 'notAllowed';
  if (agreed === undefined) return 'unknown';
  const fields = [...(allow.by === 'value' ? [allow.fieldId] : []), ...fieldsOfFilters(agreement)];
  const read = await session.ports.site.readIssue(operation.key, fields);
  if (!read.ok) return isPassing(read.failure) ? later(read.failure) : 'unknown';
  const issue = read.value;
  const inside = await keepInside(session.ports, agreement, [issue]);
  if (inside.kind === 'later') return inside;
  const stands = standing(agreement, inside.issues[0]);
  if (!stands.ok) return stands.no;
  if (stands.mapping !== operation.mapping || stands.type !== operation.type) return 'type';
  const isOther = allow.by === 'value' && matchValue(issue.fields[allow.fieldId]) !== operation.value;
  if (isOther) return 'unknown';
  return (await findPair(session, issue.id)) === undefined ? { kind: 'found', issue } : 'paired';
}

const words: Record<PairingRefusal, string> = {
  unknown: 'the issue over there does not exist any more or takes no part',
  type: 'the issue over there is of another type',
  paired: 'the issue over there has a twin already',
  twice: 'several issues over there have the same value',
  notAllowed: 'the admin of the partner site does not allow it any more',
  unavailable: 'Jira over there did not answer',
};

/** Ours is forgotten: both issues stay as they are. */
export async function applyUnpaired(
  session: Session,
  operation: Extract<DataOperation, { op: 'issue.unpaired' }>,
): Promise<Outcome> {
  const pair = await readPair(session, operation.pair);
  const isAsked = pair?.open?.full === true && pair.partner === undefined && pair.local !== undefined;
  if (pair?.local === undefined || !isAsked) return done;
  const { id, key } = pair.local;
  session.rows.remove('pair', rowKeys.pair(session.id, pair.pair));
  session.rows.remove('issueIndex', rowKeys.issueIndex(session.id, id));
  await stageProblems(session, pair.pair, { items: [] });
  const { pairs } = session.stream.counts;
  session.change((stream) => ({ ...stream, counts: { ...stream.counts, pairs: Math.max(0, pairs - 1) } }));
  const text = `${key} was not paired: ${words[operation.no]}.`;
  session.rows.stage(activityRow(session.ports, session.id, { level: 'warning', text, issueKey: key }));
  session.memory.passedOver.add(id);
  return done;
}
