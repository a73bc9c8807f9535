/** Looks at what is dirty about the files of an issue: new ones, deleted ones, and those of the partner to be fetched. */
import type { Pair } from '#core/model/pair';
import { countRemoval } from '../brakes/part-deletions';
import type { DirtyAspect, DirtyIssue } from '../capture/dirty-issue';
import { mayFlow } from '../filter/may-flow';
import type { Agreement } from '../pairs/agreement';
import { mayComeBack } from '../pairs/may-come-back';
import { blocked, done, type Outcome } from '../pairs/outcome';
import { findPair, originalId } from '../pairs/pairs';
import type { IssueRead } from '../ports/site';
import type { SiteResult } from '../ports/site-result';
import type { Session } from '../stream/session';
import { applyFileDelete } from './apply-file';
import { fetchFile } from './fetch-file';
import { wakeTexts } from './inline-rows';
import { clearFileProblem, putFileTwin, readFileIndex, readFileTwin, termsFor } from './rows';
import { sayFiles } from './say-file';

export interface FileAspects {
  issue: DirtyIssue;
  snapshot: SiteResult<IssueRead> | undefined;
  pair: Pair | undefined;
}

/** Before the texts: over there a file that is gone may leave its text, and nobody waits for it. */
export async function captureDeletedFiles(
  session: Session,
  agreement: Agreement,
  issue: DirtyIssue,
  answered: (session: Session, dirty: DirtyAspect) => void,
): Promise<void> {
  for (const { id, dirty } of aspectsOf(issue, 'unfile')) {
    if (!session.hasRoom) await session.commit();
    const pair = await findPair(session, issue.issueId);
    if (pair !== undefined) await captureDeleted(session, agreement, pair, id);
    answered(session, dirty);
  }
}

/** Copies are fetched before files are offered, so that an upload of unknown outcome is settled first. */
export async function captureFiles(
  session: Session,
  agreement: Agreement,
  work: FileAspects,
  answered: (session: Session, dirty: DirtyAspect) => void,
): Promise<Outcome> {
  const { pair } = work;
  let result: Outcome = done;
  for (const { kind, id, dirty } of [...aspectsOf(work.issue, 'fetch'), ...aspectsOf(work.issue, 'file')]) {
    if (!session.hasRoom) await session.commit();
    const outcome =
      pair === undefined ? done : await captureOne(session, agreement, { ...work, pair, kind, id });
    if (outcome.kind === 'later') return outcome;
    // One file that has to wait keeps nobody from the others.
    if (outcome.kind === 'blocked') result = outcome;
    else answered(session, dirty);
  }
  return result;
}

function aspectsOf(issue: DirtyIssue, wanted: string): { kind: string; id: string; dirty: DirtyAspect }[] {
  return issue.aspects.flatMap((dirty) => {
    const [kind, id = ''] = dirty.aspect.split(':');
    return kind === wanted ? [{ kind, id, dirty }] : [];
  });
}

type One = FileAspects & { pair: Pair; kind: string; id: string };

async function captureOne(session: Session, agreement: Agreement, work: One): Promise<Outcome> {
  const { pair, kind, id, issue, snapshot } = work;
  if (kind === 'fetch') return tryAgain(session, agreement, work);
  if (snapshot?.ok !== true) return mayComeBack(session, pair) ? blocked : done;
  const flow = mayFlow(session, agreement, pair, snapshot.value);
  if (flow !== 'yes') return flow === 'wait' ? blocked : done;
  return sayFiles(session, agreement, { pair, issueId: issue.issueId, fileId: id, isRetry: false });
}

/** One of the partner is fetched, one of ours that the partner could not take is offered again. */
async function tryAgain(session: Session, agreement: Agreement, { pair, id, issue }: One): Promise<Outcome> {
  const twin = await readFileTwin(session, id);
  if (twin === undefined || twin.pair !== pair.pair) return done;
  if (twin.goes === true) {
    return applyFileDelete(session, agreement, { op: 'attachment.delete', pair: pair.pair, attachment: id });
  }
  if (twin.origin === 'there') return fetchFile(session, agreement, pair, id);
  const read = await session.ports.site.readIssue(issue.issueId, []);
  if (!read.ok || mayFlow(session, agreement, pair, read.value) !== 'yes') return done;
  return sayFiles(session, agreement, { pair, issueId: issue.issueId, fileId: twin.local, isRetry: true });
}

/** After a delete event. Only originals of this site travel; the receiver does with the copy what was agreed. */
async function captureDeleted(
  session: Session,
  agreement: Agreement,
  pair: Pair,
  fileId: string,
): Promise<void> {
  const copyOf = await readFileIndex(session, fileId);
  const twin = copyOf ?? originalId(session.box.salt, 'attachment', fileId);
  const known = await readFileTwin(session, twin);
  if (known === undefined || known.state === 'gone') return;
  putFileTwin(session, twin, { ...known, state: 'gone' });
  await clearFileProblem(session, twin);
  // A text that was to show it may have been refused for that.
  await wakeTexts(session, pair, twin);
  // The partner does with its copy what was agreed; where there is none yet, it need not try to fetch one.
  const terms = termsFor(agreement, pair, 'send');
  if (copyOf !== undefined || terms === undefined) return;
  if (terms.deletions === 'delete') countRemoval(session, 'out');
  session.say({ op: 'attachment.delete', pair: pair.pair, attachment: twin });
  session.tell('sent', pair.local?.key ?? 'an issue');
}
