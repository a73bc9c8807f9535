/** Archiving issues: they stay readable by key, change no more and are not found by search. */
import { z } from 'zod';
import { findIssue } from '../access';
import { bodyAs } from '../admin/read-body';
import { subtasksOf } from '../daily/bulk-access';
import type { TaskOutcome } from '../daily/rows';
import type { IssueRow } from '../entities';
import { ARCHIVE_ISSUES, ARCHIVE_ISSUES_BY_JQL } from '../limits';
import { refuse } from '../problem';
import { type Call, ok, type Reply, type Route, route } from '../router';
import { isLive, submitTask, type TaskWorkers } from '../tasks';
import { requireUser, type Session, selfUrl } from '../world';
import { searchIssues } from './search';

export const archiveRoutes: readonly Route[] = [
  route('PUT /rest/api/3/issue/archive', (call) => archiveNamed(call, true)),
  route('PUT /rest/api/3/issue/unarchive', (call) => archiveNamed(call, false)),
  route('POST /rest/api/3/issue/archive', archiveByJql),
];

/** What the task of `POST /issue/archive` does. */
export const archiveWorkers: TaskWorkers = {
  'archive-jql': {
    perStep: 1_000,
    run(session, _payload: never, items): TaskOutcome {
      const done: string[] = [];
      for (const id of items) {
        const issue = session.store.issues.get(id);
        if (issue === undefined || whyNot(session, issue) !== undefined) continue;
        done.push(...markAll(session, issue, true));
      }
      return { done, failed: {} };
    },
    result: (_session, task) => ({ numberOfIssuesUpdated: task.outcome.done.length }),
  },
};

const NamedBody = z.strictObject({ issueIdsOrKeys: z.array(z.string()).optional() });

/** Administrators only; the account of an app is none. */
function demandArchivist(call: Call): void {
  if (!requireUser(call).admin) {
    throw refuse(403, 'Only admins can archive or unarchive issues. Access denied.');
  }
}

type Reason = 'issueIsSubtask' | 'issuesInArchivedProjects' | 'issuesNotFound';

const REASONS: Readonly<Record<Reason, string>> = {
  issueIsSubtask: 'Issue is subtask.',
  issuesInArchivedProjects: 'Issue exists in archived project.',
  issuesNotFound: 'Issue not found.',
};

/** Why an issue cannot be archived or brought back by itself. */
function whyNot(session: Session, issue: IssueRow): Reason | undefined {
  if (session.store.projects.must(issue.projectId).archived) return 'issuesInArchivedProjects';
  return session.store.issueTypes.must(issue.typeId).hierarchyLevel < 0 ? 'issueIsSubtask' : undefined;
}

function archiveNamed(call: Call, archive: boolean): Reply {
  demandArchivist(call);
  const names = bodyAs(call, NamedBody).issueIdsOrKeys ?? [];
  const failures = new Map<Reason, string[]>();
  let count = 0;
  let valid = 0;
  for (const name of new Set(names.slice(0, ARCHIVE_ISSUES))) {
    const issue = findIssue(call, name);
    const reason = issue === undefined ? 'issuesNotFound' : whyNot(call, issue);
    if (reason !== undefined) failures.set(reason, [...(failures.get(reason) ?? []), name]);
    else if (issue !== undefined) {
      valid += 1;
      count += markAll(call, issue, archive).length;
    }
  }
  if (valid === 0) throw refuse(400, 'No valid issue to archive or unarchive. Bad request.');
  if (names.length > ARCHIVE_ISSUES) {
    // The first thousand are done all the same, so this is an answer and no refusal.
    const text = `Only the first ${ARCHIVE_ISSUES} issues of the request were processed.`;
    return { status: 412, json: { errorMessages: [text], errors: {} } };
  }
  const errors = Object.fromEntries(
    [...failures].map(([reason, issueIdsOrKeys]) => [
      reason,
      { count: issueIdsOrKeys.length, issueIdsOrKeys, message: REASONS[reason] },
    ]),
  );
  return ok({ errors, numberOfIssuesUpdated: count });
}

/** The issue with its sub-tasks; ids of those that were not in that state before. */
function markAll(session: Session, issue: IssueRow, archive: boolean): string[] {
  const changed = [issue, ...subtasksOf(session, issue)].filter(
    (row) => (row.archived !== undefined) !== archive,
  );
  for (const { archived: _gone, ...row } of changed) {
    const mark = { archived: { at: session.now, by: requireUser(session).id } };
    session.store.issues.put(archive ? { ...row, ...mark } : row);
  }
  return changed.map((row) => row.id);
}

const JqlBody = z.strictObject({ jql: z.string().min(1) });

function archiveByJql(call: Call): Reply {
  demandArchivist(call);
  const { jql } = bodyAs(call, JqlBody);
  const running = call.store.tasks.all().some((row) => row.kind === 'archive-jql' && isLive(row));
  if (running) throw refuse(412, 'A request to archive issues is already running.');
  const found = searchIssues(call, jql);
  if (found.length > ARCHIVE_ISSUES_BY_JQL)
    throw refuse(400, `At most ${ARCHIVE_ISSUES_BY_JQL} issues can be archived by one request.`);
  const items = found.map((issue) => issue.id);
  if (items.length === 0) throw refuse(400, 'No valid issue to archive or unarchive. Bad request.');
  const work = { kind: 'archive-jql', description: 'Archive issues by JQL', payload: {}, items };
  return { status: 202, json: selfUrl(call, `task/${submitTask(call, work).id}`) };
}
