/** Finds copies which requests of unknown outcome may have made, by our marks on the keys that followed. */
import type { Pair } from '#core/model/pair';
import { isPassing, type Later, later } from '../pairs/outcome';
import type { SiteFailure } from '../ports/site-result';
import type { Session } from '../stream/session';

/** A request of unknown outcome may still be at work in Jira: look for its issue only after this time. */
const settleMs = 15_000;
/** Keys read at once (bulkfetch). */
const block = 100;

export type Intent = NonNullable<Pair['intent']>;

export interface Sought {
  pair: string;
  intent: Intent;
}

export type FoundCopies =
  | { kind: 'found'; copies: Map<string, { id: string; key: string }> }
  | { kind: 'refused'; reason: string }
  | Later;

/**
 * One reading of the keys for all of them: from the lowest number noted before, in blocks until a block is empty or
 * nobody is missing. Read from the store, because the search index lags. Marks of anybody else count for nothing.
 */
export async function findCopies(
  session: Session,
  projectId: string,
  sought: readonly Sought[],
): Promise<FoundCopies> {
  const age = session.ports.clock.now() - Math.max(...sought.map(({ intent }) => intent.at));
  if (age < settleMs) {
    return { kind: 'later', afterMs: settleMs - age, why: 'An earlier request may still be at work.' };
  }
  const { site } = session.ports;
  const project = await site.highestIssueNumber(projectId);
  if (!project.ok) return refused(project.failure);
  const missing = new Set(sought.map(({ pair }) => pair));
  const copies = new Map<string, { id: string; key: string }>();
  for (let from = Math.min(...sought.map(({ intent }) => intent.highestNumber)) + 1; ; from += block) {
    const keys = Array.from({ length: block }, (_, index) => `${project.value.projectKey}-${from + index}`);
    const read = await site.readIssues(keys, []);
    if (!read.ok) return refused(read.failure);
    for (const { id, key, marks } of read.value) {
      const twin = marks.find(({ connection }) => connection === session.id)?.twin;
      if (twin !== undefined && missing.delete(twin)) copies.set(twin, { id, key });
    }
    if (read.value.length === 0 || missing.size === 0) return { kind: 'found', copies };
  }
}

function refused(failure: SiteFailure): FoundCopies {
  return isPassing(failure) ? later(failure) : { kind: 'refused', reason: failure.message };
}
