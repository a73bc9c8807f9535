/** What one Jira site stores: every row is immutable plain JSON, referred to by id. Times are epoch milliseconds. */
import type {
  ComponentDetails,
  FieldDetails,
  IssueTypeDetails,
  PlacedDetails,
  PriorityDetails,
  ProjectDetails,
  VersionDetails,
} from './admin/rows';
import type { SprintDetails } from './agile/rows';
import type { FilterDetails } from './daily/rows';

export interface Row {
  readonly id: string;
}

export type Adf = { type: 'doc'; version: 1; content: unknown[] };
/** A long text: a document on Cloud, wiki markup on Data Center. */
export type Body = Adf | string;

export interface UserRow extends Row {
  name: string;
  email: string;
  /** Empty for app users: nobody can sign in as one. */
  token: string;
  admin: boolean;
  accountType: 'atlassian' | 'app';
  active: boolean;
  timeZone: string;
  locale: string;
  groupIds: readonly string[];
  /** Whether the profile shows the mail address to others; Jira omits the key otherwise. */
  emailVisible: boolean;
  appId?: string;
  /** Data Center only: what people type to sign in, and the password. */
  username?: string;
  password?: string;
}

export interface GroupRow extends Row {
  name: string;
}

export interface RoleRow extends Row {
  name: string;
  description: string;
}

export interface RoleActors {
  userIds: readonly string[];
  groupIds: readonly string[];
}

export interface ProjectRow extends Row, ProjectDetails {
  key: string;
  name: string;
  description: string;
  leadId: string;
  typeKey: 'software' | 'service_desk' | 'business';
  uuid: string;
  issueTypeIds: readonly string[];
  /** Workflow of each issue type. */
  workflows: Readonly<Record<string, string>>;
  requiredFields: Readonly<Record<string, readonly string[]>>;
  actors: Readonly<Record<string, RoleActors>>;
  /** Permission key to the ids of roles that have it. */
  grants: Readonly<Record<string, readonly string[]>>;
  priorityIds: readonly string[];
  defaultPriorityId: string;
  securityLevelIds: readonly string[];
  /** Number of the newest issue: never goes back. */
  lastIssueNumber: number;
  /** Roles that an app's account gets besides its own when it is installed; empty: the project is closed to apps. */
  appRoleIds: readonly string[];
  properties: Readonly<Record<string, unknown>>;
  archived: boolean;
}

export interface IssueTypeRow extends Row, IssueTypeDetails {
  name: string;
  description: string;
  hierarchyLevel: number;
  avatarId: number;
}

export interface StatusRow extends Row {
  name: string;
  description: string;
  /** Jira's fixed categories: 2 new, 4 indeterminate, 3 done. */
  categoryId: 2 | 3 | 4;
}

export interface TransitionRow {
  id: string;
  name: string;
  /** Statuses it leaves from; empty means from any (global). */
  from: readonly string[];
  /** Target status, or `same` for a looped transition that stays where it is. */
  to: string;
  /** Its screen; absent: it asks for nothing. */
  screenId?: string;
  required?: readonly string[];
  /** A condition hides the transition from everybody without the permission. */
  condition?: { permission: string };
  /** A validator refuses after the user pressed the button. */
  validator?: { field: string; message: string };
  /** Post function: what becomes of the resolution when the screen does not set it. */
  resolution?: { set: string } | { clear: true };
}

export interface WorkflowRow extends Row {
  name: string;
  initialStatusId: string;
  statusIds: readonly string[];
  transitions: readonly TransitionRow[];
}

export type FieldKind =
  | 'text'
  | 'document'
  | 'number'
  | 'date'
  | 'datetime'
  | 'url'
  | 'labels'
  | 'option'
  | 'options'
  | 'cascade'
  | 'user'
  | 'users'
  | 'group'
  | 'groups'
  | 'versions'
  | 'components'
  | 'priority'
  | 'resolution'
  | 'security'
  | 'parent'
  | 'timetracking'
  | 'sprint'
  | 'rank'
  | 'fixed';

export interface FieldRow extends Row, FieldDetails {
  name: string;
  kind: FieldKind;
  custom: boolean;
  /** What `GET /field` shows as `schema`; absent for the four pseudo fields that have none. */
  schema?: { type: string; items?: string; system?: string; custom?: string; customId?: number };
  clauseNames: readonly string[];
  navigable: boolean;
  orderable: boolean;
  searchable: boolean;
  description: string;
  /** In the trash: nowhere to be seen, values kept. */
  trashed?: boolean;
}

