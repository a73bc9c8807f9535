/** Attachments: upload, metadata, bytes with ranges, deletion; and the media address that content redirects to. */
import { canSeeIssue, demand, hasProjectPermission } from '../access';
import type { AttachmentRow } from '../entities';
import { emitAttachment } from '../events';
import { commitIssue, removeAttachment } from '../issues/commit';
import { ATTACHMENTS_PER_ISSUE, UPLOAD_LIMIT_BYTES } from '../limits';
import { refuse } from '../problem';
import type { Upload } from '../request-body';
import { type Call, NO_CONTENT, ok, type Reply, type Route, route } from '../router';
import { renderAttachment } from '../views/activity';
import { renderUserIn } from '../views/people';
import { newUuid, requireUser, siteUrl } from '../world';
import { issueAt } from './issues';

export const fileRoutes: readonly Route[] = [
  route('POST /rest/api/3/issue/{issueIdOrKey}/attachments', upload),
  route('GET /rest/api/3/attachment/meta', () => ok({ enabled: true, uploadLimit: UPLOAD_LIMIT_BYTES })),
  route('GET /rest/api/3/attachment/{id}', (call) => {
    const file = fileAt(call);
    call.cost.core(1);
    const author = { ...renderUserIn(call, file.authorId) };
    // This one operation gives the id as a number.
    return ok({ ...renderAttachment(call, file), id: Number(file.id), author });
  }),
  route('DELETE /rest/api/3/attachment/{id}', (call) => {
    const file = fileAt(call);
    const issue = call.store.issues.must(file.issueId);
    call.noteIssueWrite(issue);
    const project = call.store.projects.must(issue.projectId);
    const own =
      file.authorId === call.me?.id && hasProjectPermission(call.me, project, 'DELETE_OWN_ATTACHMENTS');
    if (!own)
      demand(
        call,
        issue,
        'DELETE_ALL_ATTACHMENTS',
        403,
        'You do not have permission to delete this attachment.',
      );
    removeAttachment(call, file);
    return NO_CONTENT;
  }),
  route('GET /rest/api/3/attachment/content/{id}', (call) => content(call, fileAt(call))),
  route('GET /rest/api/3/attachment/thumbnail/{id}', (call) => content(call, fileAt(call)), {
    level: 'partial',
    without: ['fallbackToDefault'],
    note: 'gives the picture itself, unscaled by width and height; refuses the parameter fallbackToDefault',
  }),
  route(
    'GET /rest/emulator-media/{mediaId}/binary',
    (call) => {
      const file = call.store.attachments.by('media', call.params['mediaId'] ?? '')[0];
      if (file === undefined || call.query.get('token') !== tokenOf(file))
        throw refuse(404, 'The file does not exist.');
      return bytesOf(call, file);
    },
    { open: true },
  ),
];

function fileAt(call: Call): AttachmentRow {
  requireUser(call);
  const id = call.params['id'] ?? '';
  const file = call.store.attachments.get(id);
  if (file === undefined || !canSeeIssue(call, call.store.issues.must(file.issueId))) {
    throw refuse(404, `The attachment with id '${id}' does not exist.`);
  }
  return file;
}

function upload(call: Call): Reply {
  const issue = issueAt(call);
  if (call.headers.get('x-atlassian-token') !== 'no-check') throw refuse(403, 'XSRF check failed');
  demand(
    call,
    issue,
    'CREATE_ATTACHMENTS',
    403,
    'You do not have permission to create attachments for this issue.',
  );
  // Parts with other names are passed over; clients have seen the empty list that this gives.
  if (call.uploads.length === 0) return ok([]);
  const present = call.store.attachments.by('issue', issue.id).length;
  if (present + call.uploads.length > ATTACHMENTS_PER_ISSUE) {
    throw refuse(413, `The issue has reached the limit of ${ATTACHMENTS_PER_ISSUE} attachments.`);
  }
  call.noteIssueWrite(issue);
  return ok(call.uploads.map((part) => renderAttachment(call, storeUpload(call, issue.id, part))));
}

function storeUpload(call: Call, issueId: string, part: Upload): AttachmentRow {
  if (part.bytes.byteLength > UPLOAD_LIMIT_BYTES) throw refuse(413, 'The file exceeds the upload limit.');
  const file = call.store.attachments.put({
    id: call.store.nextId('attachment'),
    issueId,
    filename: part.filename,
    mimeType: part.mimeType,
    size: part.bytes.byteLength,
    authorId: requireUser(call).id,
    created: call.now,
    mediaId: newUuid(call.world.random),
  });
  call.store.blobs.put({ id: file.id, base64: Buffer.from(part.bytes).toString('base64') });
  emitAttachment(call, 'created', file);
  commitIssue(call, call.store.issues.must(issueId), [
    {
      field: 'Attachment',
      fieldtype: 'jira',
      fieldId: 'attachment',
      from: null,
      fromString: null,
      to: file.id,
      toString: file.filename,
    },
  ]);
  return file;
}

/** Leads to the media address unless the caller wants the bytes here. */
function content(call: Call, file: AttachmentRow): Reply {
  call.cost.core(1);
  if (call.query.get('redirect') === 'false') return bytesOf(call, file);
  const location = siteUrl(call, `/rest/emulator-media/${file.mediaId}/binary?token=${tokenOf(file)}`);
  return { status: 303, headers: { location } };
}

/** Stands for the short-lived token of the media service's address. */
function tokenOf(file: AttachmentRow): string {
  return Buffer.from(`${file.id}:${file.mediaId}`).toString('base64url');
}

/** The bytes, or the part that a Range header asks for. */
export function bytesOf(call: Call, file: AttachmentRow): Reply {
  const bytes = Buffer.from(call.store.blobs.must(file.id).base64, 'base64');
  const headers = {
    'content-type': file.mimeType,
    'accept-ranges': 'bytes',
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.filename)}`,
  };
  const range = call.headers.get('range');
  if (range === null) return { status: 200, bytes, headers };
  const bounds = boundsOf(range, bytes.length);
  if (bounds === undefined) {
    return { status: 416, headers: { 'content-range': `bytes */${bytes.length}` } };
  }
  const [first, last] = bounds;
  return {
    status: 206,
    bytes: bytes.subarray(first, last + 1),
    headers: { ...headers, 'content-range': `bytes ${first}-${last}/${bytes.length}` },
  };
}

/** First and last byte of a single range, or undefined when it cannot be satisfied. */
function boundsOf(range: string, size: number): [number, number] | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(range.trim());
  if (match === null || (match[1] === '' && match[2] === '')) return undefined;
  if (match[1] === '') {
    const length = Math.min(Number(match[2]), size);
    return length === 0 ? undefined : [size - length, size - 1];
  }
  const first = Number(match[1]);
  const last = match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1);
  return first >= size || last < first ? undefined : [first, last];
}
