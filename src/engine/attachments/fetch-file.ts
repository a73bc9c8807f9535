/** Makes our copy of a partner's file exactly once: an intent is stored before the upload leaves. */
import { type AttachmentTerms, isShared, largestFile } from '#core/model/attachment-terms';
import type { Pair } from '#core/model/pair';
import { rangeBytes } from '#core/protocol/attachment-operations';
import type { Agreement } from '../pairs/agreement';
import { blocked, done, isPassing, later, type Outcome } from '../pairs/outcome';
import type { FileRead } from '../ports/site-files';
import type { AttachmentTwin, Upload } from '../rows/attachment-twin';
import type { Session } from '../stream/session';
import { deleteCopy } from './delete-copy';
import { wakeTexts } from './inline-rows';
import { pullFile, reserveMs } from './pull-file';
import {
  clearFileProblem,
  isAlike,
  putFileIndex,
  putFileTwin,
  putUpload,
  readFileIndex,
  readFileTwin,
  readUpload,
  removeUpload,
  stageFileProblem,
  termsFor,
  tooLarge,
} from './rows';

/** An upload of unknown outcome may still be at work in Jira: look for its file only after this time. */
const settleMs = 15_000;
/** Fetches that may break off before a person has to look. */
const mostTries = 5;
const stopped = 'The app was stopped each time while it fetched this file.';
/** Pauses after those that did, milliseconds: half a minute, then twice as long each time. */
const pauseMs = 30_000;

/** Time that one range may take, and time left by which an invocation counts as fresh, milliseconds. */
const rangeMs = 1_000;
const freshMs = 45_000;

export async function fetchFile(
  session: Session,
  agreement: Agreement,
  pair: Pair,
  twinId: string,
): Promise<Outcome> {
  const terms = termsFor(agreement, pair, 'receive');
  if (terms === undefined || pair.local === undefined || pair.state === 'gone') return done;
  if (pair.state !== 'twinned') return waitForIssue(session, pair, twinId);
  await session.hold();
  const settled = await settleUpload(session, pair, terms);
  if (settled !== undefined) return settled;
  const twin = await readFileTwin(session, twinId);
  if (twin === undefined || (twin.state !== 'wanted' && twin.state !== 'held')) return done;
  const work = { pair, twinId, twin };
  if (!isShared(terms, twin)) return giveUp(session, work, 'Such files are not agreed any more.');
  if (twin.size > largestFile) return giveUp(session, work, tooLarge);
  return pull(session, work);
}

async function pull(session: Session, work: Work): Promise<Outcome> {
  const { twin, twinId } = work;
  const now = session.ports.clock.now();
  // Its timer runs already.
  if ((twin.notBefore ?? 0) > now) return blocked;
  if (!hasTimeFor(session, twin.size)) return comeBack(session, 1_000);
  const tries = (twin.tries ?? 0) + 1;
  if (tries > mostTries) return hold(session, work, stopped);
  if (twin.size > rangeBytes) {
    // Counted before: whoever is killed over a large file must not begin with it for ever.
    putFileTwin(session, twinId, { ...twin, tries });
    await session.commit();
  }
  const pulled = await pullFile(session, twinId, twin.size);
  if (pulled.kind === 'gone') return giveUp(session, work, 'The partner does not have this file any more.');
  if (pulled.kind === 'bytes') return upload(session, work, pulled.bytes);
  if (tries >= mostTries) return hold(session, work, pulled.why);
  const afterMs = pauseMs * 2 ** (tries - 1);
  putFileTwin(session, twinId, { ...twin, tries, notBefore: now + afterMs });
  return comeBack(session, afterMs);
}

/** Nobody would look again by itself when the issue is back. */
async function waitForIssue(session: Session, pair: Pair, twinId: string): Promise<Outcome> {
  const twin = await readFileTwin(session, twinId);
  return twin?.state === 'wanted'
    ? hold(session, { pair, twinId, twin }, 'Its issue cannot be read here at present.')
    : done;
}

/** A pull that fails has a timer of its own: everything else goes on meanwhile. */
async function comeBack(session: Session, afterMs: number): Promise<Outcome> {
  const seconds = Math.min(900, Math.ceil(afterMs / 1_000));
  await session.ports.queue.wake({ connection: session.id, hints: [] }, seconds);
  return blocked;
}

