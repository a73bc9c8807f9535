/** What tools ask about issues: metadata in the old form, suggestions, events, limits, who watches, and mails. */
import { z } from 'zod';
import { canSeeIssue, findIssue, hasProjectPermission } from '../access';
import { bodyAs } from '../admin/read-body';
import type { IssueRow, ProjectRow, UserRow } from '../entities';
import { createMeta } from '../issues/field-access';
import { viewedIssues } from '../issues/viewed';
import {
  ATTACHMENTS_PER_ISSUE,
  COMMENTS_PER_ISSUE,
  LINKS_PER_ISSUE,
  NEAR_LIMIT_OF_ISSUE,
  WORKLOGS_PER_ISSUE,
} from '../limits';
import { refuse } from '../problem';
import { type Call, NO_CONTENT, ok, type Reply, type Route, route } from '../router';
import { renderIssueType } from '../views/choices';
import { renderProjectBrief } from '../views/project';
import { requireUser } from '../world';
import { issueAt } from './issues';
import { listParam, neededList } from './read-query';
import { searchIssues } from './search';

export const issueToolRoutes: readonly Route[] = [
  route('GET /rest/api/3/issue/createmeta', oldCreateMeta),
  route('GET /rest/api/3/issue/limit/report', limitReport),
  route('GET /rest/api/3/events', issueEvents),
  route('GET /rest/api/3/issue/picker', picker),
  route('POST /rest/api/3/issue/watching', watching),
  route('POST /rest/api/3/issue/{issueIdOrKey}/notify', notify),
];

/** Deprecated, but it still answers: projects with their types, and fields on request. */
function oldCreateMeta(call: Call): Reply {
  const me = requireUser(call);
  const ids = listParam(call, 'projectIds');
  const keys = listParam(call, 'projectKeys').map((key) => key.toUpperCase());
  const named = (row: ProjectRow) =>
    ids.length + keys.length === 0 || ids.includes(row.id) || keys.includes(row.key);
  const projects = call.store.projects
    .all()
    .filter((row) => named(row) && hasProjectPermission(me, row, 'CREATE_ISSUES'));
  call.cost.core(projects.length);
  return ok({ expand: 'projects', projects: projects.map((row) => projectMeta(call, row)) });
}

function projectMeta(call: Call, project: ProjectRow): Record<string, unknown> {
  const ids = listParam(call, 'issuetypeIds');
  const names = listParam(call, 'issuetypeNames');
  const withFields = listParam(call, 'expand').includes('projects.issuetypes.fields');
  const { self, id, key, name, avatarUrls } = renderProjectBrief(call, project);
  const types = project.issueTypeIds
    .map((typeId) => call.store.issueTypes.must(typeId))
    .filter((row) => ids.length + names.length === 0 || ids.includes(row.id) || names.includes(row.name));
  return {
    expand: 'issuetypes',
    self,
    id,
    key,
    name,
    avatarUrls,
    issuetypes: types.map((type) => {
      if (!withFields) return renderIssueType(call, type);
      const fields = createMeta(call, project, type).map((field) => [field['key'], field]);
      return { ...renderIssueType(call, type), expand: 'fields', fields: Object.fromEntries(fields) };
    }),
  };
}

/** Names by which Jira's document calls the kinds that are limited. */
const LIMITS = {
  comment: COMMENTS_PER_ISSUE,
  worklog: WORKLOGS_PER_ISSUE,
  attachment: ATTACHMENTS_PER_ISSUE,
  issuelinks: LINKS_PER_ISSUE,
  remoteIssueLinks: LINKS_PER_ISSUE,
} as const;

