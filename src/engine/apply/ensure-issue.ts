/** Makes our copy of an issue exactly once, whatever happens between the request and our record of it. */
import type { Pair } from '#core/model/pair';
import type { AgreedMapping } from '../pairs/agreement';
import { isPassing, type Later, later } from '../pairs/outcome';
import { putPair } from '../pairs/pairs';
import type { SiteFailure } from '../ports/site';
import type { Session } from '../stream/session';
import { refusalOf } from './write-slots';

/** A request of unknown outcome may still be at work in Jira: look for its issue only after this time. */
const settleMs = 15_000;
/** Keys read at once (bulkfetch). */
const block = 100;
const mostTries = 20;

export interface NewIssue {
  pair: Pair;
  agreed: AgreedMapping;
  typeId: string;
  /** By local field id. */
  fields: Record<string, unknown>;
}

export type Ensured =
  /** `isFound`: by an earlier request, so that people here may have edited it since. */
  | { kind: 'made'; id: string; key: string; isFound: boolean }
  /** Nothing was made. */
  | { kind: 'refused'; reason: string }
  | Later;

/**
 * The intent, with the highest issue number known, is durable before the request; the request carries our mark. So after
 * a crash the issue is found by its mark among the keys that follow, read directly because the search index lags.
 */
export async function ensureIssue(session: Session, work: NewIssue): Promise<Ensured> {
  const found =
    work.pair.intent === undefined ? await storeIntent(session, work) : await findCopy(session, work);
  if (found !== undefined) return found;
  await session.hold();
  return create(session, work);
}

async function storeIntent(session: Session, { pair, agreed }: NewIssue): Promise<Ensured | undefined> {
  const { projectId } = agreed.binding;
  let highestNumber = session.highestNumbers.get(projectId);
  if (highestNumber === undefined) {
    const highest = await session.ports.site.highestIssueNumber(projectId);
    if (!highest.ok) return refuseOrWait(highest.failure);
    highestNumber = highest.value.number;
  }
  putPair(session, { ...pair, intent: { highestNumber, at: session.ports.clock.now() } });
  await session.commit();
  return undefined;
}

/** Undefined: the earlier request made nothing. */
async function findCopy(session: Session, { pair, agreed }: NewIssue): Promise<Ensured | undefined> {
  const { intent } = pair;
  if (intent === undefined) return undefined;
  const age = session.ports.clock.now() - intent.at;
  if (age < settleMs)
    return { kind: 'later', afterMs: settleMs - age, why: 'An earlier request may still be at work.' };
  const { site } = session.ports;
  const project = await site.highestIssueNumber(agreed.binding.projectId);
  if (!project.ok) return refuseOrWait(project.failure);
  for (let from = intent.highestNumber + 1; ; from += block) {
    const keys = Array.from({ length: block }, (_, index) => `${project.value.projectKey}-${from + index}`);
    const read = await site.readIssues(keys, []);
    if (!read.ok) return refuseOrWait(read.failure);
    const copy = read.value.find((issue) =>
      issue.marks.some((mark) => mark.connection === session.id && mark.twin === pair.pair),
    );
    if (copy !== undefined) return { kind: 'made', id: copy.id, key: copy.key, isFound: true };
    if (read.value.length === 0) return undefined;
  }
}

async function create(session: Session, { pair, agreed, typeId, fields }: NewIssue): Promise<Ensured> {
  const { projectId } = agreed.binding;
  const mark = { connection: session.id, twin: pair.pair };
  const refused: Record<string, string> = {};
  let rest = fields;
  for (let tries = 0; tries < mostTries; tries += 1) {
    const made = await session.ports.site.createIssue({ projectId, typeId, fields: rest, mark });
    if (made.ok) {
      const number = Number(made.value.key.slice(made.value.key.lastIndexOf('-') + 1));
      if (Number.isSafeInteger(number)) session.highestNumbers.set(projectId, number);
      return { kind: 'made', ...made.value, isFound: false };
    }
    const { failure } = made;
    const isOurs = failure.kind === 'invalid' && Object.keys(failure.fields).some((id) => id in rest);
    if (!isOurs || 'summary' in failure.fields) return refuseOrWait(failure);
    Object.assign(refused, refusalOf(rest, failure.fields, failure.message));
    rest = Object.fromEntries(Object.entries(rest).filter(([id]) => refused[id] === undefined));
  }
  return { kind: 'refused', reason: 'Jira kept refusing fields of the new issue.' };
}

function refuseOrWait(failure: SiteFailure): Ensured {
  if (isPassing(failure)) return later(failure);
  const named = failure.kind === 'invalid' ? Object.values(failure.fields) : [];
  return { kind: 'refused', reason: [failure.message, ...named].join(' ').slice(0, 2_000) };
}
