/** What administrators keep about a site beyond the rows that issues need: screens, schemes, categories, settings. */

interface Row {
  readonly id: string;
}

/** Parts of a version that its own issues do not show. */
export interface VersionDetails {
  /** Place in the project's list; absent: in the order of ids. */
  readonly sequence?: number;
  readonly driverId?: string;
}

export type AssigneeType = 'PROJECT_DEFAULT' | 'COMPONENT_LEAD' | 'PROJECT_LEAD' | 'UNASSIGNED';

export interface ComponentDetails {
  /** Who gets new issues of the component; absent: the project decides. */
  readonly assigneeType?: AssigneeType;
}

/** Settings and schemes of a project. Absent ids stand for the site's default scheme. */
export interface ProjectDetails {
  readonly categoryId?: string;
  /** Keys it had before: they still lead to it. */
  readonly formerKeys?: readonly string[];
  readonly url?: string;
  readonly email?: string;
  readonly assigneeType?: 'PROJECT_LEAD' | 'UNASSIGNED';
  readonly avatarId?: number;
  /** In the recycle bin: nobody sees it, an administrator can restore it. */
  readonly trashed?: { readonly at: number; readonly by: string };
  readonly archivedBy?: { readonly at: number; readonly by: string };
  /** Issue type screen scheme. */
  readonly screenSchemeId?: string;
  readonly issueTypeSchemeId?: string;
  readonly workflowSchemeId?: string;
  readonly permissionSchemeId?: string;
  readonly securitySchemeId?: string;
  readonly notificationSchemeId?: string;
  /** Features an administrator switched; others stand as the type of the project has them. */
  readonly features?: Readonly<Record<string, 'ENABLED' | 'DISABLED'>>;
}

/** A choice that administrators can move in its list. */
export interface PlacedDetails {
  readonly sequence?: number;
}

export interface PriorityDetails extends PlacedDetails {
  readonly avatarId?: number;
}

export interface IssueTypeDetails {
  readonly properties?: Readonly<Record<string, unknown>>;
}

export interface FieldDetails {
  /** Suffix of the searcher; absent: that of the field's type. */
  readonly searcher?: string;
  /** When and by whom it went into the trash. */
  readonly trashing?: { readonly at: number; readonly by: string };
}

export interface CategoryRow extends Row {
  readonly name: string;
  readonly description: string;
}

export interface ScreenTab {
  readonly id: string;
  readonly name: string;
  readonly fieldIds: readonly string[];
}

export interface ScreenRow extends Row {
  readonly name: string;
  readonly description: string;
  readonly tabs: readonly ScreenTab[];
}

export type ScreenOperation = 'default' | 'create' | 'edit' | 'view';

/** Which screen each operation shows; operations left out show the default one. */
export interface ScreenSchemeRow extends Row {
  readonly name: string;
  readonly description: string;
  readonly screens: Readonly<Partial<Record<ScreenOperation, string>>> & { readonly default: string };
}

/** Which screen scheme each issue type has; types left out have that of `default`. */
export interface IssueTypeScreenSchemeRow extends Row {
  readonly name: string;
  readonly description: string;
  readonly mappings: Readonly<Record<string, string>> & { readonly default: string };
}

export interface IssueTypeSchemeRow extends Row {
  readonly name: string;
  readonly description: string;
  readonly issueTypeIds: readonly string[];
  readonly defaultIssueTypeId?: string;
  readonly isDefault: boolean;
}

export interface WorkflowSchemeRow extends Row {
  readonly name: string;
  readonly description: string;
  readonly defaultWorkflowId: string;
  /** Workflow of each issue type that does not have the default one. */
  readonly workflowIds: Readonly<Record<string, string>>;
}

export interface PermissionSchemeRow extends Row {
  readonly name: string;
  readonly description: string;
  readonly grants: Readonly<Record<string, readonly string[]>>;
}

export interface SecuritySchemeRow extends Row {
  readonly name: string;
  readonly description: string;
  readonly levelIds: readonly string[];
  readonly defaultLevelId?: string;
}

/** One of the site's settings under its name. */
export interface SettingRow extends Row {
  readonly value: unknown;
}

/** People and groups a role gets in each new project. */
export interface DefaultActorsRow extends Row {
  readonly userIds: readonly string[];
  readonly groupIds: readonly string[];
}
