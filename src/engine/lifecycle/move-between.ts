/**
 * An issue of a pair moves from one shared project to another. The app moves no issue (Jira does that only as a bulk job with
 * choices that a person has to make): the pair rests until its twin was moved too, and then goes on under the other mapping.
 */
import type { Pair } from '#core/model/pair';
import type { DataOperation } from '#core/protocol/operations';
import {
  type AgreedMapping,
  type Agreement,
  findMapping,
  mappingOf,
  mayLeave,
  typeSlot,
} from '../pairs/agreement';
import { done, type Outcome } from '../pairs/outcome';
import { putPair, readPair } from '../pairs/pairs';
import { stagePairProblems } from '../pairs/problems';
import type { IssueRead } from '../ports/site';
import { activityRow } from '../record-activity';
import { setDirty } from '../rows/dirty';
import type { Session } from '../stream/session';

/** The mapping to which an issue belongs now, in full: its project, its type, and nothing keeps it at home. */
export function sharedAs(agreement: Agreement, issue: IssueRead): AgreedMapping | undefined {
  const found = mappingOf(agreement, issue);
  return found !== undefined && mayLeave(agreement, found, issue) ? found : undefined;
}

/** Undefined: it is where its pair is, or nowhere that is shared. Else the pair rests, or changed over; nothing else is to be said. */
export async function captureMove(
  session: Session,
  agreement: Agreement,
  { pair: before, issue }: { pair: Pair; issue: IssueRead },
): Promise<Outcome | undefined> {
  const now = sharedAs(agreement, issue);
  const known = before.moved?.here?.mapping ?? before.mapping;
  if (now === undefined || before.ending !== undefined || before.local === undefined) return undefined;
  if (before.state !== 'twinned' && before.state !== 'unreachable') return undefined;
  const to = now.mapping.id;
  if (to === known) return before.moved === undefined ? undefined : done;
  session.say({ op: 'issue.moved', pair: before.pair, mapping: to });
  const type = typeSlot(now.binding, issue.typeId) ?? before.type;
  const local = { id: issue.id, key: issue.key };
  const pair: Pair = { ...before, local, state: 'twinned', lastSent: session.ports.clock.now() };
  await settle(session, agreement, pair, { ...pair.moved, here: { mapping: to, type } });
  return done;
}

/** A pair that is over stays so. */
export async function applyMoved(
  session: Session,
  agreement: Agreement,
  operation: Extract<DataOperation, { op: 'issue.moved' }>,
): Promise<Outcome> {
  const pair = await readPair(session, operation.pair);
  if (pair === undefined || pair.state === 'gone') return done;
  const heard: Pair = { ...pair, lastReceived: session.ports.clock.now() };
  await settle(session, agreement, heard, { ...pair.moved, there: operation.mapping });
  return done;
}

/** Both are in the same mapping: the pair goes on there. Else it rests, and a problem says what to do. */
async function settle(
  session: Session,
  agreement: Agreement,
  { moved: _before, ...pair }: Pair,
  { here, there }: NonNullable<Pair['moved']>,
): Promise<void> {
  const mine = here?.mapping ?? pair.mapping;
  const theirs = there ?? pair.mapping;
  const after: Pair =
    mine === theirs
      ? changeOver(pair, mine, here?.type ?? pair.type)
      : {
          ...pair,
          moved: {
            ...(here === undefined || mine === pair.mapping ? {} : { here }),
            ...(theirs === pair.mapping ? {} : { there: theirs }),
          },
        };
  putPair(session, after);
  const agreed = findMapping(agreement, after.mapping);
  const now = session.ports.clock.now();
  await stagePairProblems(session, { pair: after, agreed, now });
  tell(session, agreement, after, mine === theirs);
  if (mine !== theirs || after.local === undefined) return;
  for (const aspect of ['fields', 'comments', 'files'] as const) {
    session.noteDirty(setDirty(session.id, after.local.id, aspect, now));
  }
}

/** Fields of another mapping are other fields: both sites start from nothing there, and what they both say is agreed at once. */
function changeOver(pair: Pair, mapping: string, type: string): Pair {
  if (mapping === pair.mapping) return pair;
  const { open: _said, wrote: _written, conflicts: _asked, heldWhole: _waited, links: _seen, ...rest } = pair;
  return { ...rest, mapping, type, base: {}, held: {} };
}

function tell(session: Session, agreement: Agreement, pair: Pair, goesOn: boolean): void {
  const key = pair.local?.key ?? 'An issue';
  const label = findMapping(agreement, pair.mapping)?.mapping.label ?? 'its mapping';
  const text = goesOn
    ? `${key} and its twin are both in projects of "${label}": the pair goes on there.`
    : `${key} and its twin are in projects of different mappings: the pair rests until both are in one.`;
  const about = pair.local === undefined ? {} : { issueKey: pair.local.key };
  session.rows.stage(
    activityRow(session.ports, session.id, { level: goesOn ? 'info' : 'warning', text, ...about }),
  );
}
