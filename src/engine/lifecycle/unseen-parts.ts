/** Logged work and files that one site has, and the other one could not take or had not fetched when its issue came to an end. */
import { toPortable } from '#core/mapping/rich-text/to-portable';
import { isShared } from '#core/model/attachment-terms';
import type { Pair } from '#core/model/pair';
import { isAlike, readFileIndex, readFileTwin, readUpload, termsFor } from '../attachments/rows';
import type { Agreement } from '../pairs/agreement';
import { isPassing, type Later, later } from '../pairs/outcome';
import { originalId } from '../pairs/pairs';
import type { FileRead } from '../ports/site-files';
import type { WorklogRead } from '../ports/site-worklogs';
import { attachmentTwinSchema } from '../rows/attachment-twin';
import { rowKeys } from '../rows/keys';
import { problemRowSchema } from '../rows/problem';
import type { Session } from '../stream/session';
import { maySendWork, readWorklogTwin, worklogHash } from '../worklogs/worklog-twins';

/** In words. To be asked when all that we said is answered; one call for each kind that is shared. */
export async function unseenParts(
  session: Session,
  agreement: Agreement,
  pair: Pair,
): Promise<string[] | Later> {
  const unseen: string[] = [];
  const issueId = pair.local?.id ?? '';
  if (maySendWork(agreement, pair)) {
    const listed = await session.ports.site.listWorklogs(issueId);
    if (!listed.ok && isPassing(listed.failure)) return later(listed.failure);
    if (listed.ok && (await some(listed.value, (work) => isUnseenWork(session, pair, work))))
      unseen.push('logged work');
  }
  const terms = termsFor(agreement, pair, 'send');
  if (terms === undefined) return unseen;
  const listed = await session.ports.site.listFiles(issueId);
  if (!listed.ok && isPassing(listed.failure)) return later(listed.failure);
  const files = listed.ok ? listed.value.filter((file) => isShared(terms, file)) : [];
  if (await some(files, (file) => isUnseenFile(session, pair, file))) unseen.push('a file');
  return unseen;
}

async function some<T>(all: readonly T[], test: (one: T) => Promise<boolean>): Promise<boolean> {
  for (const one of all) if (await test(one)) return true;
  return false;
}

/** What the partner refused is held; those from before the two became a pair belong to this site alone. */
async function isUnseenWork(session: Session, pair: Pair, worklog: WorklogRead): Promise<boolean> {
  const { id, restricted, started, seconds, createdAt, marks } = worklog;
  if (restricted || seconds < 1 || marks.some(({ connection }) => connection === session.id)) return false;
  const twin = await readWorklogTwin(session, originalId(session.box.salt, 'worklog', id));
  if (twin === undefined) return createdAt >= (pair.pairedAt ?? 0);
  return (
    twin.state !== 'there' || twin.hash !== worklogHash({ body: toPortable(worklog.body), started, seconds })
  );
}

/** What the partner could not take is a problem here. */
async function isUnseenFile(session: Session, pair: Pair, file: FileRead): Promise<boolean> {
  if ((await readFileIndex(session, file.id)) !== undefined) return false;
  const upload = await readUpload(session, pair.pair);
  if (upload !== undefined && isAlike(file, upload)) return false;
  const id = originalId(session.box.salt, 'attachment', file.id);
  const twin = await readFileTwin(session, id);
  if (twin === undefined) return file.createdAt >= (pair.pairedAt ?? 0);
  const problem = await session.rows.read('problem', rowKeys.problem(session.id, id));
  return (
    problem !== undefined && problemRowSchema.parse(problem).items.some(({ side }) => side === 'partner')
  );
}

/** Rows that are read at once. */
const pageSize = 100;

/** Our issue is gone, and files of its twin were not fetched yet: said before its end, so that they do not go with the twin. */
export async function refuseUnfetched(session: Session, pair: string): Promise<void> {
  const range = { from: `${pair}:`, to: `${pair}:~`, limit: pageSize };
  let cursor: string | undefined;
  do {
    const request = { table: 'attachmentTwin' as const, group: session.id, ...range };
    const { store } = session.ports;
    const listed = await store.list(cursor === undefined ? request : { ...request, cursor });
    for (const { key, body } of listed.rows) {
      const twin = attachmentTwinSchema.safeParse(body).data;
      if (twin?.origin !== 'there' || twin.state !== 'wanted') continue;
      if (!session.hasRoom) await session.commit();
      const reason = 'Its issue came to an end here before the file was fetched.';
      session.say({ op: 'attachment.held', pair, attachment: key.slice(session.id.length + 1), reason });
    }
    cursor = listed.cursor;
  } while (cursor !== undefined);
}
