/** Makes the pairs of a checked list on this side and says so, a slice at a time; before any copy of an existing issue is made. */
import { readValues } from '#core/mapping/read-values';
import { sendable } from '../capture/offer-create';
import { keepInside } from '../filter/keep-inside';
import { issueAddress } from '../pairs/address';
import { type Agreement, findMapping } from '../pairs/agreement';
import { lookAround } from '../pairs/look-around';
import { isPassing, type Later, later } from '../pairs/outcome';
import { findPair, originalId, putIndex, putPair } from '../pairs/pairs';
import type { IssueRead } from '../ports/site';
import { activityRow } from '../record-activity';
import { type PairingEntry, pairingPartKey, pairingPartSchema } from '../rows/pairing';
import { windowSize } from '../stream/heads';
import type { Session } from '../stream/session';
import { updateConnection } from '../update-connection';
import { standing } from './candidates';

/** Issues of a slice: what is live waits no longer than for these. */
const sliceSize = 50;
/** Time that one issue may need, milliseconds. */
const reserveMs = 8_000;
/** Rows read at once. */
const width = 10;

/** Repeating it after a crash is harmless: issues which have a pair are passed over. */
export type Paired = { kind: 'finished' } | { kind: 'more' } | Later;

export async function pairSlice(session: Session): Promise<Paired> {
  const job = session.connection.pairing?.job;
  if (job === undefined || job.state !== 'running') return { kind: 'finished' };
  const open = await withoutPair(session, await readPart(session, job));
  const slice = open.slice(0, sliceSize);
  const stopped = await pairAll(session, slice);
  if (stopped !== undefined) return stopped;
  if (session.hasStaged) await session.commit();
  return open.length > slice.length ? { kind: 'more' } : endPart(session);
}

/** Nothing where the row is of another list. */
async function readPart(session: Session, job: { id: string; part: number }): Promise<PairingEntry[]> {
  const row = await session.ports.store.get('issueIndex', pairingPartKey(session.id, job.part));
  const part = row === undefined ? undefined : pairingPartSchema.parse(row.body);
  return part?.job === job.id ? part.entries : [];
}

/** An answer means that it stopped before the end. */
async function pairAll(session: Session, slice: readonly Open[]): Promise<Paired | undefined> {
  const agreement = await session.agreement();
  const fields = [...new Set(agreement.mappings.flatMap(({ fieldIds }) => fieldIds))].sort();
  const ids = slice.map(({ issueId }) => issueId);
  const read = await session.ports.site.readIssues(ids, fields);
  if (!read.ok && isPassing(read.failure)) return later(read.failure);
  const inside = await keepInside(session.ports, agreement, read.ok ? read.value : []);
  if (inside.kind === 'later') return inside;
  const issues = new Map(inside.issues.map((issue) => [issue.id, issue]));
  for (const { issueId, entry } of slice) {
    if (!session.hasRoom) await session.commit();
    if (!mayGoOn(session)) return { kind: 'more' };
    const outcome = await pairOne(session, agreement, issues.get(issueId), entry);
    if (outcome !== undefined) return outcome;
  }
  return undefined;
}

interface Open {
  issueId: string;
  entry: PairingEntry;
}

/** What both sites agreed to and is not done. One that could not be done here is named once and passed over. */
async function withoutPair(session: Session, entries: readonly PairingEntry[]): Promise<Open[]> {
  const { passedOver } = session.memory;
  const wanted = entries.flatMap((entry): Open[] => {
    const { issueId, ok } = entry;
    return ok !== true || issueId === undefined || passedOver.has(issueId) ? [] : [{ issueId, entry }];
  });
  const open: Open[] = [];
  for (let start = 0; start < wanted.length; start += width) {
    const some = wanted.slice(start, start + width);
    const pairs = await Promise.all(some.map(({ issueId }) => findPair(session, issueId)));
    open.push(...some.filter((_one, index) => pairs[index] === undefined));
  }
  return open;
}

async function pairOne(
  session: Session,
  agreement: Agreement,
  issue: IssueRead | undefined,
  entry: PairingEntry,
): Promise<Later | undefined> {
  const stands = standing(agreement, issue);
  const agreed = stands.ok ? findMapping(agreement, stands.mapping) : undefined;
  if (issue === undefined || !stands.ok || agreed === undefined || entry.theirs === undefined) {
    session.memory.passedOver.add(entry.issueId ?? '');
    const text = `${entry.mine} was not paired: it cannot be read any more, or takes no part.`;
    session.rows.stage(
      activityRow(session.ports, session.id, { level: 'warning', text, issueKey: entry.mine }),
    );
    return undefined;
  }
  const around = lookAround(session, agreement, agreed);
  const failed = await around.beforeReading(issue, []);
  if (failed !== undefined) return failed;
  const { values: all } = readValues(agreed.mapping.fields, agreed.binding, issue.fields, around);
  const values = sendable(agreement, agreed, all);
  const pair = originalId(session.box.salt, 'issue', issue.id);
  const { mapping, type } = stands;
  const at = issue.updatedAt;
  const now = session.ports.clock.now();
  putPair(session, {
    pair,
    mapping,
    type,
    local: { id: issue.id, key: issue.key },
    origin: agreement.role,
    state: 'twinned',
    base: {},
    inSeq: 0,
    held: {},
    open: { seq: session.nextSeq, values, at, full: true },
    pairedAt: now,
    lastSent: now,
  });
  putIndex(session, issue.id, pair);
  session.say({
    op: 'issue.pair',
    pair,
    mapping,
    type,
    key: entry.theirs,
    ...(entry.value === undefined ? {} : { value: entry.value }),
    values,
    at,
    from: await issueAddress(session, issue.key),
  });
  session.change((stream) => ({ ...stream, counts: { ...stream.counts, pairs: stream.counts.pairs + 1 } }));
  session.tell('sent', issue.key);
  return undefined;
}

function mayGoOn({ stream, ports }: Session): boolean {
  return ports.budget.remainingMs() > reserveMs && stream.out.seq - stream.out.acked < windowSize;
}

/** The next part, or the end of the list. */
async function endPart(session: Session): Promise<Paired> {
  const { ports, id, connection } = session;
  const before = connection.pairing?.job;
  let isOver = false;
  await updateConnection(
    ports,
    id,
    (current) => {
      const job = current.pairing?.job;
      isOver = false;
      if (job === undefined || job.id !== before?.id || job.part !== before.part) return undefined;
      const { job: _ended, ...rest } = current.pairing ?? {};
      isOver = job.part + 1 >= job.parts;
      return { ...current, pairing: isOver ? rest : { ...rest, job: { ...job, part: job.part + 1 } } };
    },
    () =>
      isOver ? [activityRow(ports, id, { level: 'info', text: 'The pairs of your list were made.' })] : [],
  );
  await session.reload();
  return { kind: 'more' };
}
