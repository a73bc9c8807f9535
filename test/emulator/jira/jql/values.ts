/**
 * What JQL reads of an issue: the row as the index has it. Comments, work and files come from the store, but only those which
 * were there when the row was written, so that they too are found late when the index lags.
 */
import type { FieldMove, Scalar } from '../../jql/jql-env';
import { inVisibility } from '../access';
import { adfToText } from '../adf';
import type { ChangeItem, IssueRow, WorklogRow } from '../entities';
import { lastViewed } from '../issues/viewed';
import { formatDay } from '../time';
import type { TimeTracking } from '../views/choices';
import type { Session } from '../world';

type Value = Scalar | readonly Scalar[] | undefined;

/** The value of a field in the form its kind asks for; undefined = empty. */
export function readField(session: Session, issue: IssueRow, fieldId: string): Value {
  const reader = READERS[fieldId];
  if (reader !== undefined) return reader(session, issue);
  const stored = issue.values[fieldId];
  if (stored === undefined) return undefined;
  const kind = session.store.fields.get(fieldId)?.kind;
  if (kind === 'document') return adfToText(stored);
  if (kind === 'cascade') return cascadeIds(stored as { parent: string; child?: string });
  return stored as Scalar | readonly Scalar[];
}

/** Both levels; a missing second one has a name of its own, which `cascadeOption(x, none)` asks for. */
function cascadeIds({ parent, child }: { parent: string; child?: string }): string[] {
  return [parent, child ?? `${parent}-none`];
}

/** Moves of a field that the changelog tells of, up to the state of the row, oldest first. */
export function movesOf(session: Session, issue: IssueRow, fieldId: string): FieldMove[] {
  return session.store.histories
    .by('issue', issue.id)
    .filter((entry) => entry.created <= issue.updated)
    .map((entry) => ({ entry, items: entry.items.filter((item) => item.fieldId === fieldId) }))
    .filter(({ items }) => items.length > 0)
    .map(({ entry, items }) => ({
      at: entry.created,
      by: entry.authorId,
      from: idsOf(items, 'from'),
      to: idsOf(items, 'to'),
    }));
}

function idsOf(items: readonly ChangeItem[], side: 'from' | 'to'): string[] {
  return items.map((item) => item[side] ?? '').filter((id) => id !== '');
}

type Reader = (session: Session, issue: IssueRow) => Value;

function tracking(issue: IssueRow): TimeTracking {
  return (issue.values['timetracking'] as TimeTracking | undefined) ?? {};
}

function tracked(key: keyof TimeTracking): Reader {
  return (_session, issue) => tracking(issue)[key];
}

function comments(session: Session, issue: IssueRow): string[] {
  return session.store.comments
    .by('issue', issue.id)
    .filter((row) => row.created <= issue.updated && inVisibility(session, issue, row.visibility))
    .map((row) => adfToText(row.body));
}

function worklogs(session: Session, issue: IssueRow): WorklogRow[] {
  return session.store.worklogs
    .by('issue', issue.id)
    .filter((row) => row.created <= issue.updated && inVisibility(session, issue, row.visibility));
}

function linkTypes(session: Session, issue: IssueRow): string[] {
  return session.store.links
    .by('issue', issue.id)
    .map((link) => `${link.typeId}:${link.sourceId === issue.id ? 'outward' : 'inward'}`);
}

function linkedKeys(session: Session, issue: IssueRow): string[] {
  return session.store.links
    .by('issue', issue.id)
    .map((link) => (link.sourceId === issue.id ? link.destinationId : link.sourceId))
    .map((id) => session.store.issues.must(id).key);
}

/** Words of every text field and every comment the caller may read. */
function words(session: Session, issue: IssueRow): string[] {
  const texts = Object.entries(issue.values)
    .filter(([id]) => ['document', 'text'].includes(session.store.fields.get(id)?.kind ?? ''))
    .map(([, value]) => (typeof value === 'string' ? value : adfToText(value)));
  return [...texts, ...comments(session, issue)];
}

/** Percent of the original estimate that is spent; empty without an estimate. */
function workRatio(_session: Session, issue: IssueRow): number | undefined {
  const { original, spent } = tracking(issue);
  return original === undefined || original === 0 ? undefined : Math.floor(((spent ?? 0) / original) * 100);
}

/** Percent of spent and remaining work that is spent. */
function progress(_session: Session, issue: IssueRow): number | undefined {
  const { spent = 0, remaining = 0 } = tracking(issue);
  return spent + remaining === 0 ? undefined : Math.round((spent / (spent + remaining)) * 100);
}

function subtaskCount(session: Session, issue: IssueRow): number {
  return session.store.issues
    .by('parent', issue.id)
    .filter((row) => session.store.issueTypes.must(row.typeId).hierarchyLevel < 0).length;
}

const READERS: Readonly<Record<string, Reader>> = {
  issuekey: (_session, issue) => issue.key,
  project: (_session, issue) => issue.projectId,
  projectType: (session, issue) => session.store.projects.must(issue.projectId).typeKey,
  issuetype: (_session, issue) => issue.typeId,
  status: (_session, issue) => issue.statusId,
  statusCategory: (session, issue) => String(session.store.statuses.must(issue.statusId).categoryId),
  creator: (_session, issue) => issue.creatorId,
  created: (_session, issue) => issue.created,
  updated: (_session, issue) => issue.updated,
  resolutiondate: (_session, issue) => issue.resolved,
  statuscategorychangedate: (_session, issue) => issue.statusCategoryChanged,
  lastViewed: (session, issue) => lastViewed(session, issue.id),
  watcher: (_session, issue) => issue.watcherIds,
  voter: (_session, issue) => issue.voterIds,
  watches: (_session, issue) => issue.watcherIds.length,
  votes: (_session, issue) => issue.voterIds.length,
  worklogAuthor: (session, issue) => worklogs(session, issue).map((row) => row.authorId),
  worklogDate: (session, issue) =>
    worklogs(session, issue).map((row) => formatDay(row.started, session.timeZone)),
  worklogComment: (session, issue) =>
    worklogs(session, issue).flatMap((row) => (row.comment === undefined ? [] : [adfToText(row.comment)])),
  attachment: (session, issue) =>
    session.store.attachments
      .by('issue', issue.id)
      .filter((row) => row.created <= issue.updated)
      .map((row) => row.id),
  parent: (session, issue) => session.store.issues.get(issue.values['parent'] as string | undefined)?.key,
  issuelinks: linkedKeys,
  issueLinkType: linkTypes,
  comment: comments,
  text: words,
  timespent: tracked('spent'),
  timeestimate: tracked('remaining'),
  timeoriginalestimate: tracked('original'),
  workratio: workRatio,
  progress,
  subtasks: subtaskCount,
};