function limitReport(call: Call): Reply {
  if (!requireUser(call).admin) throw refuse(403, 'Only Jira administrators have access to this resource.');
  const byKey = call.query.get('isReturningKeys') === 'true';
  const { store } = call;
  const tables = {
    comment: store.comments,
    worklog: store.worklogs,
    attachment: store.attachments,
    issuelinks: store.links,
    remoteIssueLinks: store.remoteLinks,
  };
  const near: Record<string, Record<string, number>> = {};
  const over: Record<string, Record<string, number>> = {};
  for (const issue of store.issues.all()) {
    if (!canSeeIssue(call, issue)) continue;
    for (const [kind, limit] of Object.entries(LIMITS)) {
      const count = tables[kind as keyof typeof tables].by('issue', issue.id).length;
      if (count < limit * NEAR_LIMIT_OF_ISSUE) continue;
      const report = count > limit ? over : near;
      report[kind] = { ...report[kind], [byKey ? issue.key : issue.id]: count };
    }
  }
  return ok({ issuesApproachingLimit: near, issuesBreachingLimit: over, limits: LIMITS });
}

/** Jira's own events; their ids are the same on every site. */
const EVENT_NAMES = [
  'Issue Created',
  'Issue Updated',
  'Issue Assigned',
  'Issue Resolved',
  'Issue Closed',
  'Issue Commented',
  'Issue Reopened',
  'Issue Deleted',
  'Issue Moved',
  'Work Logged On Issue',
  'Work Started On Issue',
  'Work Stopped On Issue',
  'Generic Event',
  'Issue Comment Edited',
  'Issue Worklog Updated',
  'Issue Worklog Deleted',
  'Issue Comment Deleted',
] as const;

function issueEvents(call: Call): Reply {
  const me = requireUser(call);
  if (!me.admin && me.accountType !== 'app')
    throw refuse(403, 'Only Jira administrators have access to this resource.');
  return ok(EVENT_NAMES.map((name, position) => ({ id: position + 1, name })));
}

/** Suggestions of one section at most. */
const PICKED = 20;

function picker(call: Call): Reply {
  const text = (call.query.get('query') ?? '').trim();
  const jql = call.query.get('currentJQL');
  const fits = fitter(call, text);
  const history = viewedIssues(call).filter(fits);
  const found = jql === null || jql === '' ? [] : searchIssues(call, jql).filter(fits);
  const sections = [section(call, 'hs', 'History Search', history, text)];
  if (jql !== null) sections.push(section(call, 'cs', 'Current Search', found, text));
  return ok({ sections });
}

/** Whether an issue may be suggested: by text, project, and not the one at hand nor, on wish, its parent. */
function fitter(call: Call, text: string): (issue: IssueRow) => boolean {
  const current = findIssue(call, call.query.get('currentIssueKey') ?? '');
  const projectId = call.query.get('currentProjectId');
  const withSubtasks = call.query.get('showSubTasks') !== 'false';
  const withParent = call.query.get('showSubTaskParent') !== 'false';
  const wanted = text.toLowerCase();
  return (issue) => {
    if (issue.archived !== undefined || issue.id === current?.id) return false;
    if (projectId !== null && issue.projectId !== projectId) return false;
    if (!withSubtasks && call.store.issueTypes.must(issue.typeId).hierarchyLevel < 0) return false;
    if (!withParent && current?.values['parent'] === issue.id) return false;
    const { summary } = issue.values;
    return (
      issue.key.toLowerCase().startsWith(wanted) ||
      String(summary).toLowerCase().includes(wanted) ||
      JSON.stringify(issue.values['description'] ?? '')
        .toLowerCase()
        .includes(wanted)
    );
  };
}

function section(call: Call, id: string, label: string, issues: readonly IssueRow[], text: string) {
  const shown = issues.slice(0, PICKED);
  call.cost.core(shown.length);
  return {
    id,
    label,
    sub: `Showing ${shown.length} of ${issues.length} matching issues`,
    ...(shown.length === 0 ? { msg: 'No matching issues.' } : {}),
    issues: shown.map((issue) => ({
      id: Number(issue.id),
      key: issue.key,
      keyHtml: marked(issue.key, text),
      img: `/rest/api/2/universal_avatar/view/type/issuetype/avatar/${call.store.issueTypes.must(issue.typeId).avatarId}?size=medium`,
      summary: marked(String(issue.values['summary']), text),
      summaryText: String(issue.values['summary']),
    })),
  };
}

