/** Reasons that Jira names in `RateLimit-Reason`; `gateway` = the proxy before Jira, which says nothing. */
export const RATE_LIMIT_REASONS = [
  'jira-burst-based',
  'jira-quota-global-based',
  'jira-quota-tenant-based',
  'jira-per-issue-on-write',
  'jira-cost-based',
  'gateway',
] as const;
