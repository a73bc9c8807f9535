/** Compares one issue with what is known of it, and says which looks at it nobody has asked for. */
import type { Pair } from '#core/model/pair';
import { settlePair } from '#core/reconcile/settle-pair';
import { termsFor } from '../attachments/rows';
import { hasNewLinks } from '../links/capture-links';
import { type Agreement, findMapping, iMaySend, mappingOf, mayLeave } from '../pairs/agreement';
import { changesHere } from '../pairs/changes-here';
import type { Later } from '../pairs/outcome';
import { findPair } from '../pairs/pairs';
import type { IssueRead } from '../ports/site';
import type { Aspect } from '../rows/dirty';
import type { Session } from '../stream/session';
import { missedComments } from './missed-comments';
import { missedFiles } from './missed-files';

/** `count`: of how many it is certain that nobody has told of them; the others are only worth a look. */
export type Missed = { kind: 'missed'; aspects: Aspect[]; count: number } | Later;

/** `since`: what was changed before was looked at, milliseconds since the epoch. */
export async function missedAspects(
  session: Session,
  agreement: Agreement,
  issue: IssueRead,
  since: number,
): Promise<Missed> {
  const found = await findPair(session, issue.id);
  if (found === undefined) return missed(mayTakePart(agreement, issue) ? ['fields'] : []);
  // What is on its way is told of: as if it had arrived.
  const pair = settlePair(found, Number.MAX_SAFE_INTEGER);
  if (pair.state === 'gone' || pair.state === 'creating') return missed([]);
  // It can be seen again, or may flow again: whoever looks at it brings all that is on it.
  if (pair.state === 'unreachable' || pair.left !== undefined) return { ...missed(['fields']), count: 0 };
  const fields = await missedFields(session, agreement, pair, issue);
  if (!Array.isArray(fields)) return fields;
  const comments = await missedComments(session, agreement, { pair, issue, since });
  if (!Array.isArray(comments)) return comments;
  const isSent = termsFor(agreement, pair, 'send') !== undefined;
  const files = isSent ? await missedFiles(session, pair, issue, since) : [];
  return missed([...fields, ...comments, ...files]);
}

async function missedFields(
  session: Session,
  agreement: Agreement,
  pair: Pair,
  issue: IssueRead,
): Promise<Aspect[] | Later> {
  const agreed = findMapping(agreement, pair.mapping);
  if (agreed === undefined) return [];
  const here = await changesHere(session, agreement, { pair, agreed, issue });
  if (here.kind === 'later') return here;
  return Object.keys(here.changes).length > 0 || hasNewLinks(pair, issue) ? ['fields'] : [];
}

function missed(aspects: Aspect[]): Exclude<Missed, Later> {
  return { kind: 'missed', aspects, count: aspects.filter((aspect) => aspect !== 'comments').length };
}

/** One that was made since the start, or that a filter may let in by now; whoever looks at it decides. */
function mayTakePart(agreement: Agreement, issue: IssueRead): boolean {
  const agreed = mappingOf(agreement, issue);
  if (agreed === undefined || !mayLeave(agreement, agreed, issue)) return false;
  const startedAt = agreement.connection.run.startedAt ?? Number.POSITIVE_INFINITY;
  const isYoung = issue.createdAt >= startedAt || agreed.binding.filter !== undefined;
  return isYoung && iMaySend(agreement, agreed.mapping.creates);
}
