/** Statuses that a document leaves out although Jira answers them; reviewed data. */

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
];
