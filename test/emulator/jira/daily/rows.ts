/** What daily use of a site leaves behind beside issues: tasks, shares and columns of filters, dashboards, own settings. */

interface Row {
  readonly id: string;
}

export type TaskStatus =
  | 'ENQUEUED'
  | 'RUNNING'
  | 'COMPLETE'
  | 'FAILED'
  | 'CANCEL_REQUESTED'
  | 'CANCELLED'
  | 'DEAD';

/** Work that goes on after its request was answered. Everything in it is plain JSON, so that a restart takes it up again. */
export interface TaskRow extends Row {
  /** Name of the worker that does it. */
  readonly kind: string;
  readonly description: string;
  readonly submitterId: string;
  /** Set when an app asked: decides whose events these are. */
  readonly appId?: string;
  readonly payload: unknown;
  /** What is still to be done, one after the other. */
  readonly items: readonly string[];
  readonly total: number;
  readonly submitted: number;
  readonly started?: number;
  readonly updated: number;
  readonly finished?: number;
  readonly status: TaskStatus;
  /** When the next step is due. */
  readonly nextAt: number;
  /** What the steps so far found out. */
  readonly outcome: TaskOutcome;
  readonly message?: string;
  readonly result?: unknown;
}

export interface TaskOutcome {
  /** Items that went well. */
  readonly done: readonly string[];
  /** Items that did not, with the reasons. */
  readonly failed: Readonly<Record<string, readonly string[]>>;
}

/** With whom a filter or dashboard is shared. */
export type Share =
  | { readonly id: number; readonly type: 'global' | 'loggedin' }
  | { readonly id: number; readonly type: 'user'; readonly userId: string }
  | { readonly id: number; readonly type: 'group'; readonly groupId: string }
  | { readonly id: number; readonly type: 'project'; readonly projectId: string }
  | {
      readonly id: number;
      readonly type: 'projectRole';
      readonly projectId: string;
      readonly roleId: string;
    };

/** Parts of a filter that only Cloud has. */
export interface FilterDetails {
  /** Who may see it; absent: the owner alone. */
  readonly shares?: readonly Share[];
  /** Who may change it besides the owner. */
  readonly editShares?: readonly Share[];
  /** Columns of its list; absent: the reader's own. */
  readonly columns?: readonly string[];
  readonly lastUsed?: number;
}

/** What people keep for themselves; the id is the account's. */
export interface UserSettingsRow extends Row {
  readonly preferences?: Readonly<Record<string, string>>;
  readonly columns?: readonly string[];
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly shareScope?: 'GLOBAL' | 'AUTHENTICATED' | 'PRIVATE';
}

/** When somebody last looked at an issue: what `updateHistory=true` notes. */
export interface ViewRow extends Row {
  readonly userId: string;
  readonly issueId: string;
  readonly at: number;
}

/** A worklog that is gone: its id and when. */
export interface DeletedWorklogRow extends Row {
  readonly issueId: string;
  readonly at: number;
}
