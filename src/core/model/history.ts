/** What Jira's history says of an issue: who changed which field, when, and what was there before. */

/** One field in one change. `from`: an id where the field has ids; `fromText`: what people saw. Either may be null. */
export interface ChangedField {
  fieldId: string;
  from: string | null;
  fromText: string | null;
}

/** One change of an issue. Entries with a higher `id` came later. */
export interface HistoryEntry {
  id: number;
  /** Milliseconds since the epoch. */
  at: number;
  /** Name of the person, as Jira shows it to the app. */
  who: string;
  /** Absent where an app did it, ours or another one, and where Jira does not say. */
  isByPerson?: true;
  fields: ChangedField[];
}
