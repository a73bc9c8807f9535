/** Offers a file of an issue to the partner, who fetches its bytes. */
import { isShared } from '#core/model/attachment-terms';
import type { Pair } from '#core/model/pair';
import { isForgottenCopy } from '../epoch/is-forgotten-copy';
import { sayAgain } from '../epoch/may-have-forgotten';
import type { Agreement } from '../pairs/agreement';
import { blocked, done, isPassing, later, type Outcome } from '../pairs/outcome';
import { originalId } from '../pairs/pairs';
import type { IssueRead } from '../ports/site';
import type { FileRead } from '../ports/site-files';
import type { Session } from '../stream/session';
import {
  clearFileProblem,
  isAlike,
  putFileTwin,
  readFileIndex,
  readFileTwin,
  readUpload,
  termsFor,
} from './rows';

/** One Jira call, and none where no files are agreed or they came along with the issue. The caller has checked that the issue itself may leave. */
export async function sayAllFiles(
  session: Session,
  agreement: Agreement,
  pair: Pair,
  { id, files }: Pick<IssueRead, 'id' | 'files'>,
): Promise<Outcome> {
  return sayFiles(session, agreement, { pair, issueId: id, files, isRetry: false });
}

export interface FilesWork {
  pair: Pair;
  issueId: string;
  /** Just this one; all of the issue without it. */
  fileId?: string | undefined;
  /** As they came along with the issue. */
  files?: readonly FileRead[] | undefined;
  /** Offer it although it was offered before: somebody wants it tried again. */
  isRetry: boolean;
}

export async function sayFiles(session: Session, agreement: Agreement, work: FilesWork): Promise<Outcome> {
  if (termsFor(agreement, work.pair, 'send') === undefined) return done;
  const listed =
    work.files === undefined
      ? await session.ports.site.listFiles(work.issueId)
      : { ok: true as const, value: work.files };
  // Absence is not deletion: a delete event comes by itself.
  if (!listed.ok) return isPassing(listed.failure) ? later(listed.failure) : done;
  for (const file of listed.value) {
    if (work.fileId !== undefined && file.id !== work.fileId) continue;
    if (!session.hasRoom) await session.commit();
    const said = await sayFile(session, agreement, work, file);
    if (said.kind !== 'done') return said;
  }
  return done;
}

async function sayFile(
  session: Session,
  agreement: Agreement,
  { pair, issueId, isRetry }: FilesWork,
  file: FileRead,
): Promise<Outcome> {
  const terms = termsFor(agreement, pair, 'send');
  if (terms === undefined || !isShared(terms, file)) return done;
  if ((await readFileIndex(session, file.id)) !== undefined) return done;
  const twin = originalId(session.box.salt, 'attachment', file.id);
  const known = await readFileTwin(session, twin);
  if (known?.state === 'gone' || (known !== undefined && !isRetry)) return done;
  const upload = await readUpload(session, pair.pair);
  // It may be the copy that an upload of ours, whose answer was lost, has made.
  if (upload !== undefined && isAlike(file, upload)) return blocked;
  const isOurs = known === undefined && (await isForgottenCopy(session, issueId, file));
  if (isOurs !== false) return isOurs === true ? done : isOurs;
  const facts = { name: safeName(file.name), size: file.size, mime: file.mime.slice(0, 255) };
  const again = sayAgain(session, file.createdAt);
  session.say({ op: 'attachment.put', pair: pair.pair, attachment: twin, ...facts, ...again });
  session.tell('sent', pair.local?.key ?? 'an issue');
  putFileTwin(session, twin, { pair: pair.pair, origin: 'here', local: file.id, ...facts, state: 'there' });
  await clearFileProblem(session, twin);
  return done;
}

const longestName = 255;

/** The partner refuses names that mean something to a file system. What is cut off one that is too long is not its ending. */
function safeName(name: string): string {
  const plain = [...name].map((one) => (one < ' ' || one === '\u007f' || /[\\/]/.test(one) ? '_' : one));
  const [ending = ''] = /\.[A-Za-z0-9]{1,10}$/.exec(plain.join('')) ?? [];
  while (plain.join('').length > longestName) plain.splice(-1 - ending.length, 1);
  return plain.join('') || 'file';
}
