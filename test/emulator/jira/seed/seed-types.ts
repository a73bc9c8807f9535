/** The form in which a world is written down. Names refer to names; `plant.ts` turns them into rows. */
import type { Adf, FieldKind, TransitionRow } from '../entities';

export interface UserSeed {
  /** Short name by which the seed refers to the person. */
  nick: string;
  accountId: string;
  name: string;
  email: string;
  timeZone: string;
  admin?: boolean;
  groups?: readonly string[];
  hidesEmail?: boolean;
  /** Data Center only: what the person types to sign in, and the password. */
  username?: string;
  password?: string;
  inactive?: boolean;
}

/** As its row, but with the fields of its screen written down. */
export type TransitionSeed = Omit<TransitionRow, 'screenId'> & { screen?: readonly string[] };

export interface FieldSeed {
  number: number;
  name: string;
  kind: FieldKind;
  /** Suffix of `schema.custom`; a suffix with a colon is taken whole. */
  suffix: string;
  type: string;
  items?: string;
  description?: string;
  contexts?: readonly {
    name: string;
    projects?: readonly string[];
    types?: readonly string[];
    /** Values; a pair is an option with its second level. */
    options?: readonly (string | readonly [string, readonly string[]])[];
  }[];
}

export interface ProjectSeed {
  id: number;
  key: string;
  name: string;
  description: string;
  lead: string;
  typeKey: 'software' | 'service_desk' | 'business';
  /** Issue type to workflow. */
  types: Readonly<Record<string, string>>;
  /** Field ids or names of the create and edit screens; `subtask` types get `parent` too. */
  create: readonly string[];
  edit: readonly string[];
  required?: Readonly<Record<string, readonly string[]>>;
  priorities: readonly string[];
  defaultPriority: string;
  security?: readonly string[];
  versions?: readonly {
    name: string;
    description?: string;
    released?: boolean;
    releaseDate?: string;
    startDate?: string;
  }[];
  components?: readonly { name: string; description: string; lead?: string }[];
  /** Role name to nicks and group names. A project without the app role is closed to apps. */
  roles: Readonly<Record<string, readonly string[]>>;
  closedToApps?: boolean;
  /** Permissions that everybody has, signed in or not; Data Center only. */
  anyone?: readonly string[];
  /** Roles an administrator has also put apps into. */
  appRoles?: readonly string[];
}

export interface CommentSeed {
  by: string;
  text: string | Adf;
  /** Hours after the issue was created. */
  after: number;
  role?: string;
  group?: string;
  internal?: boolean;
}

export interface IssueSeed {
  key: string;
  type: string;
  summary: string;
  status?: string;
  text?: string | Adf;
  priority?: string;
  labels?: readonly string[];
  assignee?: string;
  reporter?: string;
  due?: string;
  parent?: string;
  components?: readonly string[];
  fix?: readonly string[];
  affects?: readonly string[];
  security?: string;
  resolution?: string;
  /** Values of custom fields by name, in the form REST takes; people are named `@nick`. */
  fields?: Readonly<Record<string, unknown>>;
  comments?: readonly CommentSeed[];
  /** Names of sample files. */
  files?: readonly string[];
  logged?: readonly { by: string; time: string; after: number; note?: string }[];
  estimate?: string;
  watchers?: readonly string[];
  voters?: readonly string[];
  /** Days before the seed's today. */
  day: number;
}

export interface WorldSeed {
  key: string;
  name: string;
  cloudId: string;
  publicUrl: string;
  timeZone: string;
  buildNumber: number;
  /** Absent means Cloud. */
  flavour?: 'cloud' | 'datacenter';
  /** First id of each kind of entity; the worlds are offset so that a mixed-up id finds nothing. */
  firstIds: Readonly<Record<string, number>>;
  groups: readonly { id: string; name: string }[];
  users: readonly UserSeed[];
  roles: readonly { id: number; name: string; description: string; grants: 'all' | readonly string[] }[];
  issueTypes: readonly { id: number; name: string; description: string; level: number; avatar: number }[];
  statuses: readonly { id: number; name: string; description: string; category: 2 | 3 | 4 }[];
  workflows: readonly {
    id: number;
    name: string;
    statuses: readonly string[];
    /** As rows, but statuses, resolutions and custom fields by name. */
    transitions: readonly TransitionSeed[];
  }[];
  priorities: readonly { id: number; name: string; description: string; color: string }[];
  resolutions: readonly { id: number; name: string; description: string }[];
  linkTypes: readonly { id: number; name: string; inward: string; outward: string }[];
  securityLevels: readonly { id: number; name: string; description: string; roles: readonly string[] }[];
  /** Scrum boards of single projects, with the filter behind each. */
  boards?: readonly {
    id: number;
    name: string;
    project: string;
    /** Owns the filter and administers the board. */
    owner: string;
    /** Number field in which issues are estimated. */
    estimation: string;
  }[];
  sprints: readonly {
    id: number;
    board: number;
    name: string;
    state: 'future' | 'active' | 'closed';
    goal: string;
    from: string;
    to: string;
  }[];
  fields: readonly FieldSeed[];
  projects: readonly ProjectSeed[];
  issues: readonly IssueSeed[];
  /** Source, type name, destination: "source blocks destination". */
  links: readonly (readonly [string, string, string])[];
  remoteLinks: readonly {
    issue: string;
    title: string;
    url: string;
    globalId?: string;
    application?: string;
  }[];
}
