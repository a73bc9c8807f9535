/** Holds an issue, as Jira gave it, against the simple conditions of a filter. */
import type { Condition } from '../model/filter';

/** `fields`: raw values by local field id, as Jira REST gives them. */
export interface Judged {
  typeId: string;
  statusId: string;
  fields: Readonly<Record<string, unknown>>;
}

/** A field that was not read, or is empty, has no value: `anyOf` fails and `noneOf` holds. */
export function meetsConditions(conditions: readonly Condition[], issue: Judged): boolean {
  return conditions.every(({ fieldId, is, values }) => {
    const wanted = new Set(values);
    const hasOne = choicesOf(issue, fieldId).some((value) => wanted.has(value));
    return is === 'anyOf' ? hasOne : !hasOne;
  });
}

function choicesOf(issue: Judged, fieldId: string): string[] {
  if (fieldId === 'issuetype') return [issue.typeId];
  if (fieldId === 'status') return [issue.statusId];
  return idsIn(issue.fields[fieldId]);
}

/** Of a choice in two levels both count. */
function idsIn(raw: unknown): string[] {
  if (typeof raw === 'string') return [raw];
  if (Array.isArray(raw)) return raw.flatMap(idsIn);
  if (typeof raw !== 'object' || raw === null || !('id' in raw)) return [];
  const child = 'child' in raw ? idsIn(raw.child) : [];
  return [String(raw.id), ...child];
}