/** HTML with the matching part in bold. */
function marked(text: string, part: string): string {
  const safe = (raw: string) => raw.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  const at = part === '' ? -1 : text.toLowerCase().indexOf(part.toLowerCase());
  if (at < 0) return safe(text);
  const end = at + part.length;
  return `${safe(text.slice(0, at))}<b>${safe(text.slice(at, end))}</b>${safe(text.slice(end))}`;
}

/** False too for issues that are not there. */
function watching(call: Call): Reply {
  const me = requireUser(call);
  const ids = neededList(call, 'issueIds');
  const pairs = ids.map((id) => {
    const issue = call.store.issues.get(id);
    const seen = issue !== undefined && canSeeIssue(call, issue);
    return [id, seen && issue.watcherIds.includes(me.id)];
  });
  return ok({ issuesIsWatching: Object.fromEntries(pairs) });
}

const group = z.looseObject({ name: z.string().optional(), groupId: z.string().nullish() });
const NotifyBody = z.looseObject({
  htmlBody: z.string().optional(),
  textBody: z.string().optional(),
  subject: z.string().optional(),
  to: z
    .looseObject({
      assignee: z.boolean().optional(),
      reporter: z.boolean().optional(),
      voters: z.boolean().optional(),
      watchers: z.boolean().optional(),
      groupIds: z.array(z.string()).optional(),
      groups: z.array(group).optional(),
      users: z.array(z.looseObject({ accountId: z.string() })).optional(),
    })
    .optional(),
  restrict: z
    .looseObject({
      groupIds: z.array(z.string()).optional(),
      groups: z.array(group).optional(),
      permissions: z
        .array(z.looseObject({ id: z.string().optional(), key: z.string().optional() }))
        .optional(),
    })
    .optional(),
});
type Recipients = NonNullable<z.infer<typeof NotifyBody>['to']>;

/** Checks what Jira checks before it queues a mail; the mail itself goes nowhere. */
function notify(call: Call): Reply {
  const me = requireUser(call);
  const issue = issueAt(call);
  const body = bodyAs(call, NotifyBody);
  groupsOf(call, body.restrict ?? {});
  const people = recipients(call, issue, body.to ?? {}).filter((user) => user.id !== me.id);
  if (people.length === 0) throw refuse(400, 'No recipients were defined for notification.');
  return NO_CONTENT;
}

function recipients(call: Call, issue: IssueRow, to: Recipients): UserRow[] {
  const ids: string[] = [];
  for (const role of ['assignee', 'reporter'] as const) {
    const id = issue.values[role];
    if (to[role] !== true) continue;
    if (typeof id !== 'string') throw refuse(400, `The issue has no ${role} who could be notified.`);
    ids.push(id);
  }
  if (to.voters === true) ids.push(...issue.voterIds);
  if (to.watchers === true) ids.push(...issue.watcherIds);
  for (const { accountId } of to.users ?? []) {
    if (call.store.users.get(accountId) === undefined)
      throw refuse(400, `The user with the account id '${accountId}' does not exist.`);
    ids.push(accountId);
  }
  const groups = groupsOf(call, to);
  const all = call.store.users.all();
  return all.filter(
    (row) => row.active && (ids.includes(row.id) || row.groupIds.some((id) => groups.includes(id))),
  );
}

function groupsOf(call: Call, named: Pick<Recipients, 'groupIds' | 'groups'>): string[] {
  const wanted = [
    ...(named.groupIds ?? []),
    ...(named.groups ?? []).map((row) => row.groupId ?? row.name ?? ''),
  ];
  return wanted.map((text) => {
    const found = call.store.groups.all().find((row) => row.id === text || row.name === text);
    if (found === undefined) throw refuse(400, `The group '${text}' does not exist.`);
    return found.id;
  });
}
