/** Links between issues, as the engine needs them of one Jira; they are read with the field `issuelinks`. */
import type { SiteResult } from './site-result';

export interface SiteLinks {
  /** From the issue that reads the outward words (`blocks`) to the other one. The same link twice is one. */
  createLink(type: string, fromIssueId: string, toIssueId: string): Promise<SiteResult<void>>;
  deleteLink(linkId: string): Promise<SiteResult<void>>;
}
