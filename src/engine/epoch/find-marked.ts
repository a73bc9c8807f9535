/** Finds issues that we made, or that were ours, and forgot: by our marks on the keys that follow those which we remember. */
import { isPassing, type Later, later } from '../pairs/outcome';
import { originalId } from '../pairs/pairs';
import type { Session } from '../stream/session';

/** Keys read at once (bulkfetch). */
const block = 100;

export interface Found {
  id: string;
  key: string;
}

/** `highest`: number of the newest issue that the project has. */
export type Marked =
  | { kind: 'marked'; found: Map<string, Found>; projectKey: string; highest: number }
  | Later;

/**
 * By twin: every issue of the project with a number that is higher than all we remember. Read once in a run, from the
 * store because the search index lags. Marks of anybody else count for nothing; an original is known by its id.
 */
export async function findMarked(session: Session, projectId: string): Promise<Marked> {
  const { site } = session.ports;
  const project = await site.highestIssueNumber(projectId);
  if (!project.ok) {
    const { failure } = project;
    return later(isPassing(failure) ? failure : { kind: 'unavailable', message: failure.message });
  }
  const { projectKey, number: highest } = project.value;
  const known = session.memory.marked.get(projectKey);
  if (known !== undefined) return { kind: 'marked', found: known, projectKey, highest };
  const found = new Map<string, Found>();
  const floor = session.stream.floors?.[projectKey] ?? 0;
  for (let from = floor + 1; from <= highest; from += block) {
    const keys = Array.from({ length: block }, (_, index) => `${projectKey}-${from + index}`);
    const read = await site.readIssues(keys, []);
    if (!read.ok) {
      return later(
        isPassing(read.failure) ? read.failure : { kind: 'unavailable', message: read.failure.message },
      );
    }
    for (const { id, key, marks } of read.value) {
      const twin = marks.find(({ connection }) => connection === session.id)?.twin;
      found.set(twin ?? originalId(session.box.salt, 'issue', id), { id, key });
    }
  }
  session.memory.marked.set(projectKey, found);
  return { kind: 'marked', found, projectKey, highest };
}
