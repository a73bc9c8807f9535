/** Changelog items of a change, spelled per kind of field as recorded from real sites. */
import type { ChangeItem, FieldRow, IssueRow } from '../entities';
import { codecOf } from '../fields/codecs';
import type { TimeTracking } from '../views/choices';
import { isDataCenter, type Session } from '../world';
import { spotFor } from './field-access';

/** Names which the changelog uses instead of the field's id. */
const CHANGELOG_NAMES: Readonly<Record<string, string>> = {
  fixVersions: 'Fix Version',
  versions: 'Version',
  components: 'Component',
  parent: 'IssueParentAssociation',
};

function sameValue(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

/** Items for the fields whose values differ between two states of an issue. */
export function valueItems(session: Session, before: IssueRow, after: IssueRow): ChangeItem[] {
  const ids = new Set([...Object.keys(before.values), ...Object.keys(after.values)]);
  const items: ChangeItem[] = [];
  for (const id of ids) {
    if (sameValue(before.values[id], after.values[id])) continue;
    const field = session.store.fields.get(id);
    if (field !== undefined) items.push(...fieldItems(session, field, before, after));
  }
  return items;
}

function fieldItems(session: Session, field: FieldRow, before: IssueRow, after: IssueRow): ChangeItem[] {
  const from = before.values[field.id];
  const to = after.values[field.id];
  if (field.kind === 'timetracking') {
    return trackingItems((from as TimeTracking | undefined) ?? {}, (to as TimeTracking | undefined) ?? {});
  }
  if (field.kind === 'versions' || field.kind === 'components') return elementItems(session, field, from, to);
  const project = session.store.projects.must(after.projectId);
  const spot = spotFor(session, field, project, session.store.issueTypes.must(after.typeId), after.id);
  const codec = codecOf(field.kind);
  const old = codec.side(from, spot, false);
  const next = codec.side(to, spot, from !== undefined);
  const item: ChangeItem = {
    field: field.custom ? field.name : (CHANGELOG_NAMES[field.id] ?? field.id),
    fieldtype: field.custom ? 'custom' : 'jira',
    ...(field.id === 'parent' ? {} : { fieldId: field.id }),
    from: old.id,
    fromString: old.text,
    to: next.id,
    toString: next.text,
  };
  if (field.id !== 'assignee' || isDataCenter(session)) return [item];
  return [{ ...item, tmpFromAccountId: old.id, tmpToAccountId: next.id }];
}

/** One item per version or component that came or went. */
function elementItems(session: Session, field: FieldRow, from: unknown, to: unknown): ChangeItem[] {
  const old = (from as string[] | undefined) ?? [];
  const next = (to as string[] | undefined) ?? [];
  const table = field.kind === 'versions' ? session.store.versions : session.store.components;
  const base = {
    field: CHANGELOG_NAMES[field.id] ?? field.id,
    fieldtype: 'jira',
    fieldId: field.id,
  } as const;
  const gone = old.filter((id) => !next.includes(id));
  const come = next.filter((id) => !old.includes(id));
  return [
    ...gone.map((id) => ({
      ...base,
      from: id,
      fromString: table.get(id)?.name ?? '',
      to: null,
      toString: null,
    })),
    ...come.map((id) => ({
      ...base,
      from: null,
      fromString: null,
      to: id,
      toString: table.get(id)?.name ?? '',
    })),
  ];
}

const TRACKED: Readonly<Record<keyof TimeTracking, string>> = {
  original: 'timeoriginalestimate',
  remaining: 'timeestimate',
  spent: 'timespent',
};

function trackingItems(from: TimeTracking, to: TimeTracking): ChangeItem[] {
  const items: ChangeItem[] = [];
  for (const key of ['remaining', 'original', 'spent'] as const) {
    if (from[key] === to[key]) continue;
    const old = from[key] === undefined ? null : String(from[key]);
    const next = to[key] === undefined ? null : String(to[key]);
    items.push({
      field: TRACKED[key],
      fieldtype: 'jira',
      fieldId: TRACKED[key],
      from: old,
      fromString: old,
      to: next,
      toString: next,
    });
  }
  return items;
}

/** Item of a status or issue type change. */
export function namedItem(
  field: 'status' | 'issuetype',
  from: { id: string; name: string },
  to: { id: string; name: string },
): ChangeItem {
  return {
    field,
    fieldtype: 'jira',
    fieldId: field,
    from: from.id,
    fromString: from.name,
    to: to.id,
    toString: to.name,
  };
}
