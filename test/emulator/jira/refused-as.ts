/** Operations of Cloud whose document gives a refusal another status than its sisters do. */

type Statuses = Readonly<Record<number, number>>;

/** Open to visitors, who then do not find what they may not see. */
const NOT_FOUND_FOR_VISITORS: Statuses = { 401: 404 };
/** What is named in the path is part of a request that is not valid. */
const INVALID_WHEN_MISSING: Statuses = { 404: 400 };
/** "... or the caller doesn't have permissions to perform the operation." */
const UNAUTHORIZED_WITHOUT_PERMISSION: Statuses = { 403: 401 };

const REFUSED_AS: Readonly<Record<string, Statuses>> = {
  'DELETE /rest/agile/1.0/board/{boardId}': NOT_FOUND_FOR_VISITORS,
  'DELETE /rest/api/3/attachment/{id}': NOT_FOUND_FOR_VISITORS,
  'DELETE /rest/api/3/project/{projectIdOrKey}/role/{id}': NOT_FOUND_FOR_VISITORS,
  'GET /rest/api/3/issue/{issueIdOrKey}/changelog': NOT_FOUND_FOR_VISITORS,
  'GET /rest/api/3/issue/{issueIdOrKey}/properties': NOT_FOUND_FOR_VISITORS,
  'GET /rest/api/3/issuetype/project': NOT_FOUND_FOR_VISITORS,
  'GET /rest/api/3/issuetype/{id}': NOT_FOUND_FOR_VISITORS,
  'GET /rest/api/3/issuetype/{id}/alternatives': NOT_FOUND_FOR_VISITORS,
  'GET /rest/api/3/issuetype/{issueTypeId}/properties': NOT_FOUND_FOR_VISITORS,
  'GET /rest/api/3/project/{projectIdOrKey}/version': NOT_FOUND_FOR_VISITORS,
  'GET /rest/api/3/project/{projectIdOrKey}/versions': NOT_FOUND_FOR_VISITORS,
  'GET /rest/api/3/project/{projectKeyOrId}/securitylevel': NOT_FOUND_FOR_VISITORS,
  'POST /rest/api/3/issue/{issueIdOrKey}/attachments': NOT_FOUND_FOR_VISITORS,
  'POST /rest/api/3/issue/{issueIdOrKey}/changelog/list': NOT_FOUND_FOR_VISITORS,
  'POST /rest/api/3/issue/{issueIdOrKey}/notify': NOT_FOUND_FOR_VISITORS,
  'PUT /rest/api/3/issue/{issueIdOrKey}/assignee': NOT_FOUND_FOR_VISITORS,
  // "Returned if the user doesn't have the necessary permission", "if the caller isn't an app".
  'GET /rest/api/3/users': { 401: 403 },
  'GET /rest/api/3/users/search': { 401: 403 },
  'GET /rest/api/3/webhook': { 401: 403 },
  'POST /rest/api/3/webhook': { 401: 403 },
  'POST /rest/api/3/permissions/check': { 401: 403 },
  // "Returned if: the user does not have permission to create custom fields."
  'POST /rest/api/3/field': { 401: 400 },
  'DELETE /rest/api/3/permissionscheme/{schemeId}/permission/{permissionId}': INVALID_WHEN_MISSING,
  'GET /rest/api/3/field/{fieldId}/association/project': INVALID_WHEN_MISSING,
  'GET /rest/api/3/issue/createmeta/{projectIdOrKey}/issuetypes': INVALID_WHEN_MISSING,
  'GET /rest/api/3/issue/createmeta/{projectIdOrKey}/issuetypes/{issueTypeId}': INVALID_WHEN_MISSING,
  'GET /rest/api/3/issuetypescreenscheme/{issueTypeScreenSchemeId}/project': INVALID_WHEN_MISSING,
  'GET /rest/api/3/workflow/{workflowId}/project/{projectId}/issueTypeUsages':
    UNAUTHORIZED_WITHOUT_PERMISSION,
  'GET /rest/api/3/workflow/{workflowId}/projectUsages': UNAUTHORIZED_WITHOUT_PERMISSION,
  'GET /rest/api/3/workflow/{workflowId}/workflowSchemes': UNAUTHORIZED_WITHOUT_PERMISSION,
  'GET /rest/api/3/workflows/search': UNAUTHORIZED_WITHOUT_PERMISSION,
  'POST /rest/api/3/workflows': UNAUTHORIZED_WITHOUT_PERMISSION,
};

/** The status with which the operation, named as in version 3, refuses. */
export function refusedAs(operation: string, status: number): number {
  return REFUSED_AS[operation]?.[status] ?? status;
}
