/** What comes along with an issue that takes part from now on, or again: comments, logged work, files, and its children. */
import type { Pair } from '#core/model/pair';
import { sayAllFiles } from '../attachments/say-file';
import { mayHaveSaid } from '../epoch/may-have-forgotten';
import { tellAlong } from '../epoch/tell-along';
import { type Agreement, findMapping } from '../pairs/agreement';
import { done, isPassing, later, type Outcome } from '../pairs/outcome';
import { wakeChildren } from '../pairs/wait-for-parent';
import type { IssueRead } from '../ports/site';
import type { SiteResult } from '../ports/site-result';
import type { StoreOperation } from '../ports/store';
import { type Aspect, setDirty } from '../rows/dirty';
import type { Session } from '../stream/session';
import { sayAllWorklogs } from '../worklogs/capture-worklogs';
import { sayComment } from './capture-comment';

export interface Along {
  before: Pair | undefined;
  after: Pair;
  aspects: ReadonlySet<string>;
  issueId: string;
  /** It takes part from now on, and has a past. */
  isEntering: boolean;
}

/** What comes with an issue: comments, files, and the children that wait for it. */
export async function sayAlong(session: Session, agreement: Agreement, along: Along): Promise<Outcome> {
  // While an issue cannot be read nobody hears of its comments.
  const isBack = comesBack(along.before, along.after);
  // By the next look it is neither new nor back: until all is said that is noted, and written with whatever is written before.
  const notes = notesOf(session, along, isBack);
  for (const note of notes) session.rows.stage(note);
  const said = await sayWhatIsThere(session, agreement, along, isBack);
  for (const note of notes) {
    if (said.kind === 'done') session.rows.takeBack(note);
    else session.noteDirty(note);
  }
  return said;
}

function notesOf(
  { id, ports }: Session,
  { before, aspects, issueId, isEntering }: Along,
  isBack: boolean,
): StoreOperation[] {
  const said: Aspect[] = isBack || isEntering ? ['comments', 'files'] : before === undefined ? ['files'] : [];
  const notes = said.filter((aspect) => !aspects.has(aspect));
  return notes.map((aspect) => setDirty(id, issueId, aspect, ports.clock.now()));
}

async function sayWhatIsThere(
  session: Session,
  agreement: Agreement,
  { before, after, aspects, issueId, isEntering }: Along,
  isBack: boolean,
): Promise<Outcome> {
  // It may have a twin that was forgotten, with copies of what is gone by now.
  if ((isBack || isEntering) && (before?.untold === true || mayHaveSaid(session))) {
    const failed = await tellAlong(session, agreement, after, { id: issueId });
    if (failed !== undefined) return failed;
  }
  if (isBack || isEntering || aspects.has('comments')) {
    const said = await sayAlongside(session, agreement, after, issueId);
    if (said.kind !== 'done') return said;
  }
  if (before === undefined || isBack || aspects.has('files')) {
    const said = await sayAllFiles(session, agreement, after, { id: issueId });
    if (said.kind !== 'done') return said;
  }
  if (aspects.has('children')) await wakeChildren(session, after);
  return done;
}

/** It could not be read or told, or did not match a filter: what was written on it meanwhile is not known over there. */
function comesBack(before: Pair | undefined, after: Pair): boolean {
  if (before === undefined || after.left !== undefined) return false;
  if (before.untold === true && after.untold !== true) return true;
  return before.left !== undefined || (before.state === 'unreachable' && after.state === 'twinned');
}

/** Before an issue took part, by a filter, its project or the agreement, nobody looked at what was written on it. */
export function hasPast(snapshot: SiteResult<IssueRead>): boolean {
  return snapshot.ok && snapshot.value.updatedAt > snapshot.value.createdAt;
}

/** An issue that takes part from now on, or again, brings what people said and logged on it. */
async function sayAlongside(
  session: Session,
  agreement: Agreement,
  pair: Pair,
  issueId: string,
): Promise<Outcome> {
  const said = await sayAllComments(session, agreement, pair, issueId);
  return said.kind === 'done' ? sayAllWorklogs(session, agreement, pair, issueId) : said;
}

/** An issue that takes part again brings the comments that it has, without those from before it became one of a pair. */
async function sayAllComments(
  session: Session,
  agreement: Agreement,
  pair: Pair,
  issueId: string,
): Promise<Outcome> {
  const mapping = findMapping(agreement, pair.mapping)?.mapping;
  if (mapping === undefined || mapping.comments === 'off') return done;
  const listed = await session.ports.site.listComments(issueId);
  if (!listed.ok) return isPassing(listed.failure) ? later(listed.failure) : done;
  for (const comment of listed.value) {
    if (comment.createdAt < (pair.pairedAt ?? 0)) continue;
    if (!session.hasRoom) await session.commit();
    await sayComment(session, agreement, { pair, issueId, commentId: comment.id, isRetry: false }, comment);
  }
  return done;
}
