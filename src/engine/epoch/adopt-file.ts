/** Finds our copy of a partner's file which we made and forgot: files carry no marks, so by name, size and author. */
import { isAlike, putFileIndex, putFileTwin, readFileIndex } from '../attachments/rows';
import { done, isPassing, later, type Outcome } from '../pairs/outcome';
import type { AttachmentTwin } from '../rows/attachment-twin';
import type { Session } from '../stream/session';

/** Undefined: there is none, it is to be fetched. What has a row is the copy of another file. */
export async function adoptFile(
  session: Session,
  issueId: string,
  twin: string,
  row: Pick<AttachmentTwin, 'pair' | 'origin' | 'name' | 'size' | 'mime'>,
): Promise<Outcome | undefined> {
  const listed = await session.ports.site.listOwnFiles(issueId);
  if (!listed.ok) return isPassing(listed.failure) ? later(listed.failure) : undefined;
  for (const file of listed.value) {
    if (!isAlike(file, { twin, name: row.name, size: row.size, askedAt: 0 })) continue;
    if ((await readFileIndex(session, file.id)) !== undefined) continue;
    putFileTwin(session, twin, { ...row, local: file.id, state: 'there' });
    putFileIndex(session, file.id, twin);
    return done;
  }
  return undefined;
}
