/** Reads and stages what is known of files that texts show: media ids both ways, and comments that wait for a file. */

import { sharedFilesIn } from '#core/mapping/rich-text/inline-files';
import type { AdfNode } from '#core/merge/normalise-adf';
import type { Pair } from '#core/model/pair';
import { fileAwaitedSchema, mediaOfSchema, type ShownFile, shownFileSchema } from '../rows/attachment-twin';
import { setDirty } from '../rows/dirty';
import { rowKeys } from '../rows/keys';
import type { Session } from '../stream/session';

const table = 'attachmentTwin';
/** Beyond these an admin tries again by hand; the row must stay small. */
const mostComments = 200;

export async function readShown(session: Session, mediaId: string): Promise<ShownFile | undefined> {
  const body = await session.rows.read(table, rowKeys.shownFile(session.id, mediaId));
  return body === undefined ? undefined : shownFileSchema.parse(body);
}

export async function readMedia(session: Session, fileId: string): Promise<string | undefined> {
  const body = await session.rows.read(table, rowKeys.mediaOf(session.id, fileId));
  return body === undefined ? undefined : mediaOfSchema.parse(body).media;
}

/** Both rows were looked for before. */
export function putShown(session: Session, mediaId: string, shown: ShownFile): void {
  const group = session.id;
  const body = { ...shown, name: shown.name.slice(0, 255), mime: shown.mime.slice(0, 255) };
  session.rows.put(table, rowKeys.shownFile(group, mediaId), body, { group, rank: `media:${mediaId}` });
  const media = { media: mediaId };
  session.rows.put(table, rowKeys.mediaOf(group, shown.file), media, { group, rank: `shows:${shown.file}` });
}

/** The copy of a comment is to be tried again when the file is here, or given up. */
export async function awaitFile(session: Session, file: string, comment: string): Promise<void> {
  const waiting = await readAwaiting(session, file);
  if (waiting.includes(comment) || waiting.length >= mostComments) return;
  const key = rowKeys.fileAwaited(session.id, file);
  const body = { comments: [...waiting, comment] };
  session.rows.put(table, key, body, { group: session.id, rank: `awaits:${file}` });
}

async function readAwaiting(session: Session, file: string): Promise<string[]> {
  const body = await session.rows.read(table, rowKeys.fileAwaited(session.id, file));
  return body === undefined ? [] : fileAwaitedSchema.parse(body).comments;
}

/** To be called in the same step which makes known that a file of the partner is here, or does not come. */
export async function wakeTexts(session: Session, pair: Pair, file: string): Promise<void> {
  if (pair.local === undefined) return;
  const at = session.ports.clock.now();
  const { id } = pair.local;
  const waits = Object.values(pair.held).some(
    ({ side, value }) =>
      side === 'here' &&
      value.t === 'adf' &&
      sharedFilesIn((value.v?.content ?? []) as AdfNode[]).includes(file),
  );
  if (waits) session.noteDirty(setDirty(session.id, id, 'retry', at));
  const comments = await readAwaiting(session, file);
  if (comments.length === 0) return;
  for (const comment of comments) {
    if (!session.hasRoom) await session.commit();
    session.noteDirty(setDirty(session.id, id, `recomment:${comment}`, at));
  }
  session.rows.remove(table, rowKeys.fileAwaited(session.id, file));
}
