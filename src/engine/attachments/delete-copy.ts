/** Deletes our copy of a file whose original was deleted; where Jira refuses, an admin is told. */
import type { Pair } from '#core/model/pair';
import { done, type Outcome } from '../pairs/outcome';
import { takenAway } from '../pairs/take-away';
import type { AttachmentTwin } from '../rows/attachment-twin';
import type { Session } from '../stream/session';
import { putFileIndex, putFileTwin, stageFileProblem } from './rows';

export interface CopyToDelete {
  pair: Pair;
  twin: string;
  row: AttachmentTwin;
  fileId: string;
}

/** Undefined: it is gone. `done`: it stays for now, and a problem says why. */
export async function deleteCopy(
  session: Session,
  { pair, twin, row, fileId }: CopyToDelete,
): Promise<Outcome | undefined> {
  const taken = await takenAway(session, pair, await session.ports.site.deleteFile(fileId));
  if (taken.kind === 'gone') return undefined;
  if (taken.kind === 'later') return taken;
  const reason = `The partner deleted this file, but the copy here could not be: ${taken.reason}`;
  putFileTwin(session, twin, { ...row, local: fileId, state: 'there', goes: true });
  putFileIndex(session, fileId, twin);
  const { name } = row;
  await stageFileProblem(session, { twin, name, issue: pair.local, reason, side: 'here' });
  return done;
}
