/** Issue link types under administration. */
import { z } from 'zod';
import { freshId } from '../admin/fresh-id';
import { bodyAs, onlyAnswered } from '../admin/read-body';
import type { LinkTypeRow } from '../entities';
import { refuse } from '../problem';
import { type Call, created, NO_CONTENT, ok, type Reply, type Route, route } from '../router';
import { renderLinkType } from '../views/activity';
import { requireUser } from '../world';

export const linkTypeRoutes: readonly Route[] = [
  route('POST /rest/api/3/issueLinkType', createType),
  route('PUT /rest/api/3/issueLinkType/{issueLinkTypeId}', updateType),
  route('DELETE /rest/api/3/issueLinkType/{issueLinkTypeId}', deleteType),
];

/** The document hides these operations behind 404 from everybody else. */
function demandAdminOr404(call: Call): void {
  const me = requireUser(call);
  if (!me.admin && me.accountType !== 'app') throw refuse(404, 'No issue link type with the given id found.');
}

function typeAt(call: Call): LinkTypeRow {
  const id = call.params['issueLinkTypeId'] ?? '';
  if (!/^\d+$/.test(id)) throw refuse(400, `The issue link type id '${id}' is invalid.`);
  const type = call.store.linkTypes.get(id);
  if (type === undefined) throw refuse(404, 'No issue link type with the given id found.');
  return type;
}

const text = z.string().trim().min(1).max(60).optional();
const Body = z.strictObject({ name: text, inward: text, outward: text, ...onlyAnswered('id', 'self') });

function demandFreeName(call: Call, name: string, exceptId?: string): void {
  const twin = call.store.linkTypes
    .all()
    .find((row) => row.name.toLowerCase() === name.toLowerCase() && row.id !== exceptId);
  if (twin !== undefined) throw refuse(404, `The issue link type name '${name}' is in use.`);
}

function createType(call: Call): Reply {
  demandAdminOr404(call);
  const { name, inward, outward } = bodyAs(call, Body);
  if (name === undefined || inward === undefined || outward === undefined)
    throw refuse(400, 'The name and both descriptions of the link type must be given.');
  demandFreeName(call, name);
  const id = freshId(call.store, 'linkType', (wanted) => call.store.linkTypes.get(wanted) !== undefined);
  return created(renderLinkType(call, call.store.linkTypes.put({ id, name, inward, outward })));
}

function updateType(call: Call): Reply {
  demandAdminOr404(call);
  const type = typeAt(call);
  const { name, inward, outward } = bodyAs(call, Body);
  if (name !== undefined) demandFreeName(call, name, type.id);
  const next = call.store.linkTypes.put({
    id: type.id,
    name: name ?? type.name,
    inward: inward ?? type.inward,
    outward: outward ?? type.outward,
  });
  return ok(renderLinkType(call, next));
}

/** Links of the type go with it, as they do in Jira when no other type is chosen. */
function deleteType(call: Call): Reply {
  demandAdminOr404(call);
  const type = typeAt(call);
  for (const link of call.store.links.all()) if (link.typeId === type.id) call.store.links.remove(link.id);
  call.store.linkTypes.remove(type.id);
  return NO_CONTENT;
}
