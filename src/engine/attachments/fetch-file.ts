/** Makes our copy of a partner's file exactly once: what is there is looked at and an intent stored before the upload leaves. */
import { isShared, largestFile } from '#core/model/attachment-terms';
import type { Pair } from '#core/model/pair';
import type { Agreement } from '../pairs/agreement';
import { done, isPassing, type Later, later, type Outcome } from '../pairs/outcome';
import type { FileRead } from '../ports/site-files';
import type { AttachmentTwin } from '../rows/attachment-twin';
import type { Session } from '../stream/session';
import { pullFile } from './pull-file';
import {
  clearFileProblem,
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
/** Pause after one that did, milliseconds. */
const pauseMs = 30_000;

export async function fetchFile(
  session: Session,
  agreement: Agreement,
  pair: Pair,
  twinId: string,
): Promise<Outcome> {
  const terms = termsFor(agreement, pair, 'receive');
  if (terms === undefined || pair.local === undefined || pair.state !== 'twinned') return done;
  await session.hold();
  const settled = await settleUpload(session, pair);
  if (settled !== undefined) return settled;
  const twin = await readFileTwin(session, twinId);
  if (twin === undefined || (twin.state !== 'wanted' && twin.state !== 'held')) return done;
  const work = { pair, twinId, twin };
  if (!isShared(terms, twin)) return hold(session, work, 'Such files are not agreed any more.');
  if (twin.size > largestFile) return hold(session, work, tooLarge);
  const pulled = await pullFile(session, twinId, twin.size);
  if (pulled.kind === 'gone') return hold(session, work, 'The partner does not have this file any more.');
  if (pulled.kind === 'bytes') return upload(session, work, pulled.bytes);
  const tries = (twin.tries ?? 0) + 1;
  if (tries >= mostTries) return hold(session, work, pulled.why);
  putFileTwin(session, twinId, { ...twin, tries });
  return { kind: 'later', afterMs: pauseMs, why: pulled.why };
}

interface Work {
  pair: Pair;
  twinId: string;
  twin: AttachmentTwin;
}

async function upload(session: Session, work: Work, bytes: Uint8Array): Promise<Outcome> {
  const { pair, twinId, twin } = work;
  const issueId = pair.local?.id ?? '';
  const { site, clock } = session.ports;
  const listed = await site.listFiles(issueId);
  if (!listed.ok) return failed(session, work, listed.failure);
  const before = listed.value.filter((file) => isAlike(file, twin)).map(({ id }) => id);
  const { name, size, mime } = twin;
  putUpload(session, pair.pair, { twin: twinId, name, size, askedAt: clock.now(), before });
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
async function settleUpload(session: Session, pair: Pair): Promise<Later | undefined> {
  const open = await readUpload(session, pair.pair);
  if (open === undefined) return undefined;
  const age = session.ports.clock.now() - open.askedAt;
  if (age < settleMs) {
    return { kind: 'later', afterMs: settleMs - age, why: 'An earlier upload may still be at work.' };
  }
  const listed = await session.ports.site.listFiles(pair.local?.id ?? '');
  if (!listed.ok && isPassing(listed.failure)) return later(listed.failure);
  const twin = await readFileTwin(session, open.twin);
  for (const file of listed.ok ? listed.value : []) {
    if (!isAlike(file, open) || open.before.includes(file.id) || twin === undefined) continue;
    if ((await readFileIndex(session, file.id)) !== undefined) continue;
    await noteThere(session, { pair, twinId: open.twin, twin }, file.id);
    return undefined;
  }
  removeUpload(session, pair.pair);
  return undefined;
}

async function noteThere(session: Session, { pair, twinId, twin }: Work, fileId: string): Promise<void> {
  const { tries: _tries, ...row } = twin;
  putFileTwin(session, twinId, { ...row, local: fileId, state: 'there' });
  await readFileIndex(session, fileId);
  putFileIndex(session, fileId, twinId);
  removeUpload(session, pair.pair);
  session.tell('received', pair.local?.key ?? 'an issue');
  await clearFileProblem(session, twinId);
}

/** Files carry no marks: name and size are all there is to go by. */
function isAlike(file: FileRead, wanted: { name: string; size: number }): boolean {
  return file.size === wanted.size && file.name === wanted.name;
}

async function failed(
  session: Session,
  work: Work,
  failure: Parameters<typeof isPassing>[0],
): Promise<Outcome> {
  return isPassing(failure) ? later(failure) : hold(session, work, failure.message);
}

async function hold(session: Session, { pair, twinId, twin }: Work, reason: string): Promise<Outcome> {
  const { tries: _tries, ...row } = twin;
  putFileTwin(session, twinId, { ...row, state: 'held' });
  session.say({ op: 'attachment.held', pair: pair.pair, attachment: twinId, reason: reason.slice(0, 2_000) });
  await stageFileProblem(session, { twin: twinId, name: twin.name, issue: pair.local, reason, side: 'here' });
  return done;
}
