/** Tells a new file of people from a copy that the app made here and forgot: copies of files carry no mark. */
import { isPassing, type Later, later } from '../pairs/outcome';
import type { FileRead } from '../ports/site-files';
import { rowKeys } from '../rows/keys';
import type { Session } from '../stream/session';
import { listConnections } from '../update-connection';
import { sayAgain } from './may-have-forgotten';

/**
 * Of a file that has no row. What the app itself uploaded before the last loss of memory is a copy of ours, unless another
 * synchronization of this site knows it as its own. Costs nothing while nothing was forgotten.
 */
export async function isForgottenCopy(
  session: Session,
  issueId: string,
  file: FileRead,
): Promise<boolean | Later> {
  if (session.stream.floors === undefined || sayAgain(session, file.createdAt).again !== true) return false;
  const own = await session.ports.site.listOwnFiles(issueId);
  if (!own.ok) return isPassing(own.failure) ? later(own.failure) : false;
  if (!own.value.some(({ id }) => id === file.id)) return false;
  for (const { id } of await listConnections(session.ports)) {
    if (id === session.id) continue;
    const known = await session.rows.read('attachmentTwin', rowKeys.attachmentIndex(id, file.id));
    if (known !== undefined) return false;
  }
  return true;
}