export interface ContextRow extends Row {
  fieldId: string;
  name: string;
  description: string;
  /** Empty: global. */
  projectIds: readonly string[];
  issueTypeIds: readonly string[];
}

export interface OptionRow extends Row, PlacedDetails {
  fieldId: string;
  contextId: string;
  value: string;
  disabled: boolean;
  /** Set on the second level of a cascading select. */
  parentId?: string;
}

export interface PriorityRow extends Row, PriorityDetails {
  name: string;
  description: string;
  statusColor: string;
}

export interface ResolutionRow extends Row, PlacedDetails {
  name: string;
  description: string;
}

export interface LinkTypeRow extends Row {
  name: string;
  inward: string;
  outward: string;
}

export interface SecurityLevelRow extends Row {
  name: string;
  description: string;
  roleIds: readonly string[];
  userIds: readonly string[];
}

export interface VersionRow extends Row, VersionDetails {
  projectId: string;
  name: string;
  description: string;
  archived: boolean;
  released: boolean;
  startDate?: string;
  releaseDate?: string;
}

export interface ComponentRow extends Row, ComponentDetails {
  projectId: string;
  name: string;
  description: string;
  leadId?: string;
}

export interface SprintRow extends Row, SprintDetails {
  name: string;
  state: 'future' | 'active' | 'closed';
  boardId: number;
  goal: string;
  startDate?: string;
  endDate?: string;
  completeDate?: string;
}

export interface IssueRow extends Row {
  key: string;
  /** Keys it had before a move: they still lead here. */
  formerKeys: readonly string[];
  projectId: string;
  typeId: string;
  statusId: string;
  creatorId: string;
  created: number;
  updated: number;
  statusCategoryChanged: number;
  resolved?: number;
  lastViewed?: number;
  /** Stored values by field id; absent means empty. Choices and people are kept by id. */
  values: Readonly<Record<string, unknown>>;
  watcherIds: readonly string[];
  voterIds: readonly string[];
  properties: Readonly<Record<string, unknown>>;
  /** Read-only and not found by search since then. */
  archived?: { at: number; by: string };
}

export interface Visibility {
  type: 'role' | 'group';
  value: string;
  identifier: string;
}

export interface CommentRow extends Row {
  issueId: string;
  authorId: string;
  updateAuthorId: string;
  created: number;
  updated: number;
  body: Body;
  visibility?: Visibility;
  jsdPublic: boolean;
  properties: Readonly<Record<string, unknown>>;
}

export interface AttachmentRow extends Row {
  issueId: string;
  filename: string;
  mimeType: string;
  size: number;
  authorId: string;
  created: number;
  /** UUID that media nodes of documents refer to. */
  mediaId: string;
}

/** Bytes of an attachment under the attachment's id, base64. */
export interface BlobRow extends Row {
  base64: string;
}

export interface LinkRow extends Row {
  typeId: string;
  /** The issue which reads the outward description ("blocks"). */
  sourceId: string;
  destinationId: string;
}

export interface RemoteLinkRow extends Row {
  issueId: string;
  globalId?: string;
  relationship?: string;
  application: Record<string, unknown>;
  object: Record<string, unknown>;
}

export interface WorklogRow extends Row {
  issueId: string;
  authorId: string;
  updateAuthorId: string;
  created: number;
  updated: number;
  started: number;
  seconds: number;
  comment?: Body;
  visibility?: Visibility;
  properties?: Readonly<Record<string, unknown>>;
}

export interface ChangeItem {
  field: string;
  fieldtype: 'jira' | 'custom';
  fieldId?: string;
  from: string | null;
  fromString: string | null;
  to: string | null;
  toString: string | null;
  tmpFromAccountId?: string | null;
  tmpToAccountId?: string | null;
}

export interface HistoryRow extends Row {
  issueId: string;
  authorId: string;
  created: number;
  items: readonly ChangeItem[];
  /** What the writer said of the reason; shown as it came. */
  historyMetadata?: Record<string, unknown>;
}

export interface FilterRow extends Row, FilterDetails {
  name: string;
  description: string;
  jql: string;
  ownerId: string;
  favouriteOf: readonly string[];
}

/** Next id of a kind of entity; ids are never given twice. */
export interface CounterRow extends Row {
  next: number;
}
