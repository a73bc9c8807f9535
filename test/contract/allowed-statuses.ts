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
    status: 400,
    operations: ['GET /rest/api/3/project/{projectIdOrKey}/component'],
    reason: 'Its orderBy is a closed list; the other pages with such a list document 400.',
  },
];
