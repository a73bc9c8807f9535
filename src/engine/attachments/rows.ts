/** Reads and stages the rows of attachments, and their problems. */
import { type AttachmentTerms, largestFile } from '#core/model/attachment-terms';
import type { Pair } from '#core/model/pair';
import { type Agreement, findMapping, iMaySend, partnerMaySend } from '../pairs/agreement';
import { stageProblems } from '../pairs/problems';
import type { FileRead } from '../ports/site-files';
import {
  type AttachmentTwin,
  attachmentIndexSchema,
  attachmentTwinSchema,
  type Upload,
  uploadSchema,
} from '../rows/attachment-twin';
import { rowKeys, twinRank } from '../rows/keys';
import type { Session } from '../stream/session';

export const tooLarge =
  `The file is larger than ${largestFile / 1024 / 1024} MB, which is all that the app can hold at once. ` +
  'Make it smaller, or put it where both sides can reach it and link to it.';

/** What is agreed on files of the mapping of a pair, where this side may send them, or take them. */
export function termsFor(
  agreement: Agreement,
  pair: Pick<Pair, 'mapping'>,
  way: 'send' | 'receive',
): AttachmentTerms | undefined {
  const terms = findMapping(agreement, pair.mapping)?.mapping.attachments;
  if (terms === undefined) return undefined;
  const may = way === 'send' ? iMaySend : partnerMaySend;
  return may(agreement, terms.direction) ? terms : undefined;
}

export async function readFileTwin(session: Session, twin: string): Promise<AttachmentTwin | undefined> {
  const body = await session.rows.read('attachmentTwin', rowKeys.attachmentTwin(session.id, twin));
  return body === undefined ? undefined : attachmentTwinSchema.parse(body);
}

export function putFileTwin(session: Session, twin: string, body: AttachmentTwin): void {
  const key = rowKeys.attachmentTwin(session.id, twin);
  session.rows.put('attachmentTwin', key, body, { group: session.id, rank: twinRank(body.pair, twin) });
}

/** The twin whose copy a local file is. */
export async function readFileIndex(session: Session, fileId: string): Promise<string | undefined> {
  const body = await session.rows.read('attachmentTwin', rowKeys.attachmentIndex(session.id, fileId));
  return body === undefined ? undefined : attachmentIndexSchema.parse(body).twin;
}

export function putFileIndex(session: Session, fileId: string, twin: string): void {
  const key = rowKeys.attachmentIndex(session.id, fileId);
  session.rows.put('attachmentTwin', key, { twin }, { group: session.id, rank: `local:${fileId}` });
}

export async function readUpload(session: Session, pair: string): Promise<Upload | undefined> {
  const body = await session.rows.read('attachmentTwin', rowKeys.upload(session.id, pair));
  return body === undefined ? undefined : uploadSchema.parse(body);
}

/** Clocks of Jira and of the app may differ by this much, milliseconds. */
const skewMs = 120_000;

/** True for a file which that upload may have made: files carry no marks. The caller asks for the author, and what is known. */
export function isAlike(file: FileRead, { name, size, askedAt }: Upload): boolean {
  // Some hosts keep a quotation mark as it is written in a form.
  const isNamed = file.name === name || file.name === name.replaceAll('"', '%22');
  return isNamed && file.size === size && file.createdAt >= askedAt - skewMs;
}

export function putUpload(session: Session, pair: string, upload: Upload): void {
  const key = rowKeys.upload(session.id, pair);
  session.rows.put('attachmentTwin', key, upload, { group: session.id, rank: `upload:${pair}` });
}

export function removeUpload(session: Session, pair: string): void {
  session.rows.remove('attachmentTwin', rowKeys.upload(session.id, pair));
}

export interface FileProblem {
  twin: string;
  name: string;
  issue: { id: string; key: string } | undefined;
  reason: string;
  side: 'here' | 'partner';
}

export async function stageFileProblem(session: Session, problem: FileProblem): Promise<void> {
  const { twin, name, issue, reason, side } = problem;
  const next =
    side === 'here'
      ? 'Correct the cause here, then choose Try again.'
      : 'The admin of the partner site can correct the cause; then choose Try again.';
  const at = session.ports.clock.now();
  await stageProblems(session, twin, {
    ...(issue === undefined ? {} : { issueId: issue.id, issueKey: issue.key }),
    file: twin,
    items: [
      { id: 'file', at, what: `File ${name}`.slice(0, 300), reason: reason.slice(0, 2_000), next, side },
    ],
  });
}

export async function clearFileProblem(session: Session, twin: string): Promise<void> {
  await stageProblems(session, twin, { items: [] });
}
