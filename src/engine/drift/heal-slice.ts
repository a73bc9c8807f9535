/** Puts right what a check found: both issues are read, merged and written again; nothing else is touched, nothing deleted. */
import { readValues } from '#core/mapping/read-values';
import { knownValues } from '#core/reconcile/known-values';
import { settlePair } from '#core/reconcile/settle-pair';
import { withoutUnsaid } from '#core/reconcile/unsaid';
import { sendable } from '../capture/offer-create';
import { findMapping, mayLeave } from '../pairs/agreement';
import { lookAround } from '../pairs/look-around';
import { isPassing, type Later, later } from '../pairs/outcome';
import { putPair, readPair } from '../pairs/pairs';
import { setDirty } from '../rows/dirty';
import type { Session } from '../stream/session';
import { putMine } from './jobs';
import { driftKeys, type Found, foundPage, foundPageSchema, type MyCheck } from './rows';

/** One page of differences. A crash repeats it: an open offer is passed over, and noting twice is noting once. */
export async function healSlice(session: Session, job: MyCheck): Promise<'more' | Later> {
  const heal = job.heal ?? { page: 0, pairs: 0 };
  if (heal.page * foundPage >= job.kept) {
    putMine(session, { ...job, step: 'done', heal: { ...heal, endedAt: session.ports.clock.now() } });
    await session.commit();
    return 'more';
  }
  const body = await session.rows.read('issueIndex', driftKeys.found(session.id, heal.page));
  const page = body === undefined ? undefined : foundPageSchema.parse(body);
  const wanted = page?.check === job.check ? page.found.filter(({ kind }) => kind === 'differs') : [];
  const told: string[] = [];
  for (const found of wanted) {
    if (!session.hasRoom) await session.commit();
    if (found.base === 'apart') {
      const failed = await sayState(session, found);
      if (failed !== undefined) return failed;
      continue;
    }
    const pair = await readPair(session, found.pair);
    if (pair?.local === undefined) continue;
    session.noteDirty(setDirty(session.id, pair.local.id, 'fields', session.ports.clock.now()));
    told.push(found.pair);
  }
  if (told.length > 0) session.say({ op: 'drift.heal', check: job.check, pairs: told });
  putMine(session, { ...job, heal: { page: heal.page + 1, pairs: heal.pairs + wanted.length } });
  await session.commit();
  return 'more';
}

/** The sites do not start from the same values: full states are exchanged. */
async function sayState(session: Session, found: Found): Promise<Later | undefined> {
  const known = await readPair(session, found.pair);
  const pair = known === undefined ? undefined : settlePair(known, session.done);
  if (
    pair?.local === undefined ||
    pair.left !== undefined ||
    pair.open !== undefined ||
    pair.state !== 'twinned'
  )
    return undefined;
  const agreement = await session.agreement();
  const agreed = findMapping(agreement, pair.mapping);
  if (agreed === undefined) return undefined;
  const read = await session.ports.site.readIssue(pair.local.id, agreed.fieldIds);
  if (!read.ok) return isPassing(read.failure) ? later(read.failure) : undefined;
  const issue = read.value;
  if (!mayLeave(agreement, agreed, issue)) return undefined;
  const words = knownValues(pair);
  const around = lookAround(session, agreement, agreed);
  const failed = await around.beforeReading(issue, words);
  if (failed !== undefined) return failed;
  const all = readValues(agreed.mapping.fields, agreed.binding, issue.fields, {
    here: around.here,
    known: words,
  });
  const values = sendable(agreement, agreed, withoutUnsaid(pair, all.values));
  const at = issue.updatedAt;
  const { mapping } = pair;
  session.say({ op: 'issue.state', pair: pair.pair, mapping, seen: pair.inSeq, values, at, ask: true });
  putPair(session, { ...pair, open: { seq: session.nextSeq, values, at, full: true } });
  return undefined;
}
