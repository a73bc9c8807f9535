/** Files of an issue which nobody has told of. */
import type { Pair } from '#core/model/pair';
import { readFileIndex, readFileTwin } from '../attachments/rows';
import { originalId } from '../pairs/pairs';
import type { IssueRead } from '../ports/site';
import type { Aspect } from '../rows/dirty';
import type { Session } from '../stream/session';

/** Deletions are not among them: absence is not deletion. */
export async function missedFiles(
  session: Session,
  pair: Pair,
  issue: IssueRead,
  since: number,
): Promise<Aspect[]> {
  const aspects: Aspect[] = [];
  for (const file of issue.files ?? []) {
    if (file.createdAt < Math.max(since, pair.pairedAt ?? 0)) continue;
    if ((await readFileIndex(session, file.id)) !== undefined) continue;
    const twin = await readFileTwin(session, originalId(session.box.salt, 'attachment', file.id));
    if (twin === undefined) aspects.push(`file:${file.id}`);
  }
  return aspects;
}
