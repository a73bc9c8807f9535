/** Takes in what the partner says of its files. The bytes are fetched later, so that nothing waits behind a large file. */
import { isShared, largestFile } from '#core/model/attachment-terms';
import type { Pair } from '#core/model/pair';
import type { AttachmentDelete, AttachmentHeld, AttachmentPut } from '#core/protocol/attachment-operations';
import { countRemoval } from '../brakes/part-deletions';
import { adoptFile } from '../epoch/adopt-file';
import { mayHaveForgotten } from '../epoch/may-have-forgotten';
import type { Agreement } from '../pairs/agreement';
import { done, type Outcome } from '../pairs/outcome';
import { readPair } from '../pairs/pairs';
import type { AttachmentTwin } from '../rows/attachment-twin';
import { setDirty } from '../rows/dirty';
import type { Session } from '../stream/session';
import { deleteCopy } from './delete-copy';
import { readMedia, wakeTexts } from './inline-rows';
import { clearFileProblem, putFileTwin, readFileTwin, stageFileProblem, termsFor, tooLarge } from './rows';
import { tidyTexts } from './tidy-texts';

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
  if (twin !== undefined && (twin.state !== 'held' || twin.pair !== operation.pair)) return done;
  const row = { pair: operation.pair, origin: 'there' as const, name, size, mime };
  const why = whyNot(agreement, pair, operation);
  if (pair?.local === undefined || why !== undefined) {
    return refuse(session, pair, operation, why ?? { reason: notAgreed, isFinal: true });
  }
  if (twin?.local === undefined && mayHaveForgotten(session, operation)) {
    const known = await adoptFile(session, pair.local.id, attachment, row);
    if (known !== undefined) return known;
  }
  const told = twin?.asText === true ? { asText: twin.asText } : {};
  putFileTwin(session, attachment, { ...row, ...told, state: 'wanted' });
  session.noteDirty(setDirty(session.id, pair.local.id, `fetch:${attachment}`, session.ports.clock.now()));
  return done;
}

async function refuse(
  session: Session,
  pair: Pair | undefined,
  { pair: pairId, attachment, name, size, mime }: AttachmentPut,
  { reason, isFinal }: { reason: string; isFinal: boolean },
): Promise<Outcome> {
  if (pair !== undefined && isFinal) {
    await noteNotComing(session, pair, attachment, { pair: pairId, origin: 'there', name, size, mime });
  }
  if (reason === tooLarge) {
    await stageFileProblem(session, { twin: attachment, name, issue: pair?.local, reason, side: 'here' });
  }
  session.say({ op: 'attachment.held', pair: pairId, attachment, reason });
  return done;
}

const notAgreed = 'Such files of the partner are not agreed for this issue.';

/** `isFinal`: waiting would not help. Undefined: it is to be fetched. */
function whyNot(
  agreement: Agreement,
  pair: Pair | undefined,
  { name, size, mime }: AttachmentPut,
): { reason: string; isFinal: boolean } | undefined {
  const terms = pair === undefined ? undefined : termsFor(agreement, pair, 'receive');
  if (terms === undefined || !isShared(terms, { name, size, mime })) {
    return { reason: notAgreed, isFinal: true };
  }
  if (pair?.local === undefined || pair.state !== 'twinned') {
    return { reason: 'Its issue is not here yet.', isFinal: false };
  }
  return size > largestFile ? { reason: tooLarge, isFinal: true } : undefined;
}

/** Texts that show it say its name instead of waiting. */
async function noteNotComing(
  session: Session,
  pair: Pair,
  attachment: string,
  row: Pick<AttachmentTwin, 'pair' | 'origin' | 'name' | 'size' | 'mime'>,
): Promise<void> {
  putFileTwin(session, attachment, { ...row, state: 'held', asText: true });
  await wakeTexts(session, pair, attachment);
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
  if (twin.state === 'gone') return done;
  const terms = pair === undefined ? undefined : termsFor(agreement, pair, 'receive');
  if (pair === undefined || terms === undefined) return done;
  // A copy stays where that is agreed; one that was never fetched cannot come any more.
  if (terms.deletions !== 'delete' && twin.local !== undefined) return done;
  const removed = await removeCopy(session, agreement, { pair, twin, attachment });
  if (removed !== undefined) return removed;
  if (twin.local !== undefined) countRemoval(session, 'in');
  session.tell('received', pair.local?.key ?? 'an issue');
  await clearFileProblem(session, attachment);
  return done;
}

/** Undefined: it is gone, and no text shows it any more. */
async function removeCopy(
  session: Session,
  agreement: Agreement,
  { pair, twin, attachment }: { pair: Pair; twin: AttachmentTwin; attachment: string },
): Promise<Outcome | undefined> {
  if (twin.local !== undefined && twin.state !== 'gone') {
    await session.hold();
    const kept = await deleteCopy(session, { pair, twin: attachment, row: twin, fileId: twin.local });
    if (kept !== undefined) return kept;
  }
  const { goes: _done, ...row } = twin;
  putFileTwin(session, attachment, { ...row, state: 'gone' });
  const shown = twin.local === undefined ? undefined : await readMedia(session, twin.local);
  return shown === undefined ? undefined : tidyTexts(session, agreement, pair);
}

/** The partner could not take a file of ours: shown here, and offered again on request. */
export async function applyFileHeld(session: Session, operation: AttachmentHeld): Promise<Outcome> {
  const { attachment, reason } = operation;
  const [pair, twin] = await Promise.all([
    readPair(session, operation.pair),
    readFileTwin(session, attachment),
  ]);
  if (twin === undefined || twin.origin !== 'here' || twin.pair !== operation.pair) return done;
  // Deleted meanwhile, which the partner did not know yet: nobody can offer it again.
  if (twin.state === 'gone') return done;
  const { name } = twin;
  await stageFileProblem(session, { twin: attachment, name, issue: pair?.local, reason, side: 'partner' });
  return done;
}
