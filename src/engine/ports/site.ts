/** Site: what the engine needs of one Jira. Ids and values here are local; translation happens in core/mapping. */
import type { Catalog } from '#core/model/catalog';
import type { Audience } from '#core/model/comment-terms';
import type { HistoryEntry } from '#core/model/history';
import type { Adf } from '#core/model/value';
import type { FileRead, SiteFiles } from './site-files';
import type { SiteLinks } from './site-links';
import type { Mark, SiteResult } from './site-result';
import type { SiteWorklogs } from './site-worklogs';

export interface SiteInfo {
  /** `https://acme.atlassian.net` */
  url: string;
  id: string;
  title: string;
}

/** Raw values by local field id, as Jira REST gives and takes them. */
export type LocalFields = Record<string, unknown>;

export interface IssueRead {
  id: string;
  key: string;
  projectId: string;
  typeId: string;
  statusId: string;
  /** `updated` of the issue, milliseconds since the epoch. */
  updatedAt: number;
  createdAt: number;
  /** True when a security level hides the issue from some: never sent. */
  restricted: boolean;
  /** Nobody can change it; searches do not find it. */
  archived?: boolean;
  fields: LocalFields;
  marks: Mark[];
  /** The newest changes, at least 40 where there are so many; absent where Jira was not asked for them. */
  history?: HistoryEntry[];
  /** Only where they were asked for, and Jira sent all of them along; oldest first, without their marks. */
  comments?: CommentRead[];
  /** Only where they were asked for and Jira shows them: all files of the issue. */
  files?: FileRead[];
}

export interface CommentRead {
  id: string;
  body: Adf;
  authorName: string;
  authorAccountId: string;
  updatedAt: number;
  createdAt: number;
  /** Restricted to a role or group, or internal in a service project: sent only where the agreement names its audience. */
  restricted: boolean;
  /** Absent also for what is internal in a service project. */
  audience?: Audience;
  marks: Mark[];
}

export interface TransitionRead {
  id: string;
  toStatusId: string;
  /** Fields which its screen demands and which have no default. */
  requiredFields: string[];
  /** All fields of its screen; absent where there is none. */
  screen?: string[];
  /** Of those it demands: their names, and the value of those that can have only one, by local field id. */
  names?: Record<string, string>;
  only?: LocalFields;
}

/** An account of this site. */
export interface AccountFound {
  id: string;
  /** False: Jira takes it for no field. */
  active: boolean;
  name: string;
}

/** A version or component to be made. */
export interface ChoiceWanted {
  kind: 'version' | 'component';
  projectId: string;
  name: string;
}

/** An issue to be made, with the mark that travels in the same request. */
export interface CreateRequest {
  projectId: string;
  typeId: string;
  fields: LocalFields;
  mark: Mark;
}

export interface SearchPage {
  ids: string[];
  cursor?: string;
}

export interface Site extends SiteFiles, SiteLinks, SiteWorklogs {
  /**
   * Absent: rich text is documents. `wiki`: fields of rich text are wiki markup in `fields` of reads and writes; texts of
   * comments and logged work are documents here too, which the site turns by `core/mapping/wiki-markup`.
   */
  texts?: 'wiki';
  info(): Promise<SiteResult<SiteInfo>>;
  /** Projects, issue types, shareable fields with their options; unscoped. */
  catalog(): Promise<SiteResult<Catalog>>;
  /** Projects and issue types only: cheap, for the scope picker. */
  outline(): Promise<
    SiteResult<{
      projects: { id: string; key: string; name: string }[];
      issueTypes: { id: string; name: string }[];
    }>
  >;
  /** `fields`: local ids to read. The history comes along. */
  readIssue(issueId: string, fields: string[]): Promise<SiteResult<IssueRead>>;
  /** Up to 100 issues from the store, not the search index; missing ones are left out. */
  readIssues(
    issueIdsOrKeys: string[],
    fields: string[],
    also?: { comments?: boolean; files?: boolean; history?: boolean },
  ): Promise<SiteResult<IssueRead[]>>;
  /** Makes the issue with the mark in the same request. */
  createIssue(request: CreateRequest): Promise<SiteResult<{ id: string; key: string }>>;
  /** Up to 50 issues with one call, each with its mark; what became of each, in the order of the requests. */
  createIssues(requests: CreateRequest[]): Promise<SiteResult<SiteResult<{ id: string; key: string }>[]>>;
  /**
   * Writes fields and reads back (`returnIssue`): the answer is the issue after the write, with its history. `quiet`: without mails, where
   * Jira lets the app ask for that.
   */
  writeIssue(
    issueId: string,
    fields: LocalFields,
    readBack: string[],
    quiet?: boolean,
  ): Promise<SiteResult<IssueRead>>;
  /** For good. Jira refuses it for an issue with sub-tasks, unless they are to go too. */
  deleteIssue(issueId: string, withSubtasks: boolean): Promise<SiteResult<void>>;
  transitions(issueId: string): Promise<SiteResult<TransitionRead[]>>;
  /** `fields`: for its screen; Jira refuses what is not on it. */
  transition(issueId: string, transitionId: string, fields?: LocalFields): Promise<SiteResult<void>>;
  /** Highest issue number of the project as far as the store knows (for finding a create of unknown outcome). */
  highestIssueNumber(projectId: string): Promise<SiteResult<{ projectKey: string; number: number }>>;
  /** The account behind an account id or, failing that, an e-mail address. Undefined: nobody. */
  findAccount(person: {
    id: string;
    mail?: string | undefined;
  }): Promise<SiteResult<AccountFound | undefined>>;
  /** Makes what is missing; one that is there by that name already is fine. */
  makeChoice(wanted: ChoiceWanted): Promise<SiteResult<void>>;
  /** `limit`: issues of a page, 100 at most. */
  search(jql: string, cursor: string | undefined, limit?: number): Promise<SiteResult<SearchPage>>;
  /** Which of these issues (50 at most) a query finds, as they are at this moment: the index is not waited for. */
  matching(issueIds: string[], jql: string): Promise<SiteResult<string[]>>;
  /** What is wrong with each query, in Jira's words; empty: nothing. */
  checkJql(queries: string[]): Promise<SiteResult<string[][]>>;
  /** About how many issues match: Jira estimates. */
  countIssues(jql: string): Promise<SiteResult<number>>;
  readComment(issueId: string, commentId: string): Promise<SiteResult<CommentRead>>;
  /** All comments of an issue, oldest first. */
  listComments(issueId: string): Promise<SiteResult<CommentRead[]>>;
  /** `audience`: nobody else may see it. */
  createComment(
    issueId: string,
    body: Adf,
    mark: Mark,
    audience?: Audience,
  ): Promise<SiteResult<{ id: string }>>;
  /** Without an audience whoever may see it stays as it is. */
  updateComment(
    issueId: string,
    commentId: string,
    body: Adf,
    audience?: Audience,
  ): Promise<SiteResult<void>>;
  deleteComment(issueId: string, commentId: string): Promise<SiteResult<void>>;
}
