/** An issue as GET, search and bulkfetch give it: chosen fields, properties and expansions. */
import { canSeeIssue } from '../access';
import { resolveMentions } from '../adf';
import type { Body, FieldRow, IssueRow } from '../entities';
import { codecOf } from '../fields/codecs';
import { appliesTo, editMeta } from '../issues/field-access';
import { availableTransitions, renderTransition } from '../issues/transition-issue';
import { lastViewed } from '../issues/viewed';
import { formatMoment } from '../time';
import { type Session, selfUrl } from '../world';
import {
  renderAttachment,
  renderComment,
  renderHistory,
  renderLinkAt,
  renderWorklog,
  visibleComments,
  visibleWorklogs,
} from './activity';
import { renderIssueType, renderStatus, renderStatusCategory, type TimeTracking } from './choices';
import { adfToHtml } from './html';
import { renderLinkedIssue } from './parent';
import { renderUserIn } from './people';
import { renderProjectBrief } from './project';

export interface IssueAsk {
  /** Names as Jira takes them: ids, `*all`, `*navigable`, `-excluded`. */
  fields: readonly string[];
  expand: readonly string[];
  /** Keys of issue properties; `*all` for every one. */
  properties: readonly string[];
}

/** Worklogs shown inside an issue; the rest has its own resource. */
const WORKLOGS_INSIDE = 20;

export function renderIssue(session: Session, issue: IssueRow, ask: IssueAsk): Record<string, unknown> {
  const shown = chooseFields(session, issue, ask.fields);
  const values: Record<string, unknown> = {};
  for (const field of shown) {
    const value = fieldValue(session, issue, field);
    // Parent and sub-task fields that do not apply are absent rather than null.
    if (value !== undefined) values[field.id] = value;
  }
  const properties = chooseProperties(issue, ask.properties);
  return {
    expand: 'renderedFields,names,schema,operations,editmeta,changelog,versionedRepresentations',
    id: issue.id,
    self: selfUrl(session, `issue/${issue.id}`),
    key: issue.key,
    ...(ask.fields.length === 0 ? {} : { fields: values }),
    ...(properties === undefined ? {} : { properties }),
    ...expansions(session, issue, shown, ask.expand),
  };
}

function chooseProperties(issue: IssueRow, keys: readonly string[]): Record<string, unknown> | undefined {
  if (keys.length === 0) return undefined;
  if (keys.includes('*all')) return { ...issue.properties };
  return Object.fromEntries(Object.entries(issue.properties).filter(([key]) => keys.includes(key)));
}

/** Fields of the issue that the names select, in the site's order. */
function chooseFields(session: Session, issue: IssueRow, names: readonly string[]): FieldRow[] {
  const project = session.store.projects.must(issue.projectId);
  const all = session.store.fields
    .all()
    .filter(
      (field) =>
        field.id !== 'issuekey' &&
        field.id !== 'thumbnail' &&
        appliesTo(session, field, project, issue.typeId),
    );
  const excluded = new Set(names.filter((name) => name.startsWith('-')).map((name) => name.slice(1)));
  const included = names.filter((name) => !name.startsWith('-'));
  const everything = included.includes('*all') || (included.length === 0 && excluded.size > 0);
  const navigable = included.includes('*navigable');
  const named = new Set(included);
  return all.filter(
    (field) =>
      !excluded.has(field.id) &&
      (everything || named.has(field.id) || named.has(field.name) || (navigable && field.navigable)),
  );
}

/** Value of one field in JSON: null when empty, undefined when the field is left out. */
function fieldValue(session: Session, issue: IssueRow, field: FieldRow): unknown {
  const special = SPECIAL[field.id];
  if (special !== undefined) return special(session, issue);
  const codec = codecOf(field.kind);
  const stored = issue.values[field.id];
  if (stored === undefined) return codec.empty ?? null;
  if (field.kind === 'document') {
    return resolveMentions(stored as Body, (id) => session.store.users.get(id)?.name);
  }
  return codec.render(stored, session);
}

type Special = (session: Session, issue: IssueRow) => unknown;

function tracking(issue: IssueRow): TimeTracking {
  return (issue.values['timetracking'] as TimeTracking | undefined) ?? {};
}

function subtasks(session: Session, issue: IssueRow): IssueRow[] {
  return session.store.issues
    .by('parent', issue.id)
    .filter((child) => session.store.issueTypes.must(child.typeId).hierarchyLevel < 0);
}

function sum(session: Session, issue: IssueRow, key: keyof TimeTracking): number | null {
  const parts = [issue, ...subtasks(session, issue)]
    .map((row) => tracking(row)[key])
    .filter((seconds) => seconds !== undefined);
  return parts.length === 0 ? null : parts.reduce((total, seconds) => total + seconds, 0);
}

function progress(spent: number | null, remaining: number | null): Record<string, number> {
  const done = spent ?? 0;
  const total = done + (remaining ?? 0);
  return total === 0
    ? { progress: 0, total: 0 }
    : { progress: done, total, percent: Math.round((done / total) * 100) };
}

