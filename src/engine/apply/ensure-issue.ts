/** Makes our copy of an issue exactly once, whatever happens between the request and our record of it. */
import type { Pair } from '#core/model/pair';
import { findCopies, type Intent } from '../backfill/find-copies';
import type { AgreedMapping } from '../pairs/agreement';
import { isPassing, type Later, later } from '../pairs/outcome';
import { putPair } from '../pairs/pairs';
import type { IssueRead } from '../ports/site';
import type { SiteFailure } from '../ports/site-result';
import type { ReadyCopy } from '../stream/run-memory';
import type { Session } from '../stream/session';
import { refusalOf } from './write-fields';

const mostTries = 20;

export interface NewIssue {
  pair: Pair;
  agreed: AgreedMapping;
  typeId: string;
  /** By local field id. */
  fields: Record<string, unknown>;
  /** It must not be made any more, only found. */
  whyNot?: string | undefined;
}

export type Ensured =
  /**
   * `found`: made by an earlier request without these fields, so that people here may have edited it since. `read`: as it
   * was right after. `without`: local fields that this request left out.
   */
  | {
      kind: 'made';
      id: string;
      key: string;
      found?: { without: string[] };
      without?: string[];
      read?: IssueRead;
    }
  | Refused
  | Later;

/** Nothing was made. */
interface Refused {
  kind: 'refused';
  reason: string;
}

/**
 * The intent, with the highest issue number known, is durable before the request; the request carries our mark. So after
 * a crash the issue is found by its mark among the keys that follow, read directly because the search index lags.
 */
export async function ensureIssue(session: Session, work: NewIssue): Promise<Ensured> {
  const { intent } = work.pair;
  const ready = session.memory.copies.get(work.pair.pair);
  if (ready?.kind === 'made') return ready;
  if (intent?.made !== undefined) return foundAgain(intent.made, intent);
  if (intent !== undefined) {
    const found = ready === undefined ? await findCopy(session, work, intent) : undefined;
    if (found !== undefined) return found;
    session.memory.copies.delete(work.pair.pair);
    if (work.whyNot !== undefined) return { kind: 'refused', reason: work.whyNot };
    // Dated anew: this request may be at work too when somebody looks for its issue.
    const again: Intent = { ...intent, at: session.ports.clock.now() };
    await storeIntent(session, work.pair, again);
    return create(session, work, again);
  }
  const highest = await highestNumber(session, work.agreed.binding.projectId);
  if (typeof highest !== 'number') return highest;
  const fresh: Intent = { highestNumber: highest, at: session.ports.clock.now() };
  await storeIntent(session, work.pair, fresh);
  return create(session, work, fresh);
}

async function storeIntent(session: Session, pair: Pair, intent: Intent): Promise<void> {
  putPair(session, { ...pair, intent });
  await session.commit();
}

/** A lower bound is enough; asked once in a run. */
export async function highestNumber(session: Session, projectId: string): Promise<number | Refused | Later> {
  const known = session.highestNumbers.get(projectId);
  if (known !== undefined) return known;
  const highest = await session.ports.site.highestIssueNumber(projectId);
  return highest.ok ? highest.value.number : refuseOrWait(highest.failure);
}

/** Undefined: the earlier request made nothing. */
async function findCopy(session: Session, work: NewIssue, intent: Intent): Promise<Ensured | undefined> {
  const { pair, agreed } = work;
  const found = await findCopies(session, agreed.binding.projectId, [{ pair: pair.pair, intent }]);
  if (found.kind !== 'found') return found;
  const copy = found.copies.get(pair.pair);
  return copy === undefined ? undefined : foundAgain(copy, intent);
}

/** Made by an earlier request. */
export function foundAgain(
  copy: { id: string; key: string },
  { without = [] }: Intent,
): Extract<ReadyCopy, { kind: 'made' }> {
  return { kind: 'made', ...copy, found: { without } };
}

async function create(session: Session, work: NewIssue, intent: Intent): Promise<Ensured> {
  const { pair, agreed, typeId } = work;
  const { projectId } = agreed.binding;
  const mark = { connection: session.id, twin: pair.pair };
  const without = new Set(intent.without ?? []);
  for (let tries = 0; tries < mostTries; tries += 1) {
    const fields = Object.fromEntries(Object.entries(work.fields).filter(([id]) => !without.has(id)));
    const made = await session.ports.site.createIssue({ projectId, typeId, fields, mark });
    if (made.ok) {
      noteNumber(session, projectId, made.value.key);
      return { kind: 'made', ...made.value, without: [...without] };
    }
    const { failure } = made;
    const isOurs = failure.kind === 'invalid' && Object.keys(failure.fields).some((id) => id in fields);
    if (!isOurs || 'summary' in failure.fields) return refuseOrWait(failure);
    for (const id of Object.keys(refusalOf(fields, failure.fields, failure.message))) without.add(id);
    // Durable before the next request: whoever finds its issue must know that nobody emptied these fields.
    await storeIntent(session, pair, { ...intent, without: [...without] });
  }
  return { kind: 'refused', reason: 'Jira kept refusing fields of the new issue.' };
}

/** The next copy's key follows this one. */
export function noteNumber(session: Session, projectId: string, key: string): void {
  const number = Number(key.slice(key.lastIndexOf('-') + 1));
  if (Number.isSafeInteger(number)) session.highestNumbers.set(projectId, number);
}

function refuseOrWait(failure: SiteFailure): Refused | Later {
  if (isPassing(failure)) return later(failure);
  const named = failure.kind === 'invalid' ? Object.values(failure.fields) : [];
  return { kind: 'refused', reason: [failure.message, ...named].join(' ').slice(0, 2_000) };
}
