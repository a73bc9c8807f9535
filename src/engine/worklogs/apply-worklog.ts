/** Applies logged work of the partner: a copy that names its author, made once, kept in step with edits and deletion. */
import { toLocalDocument } from '#core/mapping/rich-text/to-local-doc';
import { toPortable } from '#core/mapping/rich-text/to-portable';
import { asReadHere } from '#core/mapping/wiki-markup/site-text';
import type { Pair } from '#core/model/pair';
import { type Adf, adfSchema } from '#core/model/value';
import type { WorklogDelete, WorklogHeld, WorklogPut } from '#core/protocol/worklog-operations';
import { countRemoval } from '../brakes/part-deletions';
import { findForgottenCopy } from '../epoch/find-forgotten-copy';
import { mayHaveForgotten } from '../epoch/may-have-forgotten';
import type { Agreement } from '../pairs/agreement';
import { done, isPassing, later, type Outcome } from '../pairs/outcome';
import { readPair } from '../pairs/pairs';
import { takenAway } from '../pairs/take-away';
import type { WorklogText } from '../ports/site-worklogs';
import type { Session } from '../stream/session';
import { ensureWorklog } from './ensure-worklog';
import {
  clearWorklogProblem,
  mayReceiveWork,
  putWorklogTwin,
  readWorklogTwin,
  stageWorklogProblem,
  type WorklogTwin,
  worklogHash,
} from './worklog-twins';

export async function applyWorklogPut(
  session: Session,
  agreement: Agreement,
  operation: WorklogPut,
): Promise<Outcome> {
  const [pair, twin] = await Promise.all([
    readPair(session, operation.pair),
    readWorklogTwin(session, operation.worklog),
  ]);
  const refuse = (reason: string) => {
    session.say({ op: 'worklog.held', pair: operation.pair, worklog: operation.worklog, reason });
    return done;
  };
  if (twin !== undefined && (twin.origin === 'here' || twin.pair !== operation.pair))
    return refuse('This logged work is not yours.');
  if (pair === undefined || !mayReceiveWork(agreement, pair))
    return refuse('Logged work of the partner is not agreed for this issue.');
  if (pair.local === undefined || pair.state !== 'twinned')
    return hold(session, { operation, pair, twin, reason: 'Its issue is not here yet.' });
  const body = textOf(operation);
  if (body === undefined)
    return hold(session, { operation, pair, twin, reason: 'The text cannot be written here.' });
  const text = { body, started: operation.started, seconds: operation.seconds };
  return write(session, { operation, pair, twin, text, issue: pair.local });
}

/** Jira shows the app as the author, so the copy names who worked. */
function textOf({ body, author }: WorklogPut): Adf | undefined {
  const name =
    author === undefined || author.name.trim() === '' ? 'Somebody on the partner site' : author.name.trim();
  const line = { type: 'paragraph', content: [{ type: 'text', text: `Logged by ${name}` }] };
  const doc: Adf = { type: 'doc', version: 1, content: [line, ...(body?.content ?? [])] };
  const local = toLocalDocument(doc, null);
  const parsed = local.ok ? adfSchema.safeParse(local.raw) : undefined;
  return parsed?.success === true ? parsed.data : undefined;
}

interface Write {
  operation: WorklogPut;
  pair: Pair;
  twin: WorklogTwin | undefined;
  text: WorklogText;
  issue: { id: string; key: string };
}

async function write(session: Session, { operation, pair, twin, text, issue }: Write): Promise<Outcome> {
  const shown = asReadHere(text.body, session.ports.site.texts);
  const hash = worklogHash({ ...text, body: toPortable(shown) });
  if (twin?.local !== undefined && twin.state === 'there' && twin.goes !== true && twin.hash === hash)
    return done;
  await session.hold();
  const ensured = await ensureWorklog(session, {
    pair,
    issueId: issue.id,
    id: operation.worklog,
    twin,
    text,
    isForgotten: mayHaveForgotten(session, operation),
  });
  if ('kind' in ensured) return ensured;
  if (!ensured.ok) {
    const { failure } = ensured;
    if (isPassing(failure)) return later(failure);
    const isDeleted = failure.kind === 'gone' && twin?.local !== undefined;
    const reason = isDeleted ? 'The copy of this logged work was deleted here.' : failure.message;
    return hold(session, { operation, pair, twin, reason });
  }
  const local = ensured.value.id;
  putWorklogTwin(session, operation.worklog, {
    pair: pair.pair,
    origin: 'there',
    local,
    hash,
    state: 'there',
  });
  session.tell('received', issue.key);
  await clearWorklogProblem(session, operation.worklog);
  return done;
}