const SPECIAL: Readonly<Record<string, Special>> = {
  issuetype: (session, issue) => renderIssueType(session, session.store.issueTypes.must(issue.typeId)),
  project: (session, issue) => renderProjectBrief(session, session.store.projects.must(issue.projectId)),
  status: (session, issue) => renderStatus(session, session.store.statuses.must(issue.statusId)),
  statusCategory: (session, issue) =>
    renderStatusCategory(session, session.store.statuses.must(issue.statusId).categoryId),
  statuscategorychangedate: (session, issue) => formatMoment(issue.statusCategoryChanged, session.timeZone),
  created: (session, issue) => formatMoment(issue.created, session.timeZone),
  updated: (session, issue) => formatMoment(issue.updated, session.timeZone),
  resolutiondate: (session, issue) =>
    issue.resolved === undefined ? null : formatMoment(issue.resolved, session.timeZone),
  lastViewed: (session, issue) => {
    const at = lastViewed(session, issue.id);
    return at === undefined ? null : formatMoment(at, session.timeZone);
  },
  archiveddate: (session, issue) =>
    issue.archived === undefined ? null : formatMoment(issue.archived.at, session.timeZone),
  archivedby: (session, issue) =>
    issue.archived === undefined ? null : renderUserIn(session, issue.archived.by),
  creator: (session, issue) => renderUserIn(session, issue.creatorId),
  parent: (session, issue) => {
    const parent = issue.values['parent'];
    return typeof parent === 'string' ? codecOf('parent').render(parent, session) : undefined;
  },
  subtasks: (session, issue) => subtasks(session, issue).map((child) => renderLinkedIssue(session, child)),
  issuelinks: (session, issue) =>
    session.store.links
      .by('issue', issue.id)
      .filter((link) => {
        const other = session.store.issues.get(
          link.sourceId === issue.id ? link.destinationId : link.sourceId,
        );
        return other !== undefined && canSeeIssue(session, other);
      })
      .map((link) => renderLinkAt(session, link, issue)),
  attachment: (session, issue) =>
    session.store.attachments.by('issue', issue.id).map((file) => renderAttachment(session, file)),
  comment: (session, issue) => {
    const comments = visibleComments(session, issue);
    return {
      comments: comments.map((comment) => renderComment(session, comment)),
      self: selfUrl(session, `issue/${issue.id}/comment`),
      maxResults: comments.length,
      total: comments.length,
      startAt: 0,
    };
  },
  worklog: (session, issue) => {
    const worklogs = visibleWorklogs(session, issue);
    return {
      startAt: 0,
      maxResults: WORKLOGS_INSIDE,
      total: worklogs.length,
      worklogs: worklogs.slice(0, WORKLOGS_INSIDE).map((row) => renderWorklog(session, row)),
    };
  },
  votes: (session, issue) => ({
    self: selfUrl(session, `issue/${issue.key}/votes`),
    votes: issue.voterIds.length,
    hasVoted: issue.voterIds.includes(session.me?.id ?? ''),
  }),
  watches: (session, issue) => ({
    self: selfUrl(session, `issue/${issue.key}/watchers`),
    watchCount: issue.watcherIds.length,
    isWatching: issue.watcherIds.includes(session.me?.id ?? ''),
  }),
  timetracking: (session, issue) => codecOf('timetracking').render(tracking(issue), session),
  timespent: (_session, issue) => tracking(issue).spent ?? null,
  timeestimate: (_session, issue) => tracking(issue).remaining ?? null,
  timeoriginalestimate: (_session, issue) => tracking(issue).original ?? null,
  aggregatetimespent: (session, issue) => sum(session, issue, 'spent'),
  aggregatetimeestimate: (session, issue) => sum(session, issue, 'remaining'),
  aggregatetimeoriginalestimate: (session, issue) => sum(session, issue, 'original'),
  progress: (_session, issue) => progress(tracking(issue).spent ?? null, tracking(issue).remaining ?? null),
  aggregateprogress: (session, issue) =>
    progress(sum(session, issue, 'spent'), sum(session, issue, 'remaining')),
  workratio: (_session, issue) => {
    const { original, spent } = tracking(issue);
    return original === undefined || original === 0 ? -1 : Math.floor(((spent ?? 0) / original) * 100);
  },
  issuerestriction: () => ({ issuerestrictions: {}, shouldDisplay: false }),
};

function expansions(
  session: Session,
  issue: IssueRow,
  shown: readonly FieldRow[],
  expand: readonly string[],
): Record<string, unknown> {
  const extra: Record<string, unknown> = {};
  if (expand.includes('names'))
    extra['names'] = Object.fromEntries(shown.map((field) => [field.id, field.name]));
  if (expand.includes('schema')) {
    extra['schema'] = Object.fromEntries(
      shown.filter((field) => field.schema).map((field) => [field.id, field.schema]),
    );
  }
  if (expand.includes('renderedFields')) extra['renderedFields'] = renderedFields(session, issue, shown);
  if (expand.includes('editmeta')) extra['editmeta'] = { fields: editMeta(session, issue) };
  if (expand.includes('operations')) extra['operations'] = { linkGroups: [] };
  if (expand.includes('changelog')) {
    const histories = session.store.histories.by('issue', issue.id).reverse();
    extra['changelog'] = {
      startAt: 0,
      maxResults: histories.length,
      total: histories.length,
      histories: histories.map((entry) => renderHistory(session, entry)),
    };
  }
  if (expand.includes('transitions')) {
    extra['transitions'] = availableTransitions(session, issue).map((transition) =>
      renderTransition(session, issue, transition, false),
    );
  }
  return extra;
}

/** HTML of texts; null for every field that has no rendering of its own. */
function renderedFields(
  session: Session,
  issue: IssueRow,
  shown: readonly FieldRow[],
): Record<string, unknown> {
  const rendered: Record<string, unknown> = {};
  for (const field of shown) {
    if (field.kind === 'document') rendered[field.id] = adfToHtml(issue.values[field.id] as Body | undefined);
    else if (field.id === 'comment') {
      rendered[field.id] = {
        comments: visibleComments(session, issue).map((comment) => ({
          ...renderComment(session, comment),
          body: adfToHtml(comment.body),
        })),
      };
    } else rendered[field.id] = null;
  }
  return rendered;
}
