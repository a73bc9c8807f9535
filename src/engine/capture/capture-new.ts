/** Decides whether an issue without a twin takes part, and offers it to the partner. */
import { hasEntered } from '#core/filter/has-entered';
import { readValues } from '#core/mapping/read-values';
import type { Pair } from '#core/model/pair';
import {
  type AgreedMapping,
  type Agreement,
  iMaySend,
  mappingOf,
  mayLeave,
  typeSlot,
} from '../pairs/agreement';
import { lookAround } from '../pairs/look-around';
import { blocked, done, type Outcome } from '../pairs/outcome';
import { originalId, putIndex } from '../pairs/pairs';
import { stagePairProblems } from '../pairs/problems';
import type { IssueRead } from '../ports/site';
import type { Session } from '../stream/session';
import { offerCreate } from './offer-create';

/** `isChosen`: the admin's choice of existing issues names it. */
export async function captureNew(
  session: Session,
  agreement: Agreement,
  { issue, isChosen }: { issue: IssueRead; isChosen: boolean },
): Promise<Outcome> {
  const agreed = mappingOf(agreement, issue);
  const type = agreed === undefined ? undefined : typeSlot(agreed.binding, issue.typeId);
  if (agreed === undefined || type === undefined || !mayLeave(agreement, agreed, issue)) return done;
  if (!iMaySend(agreement, agreed.mapping.creates) || !isWanted(agreement, agreed, issue, isChosen))
    return done;
  const verdict = session.memory.filtered.get(issue.id);
  if (verdict !== undefined) return verdict === 'undecided' ? blocked : done;
  // A copy made here whose record was lost in a crash: whoever makes it finds it again by this mark.
  if (issue.marks.some((mark) => mark.connection === session.id)) return done;
  const around = lookAround(session, agreement, agreed);
  const failed = await around.beforeReading(issue, []);
  if (failed !== undefined) return failed;
  const { values, unmapped } = readValues(agreed.mapping.fields, agreed.binding, issue.fields, around);
  const pair: Pair = {
    pair: originalId(session.box.salt, 'issue', issue.id),
    mapping: agreed.mapping.id,
    type,
    local: { id: issue.id, key: issue.key },
    origin: agreement.role,
    state: 'offered',
    base: {},
    inSeq: 0,
    held: {},
  };
  await offerCreate(session, agreement, { pair, agreed, issue, values });
  putIndex(session, issue.id, pair.pair);
  await stagePairProblems(session, { pair, agreed, now: session.ports.clock.now(), unmapped });
  return done;
}

/**
 * New ones count from the first start on, older ones from the edit on that makes them match a filter; the admin chose which
 * others take part.
 */
function isWanted(
  agreement: Agreement,
  { binding }: AgreedMapping,
  issue: IssueRead,
  isChosen: boolean,
): boolean {
  const { existing, run } = agreement.connection;
  if (existing.mode === 'one') return existing.issueId === issue.id;
  if (isChosen) return true;
  const since = run.startedAt;
  if (since === undefined) return false;
  return issue.createdAt >= since || hasEntered(binding.filter, issue.history, since);
}