/** Only the side of the author deletes; a copy that is gone already is what was wanted. */
export async function applyWorklogDelete(
  session: Session,
  agreement: Agreement,
  operation: WorklogDelete,
): Promise<Outcome> {
  const forgotten = { pair: operation.pair, kind: 'worklog', twin: operation.worklog } as const;
  return (await findForgottenCopy(session, forgotten)) ?? takeAway(session, agreement, operation);
}

async function takeAway(session: Session, agreement: Agreement, operation: WorklogDelete): Promise<Outcome> {
  const [pair, twin] = await Promise.all([
    readPair(session, operation.pair),
    readWorklogTwin(session, operation.worklog),
  ]);
  if (twin === undefined || twin.origin !== 'there' || twin.pair !== operation.pair) return done;
  if (pair === undefined || !mayReceiveWork(agreement, pair)) return done;
  const { local: issue } = pair;
  // Without an issue nothing but what waits for it is here: it must not be written any more.
  if (issue === undefined && twin.local !== undefined) return done;
  if (issue !== undefined && twin.local !== undefined) {
    await session.hold();
    const deleted = await session.ports.site.deleteWorklog(issue.id, twin.local);
    const taken = await takenAway(session, pair, deleted);
    if (taken.kind === 'later') return taken;
    if (taken.kind === 'stays') {
      putWorklogTwin(session, operation.worklog, { ...twin, goes: true });
      await stageWorklogProblem(session, {
        twin: operation.worklog,
        issue,
        reason: `The partner deleted this logged work, but the copy here could not be: ${taken.reason}`,
        next: 'Correct the cause here, then choose Try again, or delete the copy by hand.',
        side: 'here',
      });
      return done;
    }
  }
  putWorklogTwin(session, operation.worklog, { pair: twin.pair, origin: 'there', hash: '', state: 'gone' });
  countRemoval(session, 'in');
  if (issue !== undefined) session.tell('received', issue.key);
  await clearWorklogProblem(session, operation.worklog);
  return done;
}

export async function applyWorklogHeld(session: Session, operation: WorklogHeld): Promise<Outcome> {
  const twin = await readWorklogTwin(session, operation.worklog);
  if (twin === undefined || twin.origin !== 'here' || twin.pair !== operation.pair) return done;
  const pair = await readPair(session, operation.pair);
  putWorklogTwin(session, operation.worklog, { ...twin, state: 'held' });
  await stageWorklogProblem(session, {
    twin: operation.worklog,
    issue: pair?.local,
    reason: operation.reason,
    next: 'The admin of the partner site can correct the cause; then choose Try again.',
    side: 'partner',
  });
  return done;
}

interface Hold {
  operation: WorklogPut;
  pair: Pair;
  twin: WorklogTwin | undefined;
  reason: string;
}

/** Waits with all it says, for another try. */
async function hold(session: Session, { operation, pair, twin, reason }: Hold): Promise<Outcome> {
  session.say({ op: 'worklog.held', pair: operation.pair, worklog: operation.worklog, reason });
  putWorklogTwin(session, operation.worklog, {
    pair: operation.pair,
    origin: 'there',
    hash: twin?.hash ?? '',
    state: 'held',
    waits: operation,
    ...(twin?.local === undefined ? {} : { local: twin.local }),
    ...(twin?.askedAt === undefined ? {} : { askedAt: twin.askedAt }),
  });
  await stageWorklogProblem(session, {
    twin: operation.worklog,
    issue: pair.local,
    author: operation.author?.name,
    reason,
    next: 'Correct the cause here, then choose Try again.',
    side: 'here',
  });
  return done;
}
