/** Progress of background work, for those who asked for it. */

import { BULK_KINDS, bulkRoute } from '../daily/bulk-access';
import type { TaskRow } from '../daily/rows';
import { refuse } from '../problem';
import { type Call, ok, type Reply, type Route, route } from '../router';
import { isLive, percentOf } from '../tasks';
import { formatMoment } from '../time';
import { requireUser, selfUrl } from '../world';

export const taskRoutes: readonly Route[] = [
  route('GET /rest/api/3/task/{taskId}', (call) => ok(renderTask(call, taskAt(call)))),
  route('POST /rest/api/3/task/{taskId}/cancel', cancel, {
    refusal: (body) => [...body.errorMessages, ...Object.values(body.errors)],
  }),
  bulkRoute('GET /rest/api/3/bulk/queue/{taskId}', 400, bulkProgress),
];

/** The task, for its creator and for administrators. */
function taskAt(call: Call): TaskRow {
  const me = requireUser(call);
  const task = call.store.tasks.get(call.params['taskId']);
  if (task === undefined) throw refuse(404, 'The task could not be found.');
  if (task.submitterId !== me.id && !me.admin) {
    throw refuse(403, 'You do not have permission to see this task.');
  }
  return task;
}

export function renderTask(call: Call, task: TaskRow): Record<string, unknown> {
  const { started, finished, message, result } = task;
  return {
    self: selfUrl(call, `task/${task.id}`),
    id: task.id,
    description: task.description,
    status: task.status,
    ...(message === undefined ? {} : { message }),
    ...(result === undefined ? {} : { result }),
    submittedBy: numberOf(call, task.submitterId),
    progress: percentOf(task),
    elapsedRuntime: started === undefined ? 0 : (finished ?? call.now) - started,
    submitted: task.submitted,
    ...(started === undefined ? {} : { started }),
    ...(finished === undefined ? {} : { finished }),
    lastUpdate: task.updated,
  };
}

/** People have a number inside Jira besides their account id; here it is their place among the accounts. */
function numberOf(call: Call, accountId: string): number {
  return 10_000 + call.store.users.all().findIndex((row) => row.id === accountId);
}

function cancel(call: Call): Reply {
  const task = taskAt(call);
  if (!isLive(task)) throw refuse(400, 'The task is finished and cannot be cancelled.');
  call.store.tasks.put({ ...task, status: 'CANCEL_REQUESTED', updated: call.now });
  return { status: 202, json: {} };
}

/** The document knows no 404 here: a task that is not there makes the request invalid. */
function bulkProgress(call: Call): Reply {
  const me = requireUser(call);
  const task = call.store.tasks.get(call.params['taskId']);
  if (task === undefined || !BULK_KINDS.has(task.kind) || (task.submitterId !== me.id && !me.admin)) {
    throw refuse(400, `There is no bulk operation with the task id ${call.params['taskId']}.`);
  }
  const moment = (at: number) => formatMoment(at, call.timeZone);
  const { hidden } = task.payload as { hidden: number };
  const isOver = !isLive(task);
  return ok({
    taskId: task.id,
    status: task.status,
    progressPercent: percentOf(task),
    submittedBy: { accountId: task.submitterId },
    created: moment(task.submitted),
    ...(task.started === undefined ? {} : { started: moment(task.started) }),
    updated: moment(task.updated),
    ...(isOver
      ? {
          totalIssueCount: task.total + hidden,
          invalidOrInaccessibleIssueCount: hidden,
          processedAccessibleIssues: task.outcome.done.map(Number),
          ...(Object.keys(task.outcome.failed).length === 0
            ? {}
            : { failedAccessibleIssues: task.outcome.failed }),
        }
      : {}),
  });
}
