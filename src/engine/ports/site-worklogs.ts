/** Logged work of issues, as the engine needs it of one Jira. */
import type { Adf } from '#core/model/value';
import type { Mark, SiteResult } from './site-result';

export interface WorklogRead {
  id: string;
  body: Adf | null;
  authorName: string;
  /** Milliseconds since the epoch, as `started`. */
  createdAt: number;
  started: number;
  seconds: number;
  /** Visible to some people only. */
  restricted: boolean;
  marks: Mark[];
}

export interface WorklogText {
  body: Adf;
  started: number;
  seconds: number;
}

/** What became of logged work of all issues since a moment, as far as the app may see it; the last minute is missing. */
export interface WorklogChanges {
  logged: (WorklogRead & { issueId: string })[];
  deleted: string[];
}

/** Nobody gets a mail, and the remaining estimate stays: it is a field of its own. */
export interface SiteWorklogs {
  readWorklog(issueId: string, worklogId: string): Promise<SiteResult<WorklogRead>>;
  /** `since`: milliseconds since the epoch. */
  changedWorklogs(since: number): Promise<SiteResult<WorklogChanges>>;
  listWorklogs(issueId: string): Promise<SiteResult<WorklogRead[]>>;
  /** With the mark in the same request. */
  createWorklog(issueId: string, text: WorklogText, mark: Mark): Promise<SiteResult<{ id: string }>>;
  updateWorklog(issueId: string, worklogId: string, text: WorklogText): Promise<SiteResult<void>>;
  deleteWorklog(issueId: string, worklogId: string): Promise<SiteResult<void>>;
}
