/** Files of issues: listing, bytes by range, upload, deletion. */
import { z } from 'zod';
import type { FileRead, SiteFiles } from '#engine/ports/site-files';
import type { SiteResult } from '#engine/ports/site-result';
import { parseJson, toFailure, unreachable } from './errors';
import type { JiraAnswer, JiraClient, JiraRequest } from './jira-client';
import { momentSchema } from './moment';
import { ask, restPath, tell } from './send';

const fileSchema = z
  .looseObject({
    id: z.coerce.string(),
    filename: z.string(),
    size: z.number().int().nonnegative(),
    mimeType: z.string().optional(),
    created: momentSchema,
    author: z.looseObject({ accountId: z.string().optional() }).nullish(),
  })
  .transform(({ id, filename, size, mimeType, created, author }): FileRead & { by: string | undefined } => ({
    id,
    name: filename,
    size,
    mime: mimeType ?? 'application/octet-stream',
    createdAt: created,
    by: author?.accountId,
  }));

/** Issues hold them under this name. */
export const fileField = 'attachment';

const filesSchema = z.array(fileSchema);
const issueSchema = z.looseObject({
  fields: z.looseObject({ [fileField]: filesSchema.optional() }),
});

/** Files that came along with an issue; undefined where Jira shows none, or not in this form. */
export function inlineFilesOf(raw: unknown): FileRead[] | undefined {
  const files = filesSchema.safeParse(raw);
  return files.success ? files.data.map(withoutAuthor) : undefined;
}

function withoutAuthor({ by: _by, ...file }: FileRead & { by: string | undefined }): FileRead {
  return file;
}

export function jiraFiles(client: JiraClient): SiteFiles {
  return {
    listFiles: async (issueId) => {
      const listed = await listFiles(client, issueId);
      return listed.ok ? { ok: true, value: listed.value.map(withoutAuthor) } : listed;
    },
    listOwnFiles: (issueId) => listOwnFiles(client, issueId),
    readFileRange: (fileId, offset, length) => readFileRange(client, fileId, offset, length),
    createFile: (issueId, file) => createFile(client, issueId, file),
    readMediaId: (fileId) => readMediaId(client, fileId),
    deleteFile: (fileId) => tell(client, { method: 'DELETE', path: restPath('attachment', fileId) }),
  };
}

/** Jira leaves the field out where attachments are switched off, or the field is hidden. */
async function listFiles(
  client: JiraClient,
  issueId: string,
): Promise<SiteResult<z.infer<typeof filesSchema>>> {
  const read = await ask(
    client,
    { path: restPath('issue', issueId), query: { fields: fileField } },
    issueSchema,
  );
  if (!read.ok) return read;
  const files = read.value.fields[fileField];
  if (files !== undefined) return { ok: true, value: files };
  return { ok: false, failure: { kind: 'denied', message: 'Jira shows no attachments of this issue.' } };
}

async function listOwnFiles(client: JiraClient, issueId: string): Promise<SiteResult<FileRead[]>> {
  const me = await ask(client, { path: restPath('myself') }, z.looseObject({ accountId: z.string() }));
  if (!me.ok) return me;
  const listed = await listFiles(client, issueId);
  if (!listed.ok) return listed;
  const own = listed.value.filter(({ by }) => by === me.value.accountId);
  return { ok: true, value: own.map(withoutAuthor) };
}

async function readFileRange(
  client: JiraClient,
  fileId: string,
  offset: number,
  length: number,
): Promise<SiteResult<Uint8Array>> {
  const answer = await exchange(client, {
    method: 'GET',
    path: restPath('attachment', 'content', fileId),
    query: '?redirect=false',
    headers: { Accept: '*/*', Range: `bytes=${offset}-${offset + length - 1}` },
  });
  if (!answer.ok) return answer;
  const bytes = new Uint8Array((await answer.value.arrayBuffer?.()) ?? new ArrayBuffer(0));
  // A server that knows no ranges answers with everything.
  const part = answer.value.status === 206 ? bytes : bytes.subarray(offset);
  return { ok: true, value: part.subarray(0, length) };
}

