/** Makes copies of new issues together: one request for up to 50, each with its own intent and its own mark. */

import type { Pair } from '#core/model/pair';
import type { DataOperation } from '#core/protocol/operations';
import { foundAgain, highestNumber, noteNumber } from '../apply/ensure-issue';
import { type CopyPlan, offeredPair, planCopy } from '../apply/plan-copy';
import { findMarked } from '../epoch/find-marked';
import { mayHaveForgotten } from '../epoch/may-have-forgotten';
import type { Agreement } from '../pairs/agreement';
import { isPassing, type Later, later } from '../pairs/outcome';
import { putPair, readPair } from '../pairs/pairs';
import type { CreateRequest, IssueRead } from '../ports/site';
import type { SiteResult } from '../ports/site-result';
import type { ReadyCopy } from '../stream/run-memory';
import type { Session } from '../stream/session';
import { findCopies } from './find-copies';
import { type Upcoming, upcoming } from './look-ahead';

/** Jira's limit of one request. */
const most = 50;
/** A request for 50 issues takes its time, milliseconds; with less left they are made one by one. */
const reserveMs = 25_000;

interface Candidate {
  pair: Pair;
  plan: CopyPlan;
}

/**
 * Called before the first of them is applied. What was made, or is known not to be there, stands in the run's memory
 * afterwards; what could not be done together is left to be done alone. An answer means: not now.
 */
export async function makeMany(
  session: Session,
  agreement: Agreement,
  operation: Extract<DataOperation, { op: 'issue.create' }>,
): Promise<Later | undefined> {
  const { lookedAhead } = session.memory;
  if (lookedAhead.has(operation.pair) || session.ports.budget.remainingMs() < reserveMs) return undefined;
  const candidates = await gather(session, agreement);
  if (!Array.isArray(candidates)) return candidates;
  if (candidates.length < 2) return undefined;
  const left = await adopt(session, candidates);
  if (!Array.isArray(left)) return left;
  return left.length === 0 ? undefined : make(session, left);
}

/** Nothing was made or refused yet, and its original is still there. */
function isPlainOffer(known: Pair): boolean {
  return known.state !== 'gone' && known.local === undefined && known.heldWhole === undefined;
}

async function gather(session: Session, agreement: Agreement): Promise<Candidate[] | Later> {
  const offers = await upcoming(session, 'issue.create', { most });
  const candidates = new Map<string, Candidate>();
  for (const offer of offers) {
    session.memory.lookedAhead.add(offer.operation.pair);
    if (offers.length < 2) return [];
    const candidate = await candidateOf(session, agreement, offer);
    if (candidate === undefined) continue;
    if ('kind' in candidate) return candidate;
    candidates.set(offer.operation.pair, candidate);
  }
  return [...candidates.values()];
}

/** Undefined: it has its own turn. */
async function candidateOf(
  session: Session,
  agreement: Agreement,
  { operation, seq }: Upcoming<'issue.create'>,
): Promise<Candidate | Later | undefined> {
  const known = await readPair(session, operation.pair);
  if (known !== undefined && !isPlainOffer(known)) return undefined;
  const pair = offeredPair(agreement, operation, known, seq);
  const plan = await planCopy(session, agreement, { pair, values: operation.values });
  if (plan.kind === 'later') return plan;
  // What lacks something, a parent that is made together with it for instance.
  if (plan.kind === 'wait' || Object.keys(plan.write.refused).length > 0) return undefined;
  // A copy that was made and forgotten is not made again.
  if (mayHaveForgotten(session, operation)) {
    const marked = await findMarked(session, plan.agreed.binding.projectId);
    if (marked.kind === 'later') return marked;
    if (marked.found.has(operation.pair)) return undefined;
  }
  return { pair, plan };
}

/** Those of an earlier request are found by their marks, all with one reading. Answers what is still to be made. */
async function adopt(session: Session, candidates: readonly Candidate[]): Promise<Candidate[] | Later> {
  let left = candidates.filter((candidate) => !isKnown(session, candidate));
  for (const projectId of new Set(candidates.map(projectOf))) {
    const sought = left.flatMap((candidate) => {
      const { pair, intent } = candidate.pair;
      return intent === undefined || projectOf(candidate) !== projectId ? [] : [{ pair, intent }];
    });
    if (sought.length === 0) continue;
    const found = await findCopies(session, projectId, sought);
    if (found.kind === 'later') return found;
    // Where even looking is refused, each is told so at its own turn.
    if (found.kind === 'refused') return [];
    for (const { pair, intent } of sought) {
      const copy = found.copies.get(pair);
      if (copy !== undefined) session.memory.copies.set(pair, foundAgain(copy, intent));
    }
    left = left.filter(({ pair }) => !found.copies.has(pair.pair));
  }
  return left;
}

