/** Writes fields of one issue: what Jira refuses is taken out and named, the rest is written. */
import { isPassing, type Later, later } from '../pairs/outcome';
import type { IssueRead } from '../ports/site';
import type { Session } from '../stream/session';

/** Each refusal takes out at least one field. */
const mostTries = 20;

export type FieldsWritten =
  /** `issue`: as read back; undefined where nothing was written. */
  | { kind: 'written'; issue: IssueRead | undefined; refused: Record<string, string> }
  | { kind: 'gone'; reason: string }
  | Later;

export async function writeFields(
  session: Session,
  issueId: string,
  fields: Record<string, unknown>,
  readBack: string[],
): Promise<FieldsWritten> {
  let rest = { ...fields };
  const refused: Record<string, string> = {};
  for (let tries = 0; tries < mostTries && Object.keys(rest).length > 0; tries += 1) {
    const { site } = session.ports;
    const written = await site.writeIssue(issueId, rest, readBack, session.memory.isQuiet);
    if (written.ok) return { kind: 'written', issue: written.value, refused };
    const { failure } = written;
    if (isPassing(failure)) return later(failure);
    if (failure.kind === 'gone') return { kind: 'gone', reason: failure.message };
    const named = failure.kind === 'invalid' ? failure.fields : {};
    Object.assign(refused, refusalOf(rest, named, failure.message));
    rest = Object.fromEntries(Object.entries(rest).filter(([id]) => refused[id] === undefined));
  }
  return { kind: 'written', issue: undefined, refused };
}

/** The fields that Jira names; all of them when it names none of ours. */
export function refusalOf(
  fields: Record<string, unknown>,
  named: Record<string, string>,
  message: string,
): Record<string, string> {
  const ours = Object.entries(named).filter(([id]) => id in fields);
  if (ours.length > 0) return Object.fromEntries(ours);
  return Object.fromEntries(Object.keys(fields).map((id) => [id, message]));
}

/** As `writeFields`, for what a step of the workflow has left. Its values are read back even where nothing is left. */
export async function writeRest(
  session: Session,
  issueId: string,
  { fields, carried }: { fields: Record<string, unknown>; carried: readonly string[] },
  readBack: string[],
): Promise<FieldsWritten> {
  const rest = Object.fromEntries(Object.entries(fields).filter(([id]) => !carried.includes(id)));
  const written = await writeFields(session, issueId, rest, readBack);
  const isAllThere = Object.keys(rest).length === Object.keys(fields).length;
  if (written.kind !== 'written' || written.issue !== undefined || isAllThere) return written;
  const read = await session.ports.site.readIssue(issueId, readBack);
  if (read.ok) return { ...written, issue: read.value };
  const { failure } = read;
  return isPassing(failure) ? later(failure) : { kind: 'gone', reason: failure.message };
}