/** Jira tells the media id nowhere but in the address to which it sends whoever wants the bytes. */
const mediaAddress = /([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\/binary/;

async function readMediaId(client: JiraClient, fileId: string): Promise<SiteResult<string | undefined>> {
  const path = restPath('attachment', 'content', fileId);
  try {
    const init = { method: 'GET', headers: { Accept: '*/*' }, redirect: 'manual' } as const;
    const answer = await client.request(path, init);
    const address = answer.headers.get('location') ?? '';
    if (answer.status < 400) return { ok: true, value: mediaAddress.exec(address)?.[1] };
    return { ok: false, failure: toFailure(answer, await answer.text()) };
  } catch (error) {
    return { ok: false, failure: unreachable(error) };
  }
}

const uploadedSchema = z.array(z.looseObject({ id: z.coerce.string() })).min(1);

/** One multipart request, made by hand: every host takes it, and bytes with room around them are not copied. */
async function createFile(
  client: JiraClient,
  issueId: string,
  file: { name: string; mime: string; bytes: Uint8Array<ArrayBuffer> },
): Promise<SiteResult<{ id: string }>> {
  const boundary = boundaryOf(file);
  const body = formOf(boundary, file);
  const answer = await exchange(client, {
    method: 'POST',
    path: restPath('issue', issueId, 'attachments'),
    headers: {
      Accept: 'application/json',
      'X-Atlassian-Token': 'no-check',
      'Content-Type': `multipart/form-data; boundary=${boundary}`,
    },
    body,
  });
  if (!answer.ok) return answer;
  const made = uploadedSchema.safeParse(parseJson(await answer.value.text()));
  const id = made.success ? made.data[0]?.id : undefined;
  if (id !== undefined) return { ok: true, value: { id } };
  return { ok: false, failure: { kind: 'unavailable', message: 'Jira did not say what it stored.' } };
}

/** Around the bytes where their buffer has room for it, else in a buffer of its own. */
function formOf(
  boundary: string,
  { name, mime, bytes }: { name: string; mime: string; bytes: Uint8Array<ArrayBuffer> },
): ArrayBuffer {
  const type = /^[\w.+-]+\/[\w.+-]+$/.test(mime) ? mime : 'application/octet-stream';
  const disposition = `form-data; name="file"; filename="${name.replaceAll('"', '%22')}"`;
  const before = `--${boundary}\r\nContent-Disposition: ${disposition}\r\nContent-Type: ${type}\r\n`;
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  const { buffer, byteOffset, byteLength } = bytes;
  const missing = byteOffset - Buffer.byteLength(before) - 2;
  const isFitting = buffer.byteLength === byteOffset + byteLength + tail.byteLength;
  if (!isFitting || (missing !== 0 && missing < padding.length + 2)) {
    const head = Buffer.from(`${before}\r\n`);
    const form = new Uint8Array(head.byteLength + byteLength + tail.byteLength);
    form.set(bytes, head.byteLength);
    form.set(head, 0);
    form.set(tail, head.byteLength + byteLength);
    return form.buffer;
  }
  const fill = missing === 0 ? '' : `${padding}${'-'.repeat(missing - padding.length - 2)}\r\n`;
  const form = new Uint8Array(buffer);
  form.set(Buffer.from(`${before}${fill}\r\n`), 0);
  form.set(tail, byteOffset + byteLength);
  return buffer;
}

/** A header of the part that nobody reads, as long as it has to be. */
const padding = 'Content-Description: ';

/** A text that does not occur in the file. */
function boundaryOf({ bytes }: { bytes: Uint8Array }): string {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let number = bytes.byteLength; ; number += 1) {
    // Always of the same length, so that what stands behind the bytes is, too.
    const boundary = `----concord${String(number).padStart(16, '0')}`;
    if (!view.includes(boundary)) return boundary;
  }
}

async function exchange(
  client: JiraClient,
  { path, query = '', ...request }: JiraRequest & { path: string; query?: string },
): Promise<SiteResult<JiraAnswer>> {
  try {
    const answer = await client.request(`${path}${query}`, request);
    if (answer.status >= 200 && answer.status < 300) return { ok: true, value: answer };
    return { ok: false, failure: toFailure(answer, await answer.text()) };
  } catch (error) {
    return { ok: false, failure: unreachable(error) };
  }
}
