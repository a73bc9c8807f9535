/** What background tasks do with one issue after the other. */
import { canSeeIssue } from '../access';
import type { IssueRow } from '../entities';
import { deleteIssue, editIssue } from '../issues/edit-issue';
import { transitionIssue } from '../issues/transition-issue';
import { refuse } from '../problem';
import type { TaskWorker, TaskWorkers } from '../tasks';
import { requireUser, type Session } from '../world';
import { attempt, textsOf } from './attempt';
import type { EditDetails } from './bulk-input';
import { type MovePlan, moveByPlan } from './bulk-move';
import type { TaskOutcome } from './rows';

/** Issues that one step takes. */
const PER_STEP = 50;

/** A worker for items `issue id` or `issue id:detail`: one failure does not stop the others. */
function perIssue<P>(
  work: (session: Session, issue: IssueRow, payload: P, detail: string) => void,
): TaskWorker {
  return {
    perStep: PER_STEP,
    run(session, payload: P, items): TaskOutcome {
      const done: string[] = [];
      const failed: Record<string, readonly string[]> = {};
      for (const item of items) {
        const [id = '', detail = ''] = item.split(':');
        const problem = attempt(session, (inner) => {
          const issue = inner.store.issues.get(id);
          if (issue === undefined || !canSeeIssue(inner, issue)) {
            throw refuse(404, 'Issue does not exist or you do not have permission to see it.');
          }
          work(inner, issue, payload, detail);
        });
        if (problem === undefined) done.push(id);
        else failed[id] = textsOf(problem);
      }
      return { done, failed };
    },
  };
}

function demandNotArchived(issue: IssueRow): void {
  if (issue.archived !== undefined)
    throw refuse(403, `Issue ${issue.key} is archived and cannot be changed.`);
}

function watch(session: Session, issue: IssueRow, watches: boolean): void {
  const me = requireUser(session).id;
  const others = issue.watcherIds.filter((id) => id !== me);
  session.store.issues.put({ ...issue, watcherIds: watches ? [...others, me] : others });
}

/** A parent that went before takes its sub-tasks along: deleting them is done, not failed. */
const deleteWorker: TaskWorker = {
  perStep: PER_STEP,
  run(session, payload: never, items) {
    const present = items.filter((id) => session.store.issues.get(id) !== undefined);
    const gone = items.filter((id) => !present.includes(id));
    const worker = perIssue((inner, issue) => {
      demandNotArchived(issue);
      deleteIssue(inner, issue, true);
    });
    const outcome = worker.run(session, payload, present);
    const taken = Object.keys(outcome.failed).filter((id) => session.store.issues.get(id) === undefined);
    const failed = Object.fromEntries(Object.entries(outcome.failed).filter(([id]) => !taken.includes(id)));
    return { done: [...outcome.done, ...gone, ...taken], failed };
  },
};

export const bulkWorkers: TaskWorkers = {
  'bulk-delete': deleteWorker,
  'bulk-edit': perIssue((session, issue, payload: { details: EditDetails }) => {
    demandNotArchived(issue);
    editIssue(session, issue, { ...payload.details }, { notifyUsers: null });
  }),
  'bulk-transition': perIssue((session, issue, _payload, transitionId) => {
    demandNotArchived(issue);
    transitionIssue(session, issue, { transition: { id: transitionId } });
  }),
  'bulk-move': perIssue((session, issue, payload: { plans: readonly MovePlan[] }, position) => {
    const plan = payload.plans[Number(position)];
    if (plan === undefined) throw new Error('a bulk move lost its plan');
    moveByPlan(session, plan, issue);
  }),
  'bulk-watch': perIssue((session, issue) => watch(session, issue, true)),
  'bulk-unwatch': perIssue((session, issue) => watch(session, issue, false)),
};