/** A large file is begun only by an invocation that is fresh, or has time enough. */
function hasTimeFor({ ports }: Session, size: number): boolean {
  const leftMs = ports.budget.remainingMs();
  return leftMs >= freshMs || leftMs >= reserveMs + Math.ceil(size / rangeBytes) * rangeMs;
}

interface Work {
  pair: Pair;
  twinId: string;
  twin: AttachmentTwin;
}

async function upload(session: Session, work: Work, bytes: Uint8Array<ArrayBuffer>): Promise<Outcome> {
  const { pair, twinId, twin } = work;
  const issueId = pair.local?.id ?? '';
  const { site, clock } = session.ports;
  const { name, size, mime } = twin;
  putUpload(session, pair.pair, { twin: twinId, name, size, askedAt: clock.now() });
  await session.commit();
  const made = await site.createFile(issueId, { name, mime, bytes });
  if (made.ok) {
    await noteThere(session, work, made.value.id);
    return done;
  }
  // Otherwise nobody knows: the intent stays.
  if (!isPassing(made.failure)) removeUpload(session, pair.pair);
  return failed(session, work, made.failure);
}

/** Looks what became of an upload whose answer never came. Undefined: nothing is open any more. */
async function settleUpload(
  session: Session,
  pair: Pair,
  terms: AttachmentTerms,
): Promise<Outcome | undefined> {
  const open = await readUpload(session, pair.pair);
  if (open === undefined) return undefined;
  const age = session.ports.clock.now() - open.askedAt;
  if (age < settleMs) return comeBack(session, settleMs - age);
  const listed = await session.ports.site.listOwnFiles(pair.local?.id ?? '');
  if (!listed.ok && isPassing(listed.failure)) return later(listed.failure);
  const twin = await readFileTwin(session, open.twin);
  const made = await unclaimed(session, listed.ok ? listed.value : [], open);
  if (made === undefined || twin === undefined) {
    removeUpload(session, pair.pair);
    return undefined;
  }
  // Its original was deleted before anybody here knew that the copy had been made.
  if (twin.state === 'gone' && terms.deletions === 'delete') {
    const kept = await deleteCopy(session, { pair, twin: open.twin, row: twin, fileId: made });
    if (kept?.kind === 'later') return kept;
    removeUpload(session, pair.pair);
    return undefined;
  }
  await noteThere(session, { pair, twinId: open.twin, twin }, made);
  return undefined;
}

/** What has a row is the copy of another file. */
async function unclaimed(
  session: Session,
  files: readonly FileRead[],
  open: Upload,
): Promise<string | undefined> {
  for (const file of files) {
    if (isAlike(file, open) && (await readFileIndex(session, file.id)) === undefined) return file.id;
  }
  return undefined;
}

async function noteThere(session: Session, { pair, twinId, twin }: Work, fileId: string): Promise<void> {
  const { tries: _tries, notBefore: _passed, ...row } = twin;
  putFileTwin(session, twinId, { ...row, local: fileId, state: 'there' });
  await readFileIndex(session, fileId);
  putFileIndex(session, fileId, twinId);
  removeUpload(session, pair.pair);
  session.tell('received', pair.local?.key ?? 'an issue');
  await clearFileProblem(session, twinId);
  await wakeTexts(session, pair, twinId);
}

async function failed(
  session: Session,
  work: Work,
  failure: Parameters<typeof isPassing>[0],
): Promise<Outcome> {
  return isPassing(failure) ? later(failure) : hold(session, work, failure.message);
}

/** For now it does not come: texts that show it say its name instead of waiting. */
async function giveUp(session: Session, work: Work, reason: string): Promise<Outcome> {
  const { pair, twinId } = work;
  const held = await hold(session, { ...work, twin: { ...work.twin, asText: true } }, reason);
  await wakeTexts(session, pair, twinId);
  return held;
}

async function hold(session: Session, { pair, twinId, twin }: Work, reason: string): Promise<Outcome> {
  const { tries: _tries, notBefore: _passed, ...row } = twin;
  putFileTwin(session, twinId, { ...row, state: 'held' });
  session.say({ op: 'attachment.held', pair: pair.pair, attachment: twinId, reason: reason.slice(0, 2_000) });
  await stageFileProblem(session, { twin: twinId, name: twin.name, issue: pair.local, reason, side: 'here' });
  return done;
}
