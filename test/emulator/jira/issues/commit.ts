/** The one way an issue changes: row, changelog and event together, and files that no text shows any more removed. */
import { mediaIdsOf } from '../adf';
import type { AttachmentRow, ChangeItem, HistoryRow, IssueRow } from '../entities';
import { emitAttachment, emitUpdated } from '../events';
import { PROPERTY_BYTES, PROPERTY_KEY_CHARACTERS } from '../limits';
import { refuse } from '../problem';
import { requireUser, type Session } from '../world';

/** Stores the new state with `updated` bumped; returns it. Without items there is no changelog entry. */
export function commitIssue(
  session: Session,
  next: IssueRow,
  items: readonly ChangeItem[],
  options: { silent?: boolean; typeName?: string; historyMetadata?: unknown } = {},
): IssueRow {
  const row = session.store.issues.put({ ...next, updated: session.now });
  const entry = writeHistory(session, row.id, items, options.historyMetadata);
  if (options.silent !== true) {
    emitUpdated(session, row, entry === undefined ? undefined : { id: entry.id, items }, options.typeName);
  }
  return row;
}

/** Adds one changelog entry of the caller; nothing for no items. */
export function writeHistory(
  session: Session,
  issueId: string,
  items: readonly ChangeItem[],
  historyMetadata?: unknown,
): HistoryRow | undefined {
  if (items.length === 0) return undefined;
  return session.store.histories.put({
    id: session.store.nextId('history'),
    issueId,
    authorId: requireUser(session).id,
    created: session.now,
    items,
    ...(isObject(historyMetadata) ? { historyMetadata } : {}),
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Bumps `updated` without a changelog entry, as a comment does. */
export function touchIssue(session: Session, issueId: string): IssueRow {
  const issue = session.store.issues.must(issueId);
  return session.store.issues.put({ ...issue, updated: session.now });
}

/** A copy of the issue with some values replaced; undefined empties a field. */
export function withValues(issue: IssueRow, changes: ReadonlyMap<string, unknown>): IssueRow {
  const values: Record<string, unknown> = { ...issue.values };
  for (const [id, value] of changes) {
    if (value === undefined) delete values[id];
    else values[id] = value;
  }
  return { ...issue, values };
}

/** The date of the resolution comes with it and goes with it, whoever set it. */
export function withResolutionDate(session: Session, before: IssueRow, next: IssueRow): IssueRow {
  if (next.values['resolution'] === undefined) {
    const { resolved: _gone, ...open } = next;
    return open;
  }
  return before.values['resolution'] === undefined ? { ...next, resolved: session.now } : next;
}

/** Media ids that any text of the issue shows now. */
function shownMedia(session: Session, issueId: string): Set<string> {
  const issue = session.store.issues.must(issueId);
  const shown = new Set<string>();
  const texts: unknown[] = [
    ...Object.values(issue.values),
    ...session.store.comments.by('issue', issueId).map((row) => row.body),
    ...session.store.worklogs.by('issue', issueId).map((row) => row.comment),
  ];
  for (const text of texts) for (const id of mediaIdsOf(text)) shown.add(id);
  return shown;
}

/**
 * Deletes files which the old texts showed and no text shows now: Jira does so by itself when a document drops
 * its media node, and the file is gone for good.
 */
export function dropOrphans(session: Session, issueId: string, oldTexts: readonly unknown[]): void {
  const before = new Set(oldTexts.flatMap((text) => mediaIdsOf(text)));
  if (before.size === 0) return;
  const shown = shownMedia(session, issueId);
  for (const mediaId of before) {
    if (shown.has(mediaId)) continue;
    const file = session.store.attachments.by('media', mediaId)[0];
    if (file !== undefined && file.issueId === issueId) removeAttachment(session, file);
  }
}

/** Texts of fields that this edit changed, as they were. */
export function changedTexts(before: IssueRow, after: IssueRow): unknown[] {
  return Object.entries(before.values)
    .filter(([id, value]) => after.values[id] !== value)
    .map(([, value]) => value);
}

/** Removes a file with its bytes; writes the changelog item and the events. */
export function removeAttachment(session: Session, file: AttachmentRow): void {
  emitAttachment(session, 'deleted', file);
  session.store.attachments.remove(file.id);
  session.store.blobs.remove(file.id);
  commitIssue(session, session.store.issues.must(file.issueId), [
    {
      field: 'Attachment',
      fieldtype: 'jira',
      fieldId: 'attachment',
      from: file.id,
      fromString: file.filename,
      to: null,
      toString: null,
    },
  ]);
}

/** Checks `[{key, value}]` of a request and returns them as a record. */
export function readProperties(input: unknown): Record<string, unknown> {
  if (input === undefined || input === null) return {};
  if (!Array.isArray(input)) throw refuse(400, 'properties must be an array.');
  const properties: Record<string, unknown> = {};
  for (const entry of input as { key?: unknown; value?: unknown }[]) {
    if (typeof entry?.key !== 'string' || entry.key === '')
      throw refuse(400, 'The property key must be specified.');
    properties[entry.key] = checkProperty(entry.key, entry.value);
  }
  return properties;
}

/** The value if key and size are within Jira's limits. */
export function checkProperty(key: string, value: unknown): unknown {
  if (key.length > PROPERTY_KEY_CHARACTERS)
    throw refuse(400, 'The property key cannot be longer than 255 characters.');
  if (value === undefined) throw refuse(400, 'The property value cannot be empty.');
  if (new TextEncoder().encode(JSON.stringify(value)).length > PROPERTY_BYTES) {
    throw refuse(400, 'The property value is too long. The maximum length is 32768.');
  }
  return value;
}
