/** What JQL needs to know of a site and of an issue; the Jira part gives it. */

/**
 * Decides which operators a field takes and what `IssueView.get` gives for it (undefined = empty):
 * `choice`, `ranked`: id or ids (ranked ones can be compared, e.g. priority, fixVersion); `user`: account id or ids;
 * `text`: one string or many (`text`, `comment`), plain, without markup; `label`: exact strings (labels, URLs);
 * `number`: number; `duration`: seconds, written `1d 2h` or in minutes; `date`: `2026-01-31`; `datetime`: milliseconds since the
 * epoch; `issue`: keys of issues; `presence`: anything, only asked whether it is there (attachments); `order`: only sorted by (rank).
 */
export type JqlKind =
  | 'choice'
  | 'ranked'
  | 'user'
  | 'text'
  | 'label'
  | 'number'
  | 'duration'
  | 'date'
  | 'datetime'
  | 'issue'
  | 'presence'
  | 'order';

export interface JqlField {
  /** Id by which `IssueView.get` and the resolvers know it, e.g. `status`, `customfield_10010`. */
  id: string;
  /** Every name it answers to, any case: `due`, `duedate`, `cf[10010]`, `Story Points`. */
  names: readonly string[];
  kind: JqlKind;
  /** False: it cannot be used in ORDER BY. */
  orderable?: boolean;
  /** Operators it takes, where Jira's list for the field is another than that of its kind. */
  operators?: readonly string[];
  /** WAS and CHANGED may be asked of it, and of EMPTY when it can be empty. */
  history?: boolean;
}

/** A function on the right side, such as `membersOf("devs")`. */
export interface JqlFunction {
  /** Whether the field takes it. */
  fits(field: JqlField): boolean;
  /** Fewest and most arguments. */
  counts: readonly [number, number];
  /** One value rather than a list: allowed after `=` too. */
  single?: boolean;
  /** Ids or keys it stands for, or what is wrong with its arguments. */
  run(args: readonly string[], field: JqlField): readonly Scalar[] | { problem: string };
}

/** One move of a field: ids that went and that came (for a field with one value, at most one each). */
export interface FieldMove {
  at: number;
  by: string;
  from: readonly string[];
  to: readonly string[];
}

export interface JqlEnv {
  /** Fields the caller may search; several may share a name. */
  fields: readonly JqlField[];
  /**
   * Ids (account ids, issue keys) that a written value stands for in a field of kind choice, ranked, user or issue: names,
   * keys and ids alike, any case; several when names repeat. Empty = there is no such value.
   */
  resolve(field: JqlField, written: string): readonly string[];
  /** Order of a value of a choice, ranked or user field: greater = more important or later. Default: its id. */
  rank?(field: JqlField, id: string): number | string;
  /** Kind of an indexed value of an entity property; undefined = the app has not declared it, so it cannot be searched. */
  propertyKind?(
    key: string,
    path: readonly string[],
  ): Exclude<JqlKind, 'choice' | 'ranked' | 'issue' | 'presence' | 'duration' | 'order'> | undefined;
  /** Functions of the site by name in small letters; dates and currentUser() are built in. */
  functions?: ReadonlyMap<string, JqlFunction>;
  /** Account ids of a name, address or id, for BY and `updatedBy()`. */
  people?(written: string): readonly string[];
  /** Account id; undefined for an anonymous caller. */
  currentUser: string | undefined;
  /** Milliseconds since the epoch. */
  now: number;
  /** Of the caller, e.g. `Europe/Berlin`: days begin there. */
  timeZone: string;
}

export type Scalar = string | number;

/** One issue as the search index has it. */
export interface IssueView {
  get(fieldId: string): Scalar | readonly Scalar[] | undefined;
  /** Raw value of an entity property. */
  property?(key: string): unknown;
  /** Moves of a field with history, oldest first. */
  moves?(fieldId: string): readonly FieldMove[];
  /** Who made the issue and when: the start of every field's history. */
  origin?(): { at: number; by: string };
}

export type CompiledJql =
  | {
      ok: true;
      matches(issue: IssueView): boolean;
      /** By ORDER BY; 0 for issues it does not tell apart. */
      compare(a: IssueView, b: IssueView): number;
      /** False when there is no ORDER BY. */
      ordered: boolean;
      /** False when nothing restricts the search (`/search/jql` refuses that). */
      bounded: boolean;
      /** Ids of the fields it uses. */
      fields: string[];
    }
  | { ok: false; errorMessages: string[] };
