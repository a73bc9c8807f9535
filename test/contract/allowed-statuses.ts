/**
 * Statuses that a document leaves out although Jira answers them; reviewed data. The documents name refusals carelessly: most
 * operations of administrators have a 403, a few of the same kind do not.
 */

export interface AllowedStatus {
  status: number;
  /** `*` = every operation; otherwise operations as the document writes them. */
  operations: '*' | readonly string[];
  reason: string;
}

export const ALLOWED_STATUSES: readonly AllowedStatus[] = [
  {
    status: 429,
    operations: '*',
    reason: 'Rate limits hold for every operation; the document says so for ten.',
  },
  {
    status: 403,
    operations: ['POST /rest/api/3/field/{fieldId}/context'],
    reason: 'Wants Administer Jira like its GET, PUT and DELETE, which document 403 for those who lack it.',
  },
  {
    status: 401,
    operations: [
      'GET /rest/api/3/label',
      'POST /rest/api/3/changelog/bulkfetch',
      'POST /rest/api/3/jql/match',
    ],
    reason:
      'Not open to visitors, and no other status is documented for them (jira.md 5: 401 without credentials).',
  },
  {
    status: 404,
    operations: [
      'GET /rest/api/3/field/{fieldId}/context/issuetypemapping',
      'GET /rest/api/3/field/{fieldId}/contexts',
      'GET /rest/api/3/field/{fieldId}/screens',
      'POST /rest/api/3/permissionscheme/{schemeId}/permission',
    ],
    reason: 'What the path names does not exist; their sisters under the same path document 404 for that.',
  },
  {
    status: 400,
    operations: [
      'GET /rest/api/3/project/{projectIdOrKey}/component',
      'POST /rest/api/3/issue/watching',
      'PUT /rest/api/3/project/{projectKeyOrId}/permissionscheme',
    ],
    reason: 'Requests that break the schema (orderBy, body); all sisters document 400 for that.',
  },
];
