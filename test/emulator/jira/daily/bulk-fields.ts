/** Which fields a bulk edit can set on all of some issues. */
import type { FieldRow, IssueRow } from '../entities';
import { editMeta } from '../issues/field-access';
import { type Session, selfUrl } from '../world';

export interface BulkField {
  id: string;
  name: string;
  type: string;
  description: string;
  isRequired: boolean;
  searchUrl?: string;
  fieldOptions: never[];
  multiSelectFieldOptions?: readonly string[];
}

/** Kinds which a bulk edit can mix with what an issue has. */
const MIXED: ReadonlySet<string> = new Set(['labels', 'components', 'versions']);
/** Not to be set by a bulk edit: a text per issue, a relation, or a place in a list. */
const LEFT_OUT: ReadonlySet<string> = new Set(['summary', 'parent', 'attachment', 'issuelinks']);

/** Fields that every one of the issues lets the caller edit. */
export function bulkFields(session: Session, issues: readonly IssueRow[]): BulkField[] {
  const metas = issues.map((issue) => editMeta(session, issue));
  const [first = {}, ...others] = metas;
  return Object.keys(first)
    .filter((id) => others.every((meta) => id in meta) && !LEFT_OUT.has(id))
    .map((id) => {
      const required = metas.some((meta) => meta[id]?.['required'] === true);
      return describe(session, session.store.fields.must(id), required);
    });
}

function describe(session: Session, field: FieldRow, isRequired: boolean): BulkField {
  return {
    id: field.id,
    name: field.name,
    type: field.schema?.custom ?? field.schema?.system ?? field.id,
    description: field.description,
    isRequired,
    ...(field.kind === 'user' || field.kind === 'users'
      ? { searchUrl: selfUrl(session, 'user/search?query=') }
      : {}),
    fieldOptions: [],
    ...(MIXED.has(field.kind) ? { multiSelectFieldOptions: ['ADD', 'REMOVE', 'REPLACE', 'REMOVE_ALL'] } : {}),
  };
}
