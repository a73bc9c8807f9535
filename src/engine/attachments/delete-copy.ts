/** Deletes our copy of a file whose original was deleted; where Jira refuses, an admin is told. */
import type { Pair } from '#core/model/pair';
import { done, isPassing, later, type Outcome } from '../pairs/outcome';
import type { Session } from '../stream/session';
import { stageFileProblem } from './rows';

export interface CopyToDelete {
  pair: Pair;
  twin: string;
  name: string;
  fileId: string;
}

/** Undefined: it is gone. `done`: it stays, and a problem says why. */
export async function deleteCopy(
  session: Session,
  { pair, twin, name, fileId }: CopyToDelete,
): Promise<Outcome | undefined> {
  const deleted = await session.ports.site.deleteFile(fileId);
  if (deleted.ok || deleted.failure.kind === 'gone') return undefined;
  if (isPassing(deleted.failure)) return later(deleted.failure);
  const reason = `The partner deleted this file, but the copy here could not be: ${deleted.failure.message}`;
  await stageFileProblem(session, { twin, name, issue: pair.local, reason, side: 'here' });
  return done;
}
