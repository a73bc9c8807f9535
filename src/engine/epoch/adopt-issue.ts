/** Makes an issue of ours, which a pair of the partner stands for and which we forgot, part of that pair again. */
import type { Pair } from '#core/model/pair';
import { otherRole } from '#core/model/role';
import type { SlotValues } from '#core/model/value';
import { type Agreement, findMapping } from '../pairs/agreement';
import { isPassing, type Later, later } from '../pairs/outcome';
import { findPair, originalId, putIndex } from '../pairs/pairs';
import type { IssueRead } from '../ports/site';
import { setDirty } from '../rows/dirty';
import type { Session } from '../stream/session';
import { type Found, findMarked } from './find-marked';

export interface Forgotten {
  pair: string;
  mapping: string;
  type: string;
  /** The original is the partner's issue. */
  original: boolean;
  base: SlotValues;
  from?: { key: string; url: string } | undefined;
  /** Where the partner was told that our issue is. */
  yours?: string | undefined;
}

/**
 * `never`: this Jira has no such issue and never had: it may be made. `gone`: it had one, which was deleted or moved away, or
 * which is of another pair.
 */
export type Adopted = { kind: 'pair'; pair: Pair } | { kind: 'never' } | { kind: 'gone' } | Later;

/** Only an issue with our own mark for that pair, or the original from which its id was made, is taken. */
export async function adoptIssue(
  session: Session,
  agreement: Agreement,
  forgotten: Forgotten,
): Promise<Adopted> {
  const projectId = findMapping(agreement, forgotten.mapping)?.binding.projectId;
  if (projectId === undefined) return { kind: 'gone' };
  const named = await readNamed(session, forgotten);
  if (named !== undefined && 'kind' in named) return named;
  // Nothing was forgotten here: the whole project is not looked through for what a partner claims.
  if (named === undefined && session.stream.floors === undefined) return { kind: 'gone' };
  const marked = named === undefined ? await findMarked(session, projectId) : undefined;
  if (marked?.kind === 'later') return marked;
  const issue = named ?? marked?.found.get(forgotten.pair);
  if (issue === undefined) {
    return { kind: numberIn(forgotten.yours) > (marked?.highest ?? 0) ? 'never' : 'gone' };
  }
  if (await isOfAnother(session, issue.id, forgotten.pair)) return { kind: 'gone' };
  putIndex(session, issue.id, forgotten.pair);
  // What people wrote on it here was passed over while it seemed to take no part.
  for (const aspect of ['fields', 'comments', 'files'] as const) {
    session.noteDirty(setDirty(session.id, issue.id, aspect, session.ports.clock.now()));
  }
  return { kind: 'pair', pair: toPair(session, agreement, forgotten, issue) };
}

/** Of a key that nobody was told it is infinite. */
function numberIn(key = ''): number {
  return Number(/-(\d+)$/.exec(key)?.[1] ?? Number.POSITIVE_INFINITY);
}

/** A copy that was being made when the backup was is known already, though not as a twin. */
async function isOfAnother(session: Session, issueId: string, pair: string): Promise<boolean> {
  const known = await findPair(session, issueId);
  return known !== undefined && known.pair !== pair;
}

function toPair(session: Session, agreement: Agreement, forgotten: Forgotten, { id, key }: Found): Pair {
  const { pair, mapping, type, original, base, from } = forgotten;
  session.change((stream) => ({ ...stream, counts: { ...stream.counts, pairs: stream.counts.pairs + 1 } }));
  return {
    pair,
    mapping,
    type,
    local: { id, key },
    origin: original ? otherRole(agreement.role) : agreement.role,
    state: 'twinned',
    base,
    inSeq: 0,
    held: {},
    ...(from === undefined ? {} : { partner: from }),
  };
}

async function readNamed(
  session: Session,
  { yours, pair }: Pick<Forgotten, 'yours' | 'pair'>,
): Promise<Found | Later | undefined> {
  if (yours === undefined) return undefined;
  const read = await session.ports.site.readIssue(yours, []);
  if (!read.ok) return isPassing(read.failure) ? later(read.failure) : undefined;
  return isOf(session, read.value, pair) ? { id: read.value.id, key: read.value.key } : undefined;
}

function isOf(session: Session, issue: IssueRead, pair: string): boolean {
  const isCopy = issue.marks.some((mark) => mark.connection === session.id && mark.twin === pair);
  return isCopy || originalId(session.box.salt, 'issue', issue.id) === pair;
}
