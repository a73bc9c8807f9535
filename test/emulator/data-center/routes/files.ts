/** Attachments of Data Center: their facts by REST, their bytes at `/secure`, where browsers fetch them too. */
import { canSeeIssue } from '../../jira/access';
import type { AttachmentRow } from '../../jira/entities';
import { refuse } from '../../jira/problem';
import { type Call, ok, type Reply, type Route, route } from '../../jira/router';
import { bytesOf } from '../../jira/routes/files';
import { renderAttachment } from '../../jira/views/activity';

export const serverFileRoutes: readonly Route[] = [
  route(
    'GET /rest/api/2/attachment/{id}',
    (call) => {
      // Asked for by its id, it does not say it again.
      const { id: _known, ...facts } = renderAttachment(call, fileAt(call));
      return ok({ ...facts, properties: {} });
    },
    { open: true },
  ),
  route('GET /secure/attachment/{id}/{name}', download, {
    open: true,
    note: 'no part of the REST document: the address that `content` gives',
  }),
  route('GET /secure/thumbnail/{id}/{name}', download, {
    open: true,
    level: 'partial',
    note: 'gives the picture itself, unscaled',
  }),
];

function fileAt(call: Call): AttachmentRow {
  const id = call.params['id'] ?? '';
  const file = call.store.attachments.get(id);
  if (file === undefined) throw refuse(404, `The attachment with id '${id}' does not exist`);
  if (canSeeIssue(call, call.store.issues.must(file.issueId))) return file;
  if (call.me === undefined) throw refuse(401, 'Login Required');
  throw refuse(403, `You do not have permission to view attachment with id: ${id}`);
}

function download(call: Call): Reply {
  const file = fileAt(call);
  if (file.filename !== call.params['name']) throw refuse(404, 'The attachment does not exist');
  return bytesOf(call, file);
}
