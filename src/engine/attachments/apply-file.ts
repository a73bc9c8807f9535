/** Takes in what the partner says of its files. The bytes are fetched later, so that nothing waits behind a large file. */
import { isShared, largestFile } from '#core/model/attachment-terms';
import type { AttachmentDelete, AttachmentHeld, AttachmentPut } from '#core/protocol/attachment-operations';
import type { Agreement } from '../pairs/agreement';
import { done, isPassing, later, type Outcome } from '../pairs/outcome';
import { readPair } from '../pairs/pairs';
import { setDirty } from '../rows/dirty';
import type { Session } from '../stream/session';
import { clearFileProblem, putFileTwin, readFileTwin, stageFileProblem, termsFor, tooLarge } from './rows';

export async function applyFilePut(
  session: Session,
  agreement: Agreement,
  operation: AttachmentPut,
): Promise<Outcome> {
  const { attachment, name, size, mime } = operation;
  const [pair, twin] = await Promise.all([
    readPair(session, operation.pair),
    readFileTwin(session, attachment),
  ]);
  // Said before, with the same content: files never change.
  if (twin !== undefined && twin.state !== 'held') return done;
  const refuse = (reason: string): Outcome => {
    session.say({ op: 'attachment.held', pair: operation.pair, attachment, reason });
    return done;
  };
  const terms = pair === undefined ? undefined : termsFor(agreement, pair, 'receive');
  if (pair === undefined || terms === undefined || !isShared(terms, { name, size, mime })) {
    return refuse('Such files of the partner are not agreed for this issue.');
  }
  if (pair.local === undefined || pair.state !== 'twinned') return refuse('Its issue is not here yet.');
  const row = { pair: pair.pair, origin: 'there' as const, name, size, mime };
  if (size > largestFile) {
    putFileTwin(session, attachment, { ...row, state: 'held' });
    await stageFileProblem(session, {
      twin: attachment,
      name,
      issue: pair.local,
      reason: tooLarge,
      side: 'here',
    });
    return refuse(tooLarge);
  }
  putFileTwin(session, attachment, { ...row, state: 'wanted' });
  session.noteDirty(setDirty(session.id, pair.local.id, `fetch:${attachment}`, session.ports.clock.now()));
  return done;
}

/** What is gone is gone. */
export async function applyFileDelete(
  session: Session,
  agreement: Agreement,
  operation: AttachmentDelete,
): Promise<Outcome> {
  const { attachment } = operation;
  const [pair, twin] = await Promise.all([
    readPair(session, operation.pair),
    readFileTwin(session, attachment),
  ]);
  if (twin === undefined || twin.origin !== 'there' || twin.pair !== operation.pair) return done;
  if (pair === undefined || termsFor(agreement, pair, 'receive')?.deletions !== 'delete') return done;
  if (twin.local !== undefined && twin.state !== 'gone') {
    await session.hold();
    const deleted = await session.ports.site.deleteFile(twin.local);
    if (!deleted.ok && isPassing(deleted.failure)) return later(deleted.failure);
    if (!deleted.ok && deleted.failure.kind !== 'gone') {
      const reason = `The partner deleted this file, but the copy here could not be: ${deleted.failure.message}`;
      await stageFileProblem(session, {
        twin: attachment,
        name: twin.name,
        issue: pair.local,
        reason,
        side: 'here',
      });
      return done;
    }
  }
  putFileTwin(session, attachment, { ...twin, state: 'gone' });
  session.tell('received', pair.local?.key ?? 'an issue');
  await clearFileProblem(session, attachment);
  return done;
}

/** The partner could not take a file of ours: shown here, and offered again on request. */
export async function applyFileHeld(session: Session, operation: AttachmentHeld): Promise<Outcome> {
  const { attachment, reason } = operation;
  const [pair, twin] = await Promise.all([
    readPair(session, operation.pair),
    readFileTwin(session, attachment),
  ]);
  if (twin === undefined || twin.origin !== 'here' || twin.pair !== operation.pair) return done;
  const { name } = twin;
  await stageFileProblem(session, { twin: attachment, name, issue: pair?.local, reason, side: 'partner' });
  return done;
}