/** An earlier run made it and wrote down where it is. */
function isKnown(session: Session, { pair: { pair, intent } }: Candidate): boolean {
  if (intent?.made === undefined) return false;
  session.memory.copies.set(pair, foundAgain(intent.made, intent));
  return true;
}

function projectOf({ plan }: Candidate): string {
  return plan.agreed.binding.projectId;
}

async function make(session: Session, candidates: readonly Candidate[]): Promise<Later | undefined> {
  const unready = await storeIntents(session, candidates);
  if (unready !== undefined) return unready.kind === 'later' ? unready : undefined;
  const requests = candidates.map((candidate) => requestOf(session, candidate));
  const made = await session.ports.site.createIssues(requests);
  if (!made.ok) {
    if (isPassing(made.failure)) return later(made.failure);
    for (const { pair } of candidates) session.memory.copies.set(pair.pair, { kind: 'absent' });
    return undefined;
  }
  return readBack(session, takeAnswers(session, requests, made.value), fieldsOf(candidates));
}

/** All durable before the request, dated anew: an earlier date would let somebody look for the copies too soon. */
async function storeIntents(
  session: Session,
  candidates: readonly Candidate[],
): Promise<Later | { kind: 'refused' } | undefined> {
  const at = session.ports.clock.now();
  for (const { pair, plan } of candidates) {
    const { projectId } = plan.agreed.binding;
    const highest = pair.intent?.highestNumber ?? (await highestNumber(session, projectId));
    if (typeof highest !== 'number') return highest;
    if (pair.intent === undefined) session.highestNumbers.set(projectId, highest);
    if (!session.hasRoom) await session.commit();
    putPair(session, { ...pair, intent: { ...pair.intent, highestNumber: highest, at } });
  }
  await session.commit();
  return undefined;
}

interface Made {
  twin: string;
  id: string;
  key: string;
}

/** What is refused is known to be absent; what is unknown is looked for at its own turn. */
function takeAnswers(
  session: Session,
  requests: readonly CreateRequest[],
  answers: readonly SiteResult<{ id: string; key: string }>[],
): Made[] {
  const made: Made[] = [];
  for (const [position, { mark, projectId }] of requests.entries()) {
    const answer = answers[position];
    if (answer?.ok === true) {
      made.push({ twin: mark.twin, ...answer.value });
      noteNumber(session, projectId, answer.value.key);
    } else if (answer !== undefined && !isPassing(answer.failure)) {
      session.memory.copies.set(mark.twin, { kind: 'absent' });
    }
  }
  return made;
}

function requestOf(session: Session, { pair, plan }: Candidate): CreateRequest {
  const { agreed, typeId, write } = plan;
  const without = new Set(pair.intent?.without ?? []);
  const fields = Object.fromEntries(Object.entries(write.fields).filter(([id]) => !without.has(id)));
  const mark = { connection: session.id, twin: pair.pair };
  return { projectId: agreed.binding.projectId, typeId, fields, mark };
}

function fieldsOf(candidates: readonly Candidate[]): string[] {
  return [...new Set(candidates.flatMap(({ plan }) => plan.agreed.fieldIds))].sort();
}

/** The mark decides which is whose; the order of Jira's answer counts only where a copy cannot be seen. */
async function readBack(
  session: Session,
  made: readonly Made[],
  fields: string[],
): Promise<Later | undefined> {
  if (made.length === 0) return undefined;
  const read = await session.ports.site.readIssues(
    made.map(({ id }) => id),
    fields,
    { history: true },
  );
  if (!read.ok) {
    // Whoever comes next finds them by their marks, or here: one that is deleted until then is not made again.
    for (const { twin, id, key } of made) session.memory.copies.set(twin, { kind: 'made', id, key });
    return isPassing(read.failure) ? later(read.failure) : undefined;
  }
  const issues = new Map<string, IssueRead>(read.value.map((issue) => [issue.id, issue]));
  for (const { twin, id, key } of made) {
    const issue = issues.get(id);
    const mark = issue?.marks.find(({ connection }) => connection === session.id);
    const ready: ReadyCopy = { kind: 'made', id, key, ...(issue === undefined ? {} : { read: issue }) };
    session.memory.copies.set(mark?.twin ?? twin, ready);
  }
  return undefined;
}
