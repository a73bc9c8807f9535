/** Makes our copy of logged work exactly once: the intent is durable first, and the request carries our mark. */
import { toPortable } from '#core/mapping/rich-text/to-portable';
import { asReadHere } from '#core/mapping/wiki-markup/site-text';
import type { Pair } from '#core/model/pair';
import { isPassing, type Later, later } from '../pairs/outcome';
import type { SiteResult } from '../ports/site-result';
import type { WorklogRead, WorklogText } from '../ports/site-worklogs';
import type { Session } from '../stream/session';
import { putWorklogTwin, type WorklogTwin, worklogHash } from './worklog-twins';

/** A request of unknown outcome may still be at work in Jira: look for its entry only after this time. */
const settleMs = 15_000;

export interface WantedWorklog {
  pair: Pair;
  issueId: string;
  /** Of the twin. */
  id: string;
  twin: WorklogTwin | undefined;
  text: WorklogText;
  /** We may have made it, and forgotten it. */
  isForgotten: boolean;
}

/** A copy that is there is brought up to date; marks of anybody else count for nothing. */
export async function ensureWorklog(
  session: Session,
  wanted: WantedWorklog,
): Promise<SiteResult<{ id: string }> | Later> {
  const { issueId, id, twin, text } = wanted;
  const { site } = session.ports;
  if (twin?.local !== undefined) {
    const read = await site.readWorklog(issueId, twin.local);
    return read.ok ? update(session, issueId, read.value, text) : read;
  }
  const askedAt = twin?.askedAt ?? (wanted.isForgotten ? 0 : undefined);
  if (askedAt === undefined) return askFor(session, wanted);
  const age = session.ports.clock.now() - askedAt;
  if (age < settleMs) {
    return { kind: 'later', afterMs: settleMs - age, why: 'An earlier request may still be at work.' };
  }
  const listed = await site.listWorklogs(issueId);
  if (!listed.ok) return isPassing(listed.failure) ? later(listed.failure) : listed;
  const copy = listed.value.find(({ marks }) =>
    marks.some((mark) => mark.connection === session.id && mark.twin === id),
  );
  return copy === undefined ? askFor(session, wanted) : update(session, issueId, copy, text);
}

async function askFor(
  session: Session,
  { pair, issueId, id, text }: WantedWorklog,
): Promise<SiteResult<{ id: string }>> {
  const askedAt = session.ports.clock.now();
  putWorklogTwin(session, id, { pair: pair.pair, origin: 'there', hash: '', state: 'creating', askedAt });
  await session.commit();
  return session.ports.site.createWorklog(issueId, text, { connection: session.id, twin: id });
}

/** A write that changes nothing is none: after a crash the copy may say this already. */
async function update(
  session: Session,
  issueId: string,
  copy: WorklogRead,
  text: WorklogText,
): Promise<SiteResult<{ id: string }>> {
  const isSame =
    worklogHash({ ...copy, body: toPortable(copy.body) }) ===
    worklogHash({ ...text, body: toPortable(asReadHere(text.body, session.ports.site.texts)) });
  const updated: SiteResult<void> = isSame
    ? { ok: true, value: undefined }
    : await session.ports.site.updateWorklog(issueId, copy.id, text);
  return updated.ok ? { ok: true, value: { id: copy.id } } : updated;
}
