/** What Jira Software keeps beside issues: boards, more about sprints, and how epics look on boards. */

interface Row {
  readonly id: string;
}

export interface BoardColumn {
  readonly name: string;
  readonly statusIds: readonly string[];
  readonly min?: number;
  readonly max?: number;
}

export interface QuickFilter {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly jql: string;
}

export interface BoardRow extends Row {
  readonly name: string;
  readonly type: 'scrum' | 'kanban';
  /** Saved filter that says which issues are on the board, and who sees it. */
  readonly filterId: string;
  readonly location: { readonly projectId: string } | { readonly userId: string };
  readonly adminIds: readonly string[];
  readonly columns: readonly BoardColumn[];
  /** Number field or `timeoriginalestimate`; absent: issues are counted. */
  readonly estimationFieldId?: string;
  /** Kanban only: JQL that issues must fit besides the filter. */
  readonly subQuery?: string;
  readonly quickFilters: readonly QuickFilter[];
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Parts of a sprint that only its own resource shows. */
export interface SprintDetails {
  /** ISO 8601; absent for sprints planted without a date of birth. */
  readonly created?: string;
  /** Place among the sprints of its board; absent: its id. */
  readonly sequence?: number;
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** How an epic reads on boards; the id is that of its issue. */
export interface EpicRow extends Row {
  /** Short name; absent: the summary. */
  readonly name?: string;
  readonly color?: string;
  /** Absent: done when its status is. */
  readonly done?: boolean;
}
