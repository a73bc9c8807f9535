/** Who may change many issues at once, and which of the named issues that concerns. */
import { canSeeIssue, findIssue } from '../access';
import type { IssueRow } from '../entities';
import { BULK_ISSUES, BULK_REQUESTS_AT_ONCE } from '../limits';
import { type ErrorCollection, refuse } from '../problem';
import type { Call, Reply, Route } from '../router';
import { route } from '../router';
import { isLive, submitTask } from '../tasks';
import { requireUser, type Session } from '../world';
import { hasGlobal } from './global-permissions';

/** Bulk operations write their refusals in a form of their own. */
export function bulkErrors(body: ErrorCollection): unknown {
  const texts = [...body.errorMessages, ...Object.values(body.errors)];
  return { errors: texts.map((message) => ({ message })) };
}

const NOTE = 'an app acting as itself lacks the global permission; the order of work is made up';

/** Declares a bulk operation. `denied` is the status for callers without the global permission. */
export function bulkRoute(operation: string, denied: 400 | 403, run: (call: Call) => Reply): Route {
  return route(
    operation,
    (call) => {
      if (!hasGlobal(requireUser(call), 'BULK_CHANGE')) {
        throw refuse(denied, 'You do not have the global permission to make bulk changes.');
      }
      return run(call);
    },
    { refusal: bulkErrors, note: NOTE },
  );
}

export interface Selection {
  issues: IssueRow[];
  /** How many names are wrong or lead to issues the caller may not see. */
  hidden: number;
}

/** The issues behind names, each once; 400 for none, and for more than a request may have. */
export function selected(call: Session, names: readonly string[]): Selection {
  if (names.length === 0) throw refuse(400, 'At least one issue must be selected.');
  if (names.length > BULK_ISSUES) {
    throw refuse(400, `The maximum number of issues for one bulk operation is ${BULK_ISSUES}.`);
  }
  const found = new Map<string, IssueRow>();
  let hidden = 0;
  for (const name of new Set(names)) {
    const issue = findIssue(call, name);
    if (issue === undefined || !canSeeIssue(call, issue)) hidden += 1;
    else found.set(issue.id, issue);
  }
  return { issues: [...found.values()], hidden };
}

/** Sub-tasks count towards the limit where they go along. */
export function demandSize(call: Session, issues: readonly IssueRow[]): void {
  const ids = new Set(issues.flatMap((issue) => [issue.id, ...subtasksOf(call, issue).map((row) => row.id)]));
  if (ids.size > BULK_ISSUES) {
    throw refuse(400, `The maximum number of issues including subtasks is ${BULK_ISSUES}.`);
  }
}

export function subtasksOf(session: Session, issue: IssueRow): IssueRow[] {
  return session.store.issues
    .by('parent', issue.id)
    .filter((row) => session.store.issueTypes.must(row.typeId).hierarchyLevel < 0);
}

/** Kinds of tasks that count as bulk operations. */
export const BULK_KINDS: ReadonlySet<string> = new Set([
  'bulk-delete',
  'bulk-edit',
  'bulk-move',
  'bulk-transition',
  'bulk-watch',
  'bulk-unwatch',
]);

/** Books a bulk operation: 201 with the id under which its progress can be read. */
export function submitBulk(
  call: Call,
  work: { kind: string; payload: Record<string, unknown>; items: readonly string[]; hidden: number },
): Reply {
  const running = call.store.tasks.all().filter((row) => BULK_KINDS.has(row.kind) && isLive(row));
  if (running.length >= BULK_REQUESTS_AT_ONCE) {
    throw refuse(400, `At most ${BULK_REQUESTS_AT_ONCE} bulk operations can run at once. Try again later.`);
  }
  if (work.items.length === 0) throw refuse(400, 'None of the selected issues exists or can be seen by you.');
  const task = submitTask(call, {
    kind: work.kind,
    description: 'Bulk operation on issues',
    payload: { ...work.payload, hidden: work.hidden },
    items: work.items,
  });
  return { status: 201, json: { taskId: task.id } };
}
