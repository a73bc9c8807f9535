/** Properties of many issues at once: booked as a task, to which a redirect leads. */
import { z } from 'zod';
import { canSeeIssue, hasProjectPermission } from '../access';
import { bodyAs } from '../admin/read-body';
import { attempt, textsOf } from '../daily/attempt';
import type { TaskOutcome } from '../daily/rows';
import type { IssueRow } from '../entities';
import { checkProperty } from '../issues/commit';
import { BULK_PROPERTIES, BULK_PROPERTY_ISSUES, MULTI_PROPERTY_ISSUES } from '../limits';
import { refuse } from '../problem';
import type { Call, Reply, Route } from '../router';
import { route } from '../router';
import { isLive, submitTask, type TaskWorkers } from '../tasks';
import { type Session, selfUrl } from '../world';

export const bulkPropertyRoutes: readonly Route[] = [
  route('POST /rest/api/3/issue/properties', setList),
  route('POST /rest/api/3/issue/properties/multi', setEach),
  route('PUT /rest/api/3/issue/properties/{propertyKey}', setOne, {
    level: 'partial',
    note: 'a value by Jira expression is refused',
  }),
  route('DELETE /rest/api/3/issue/properties/{propertyKey}', deleteOne),
];

type Values = Readonly<Record<string, unknown>>;

/** What the tasks of these operations do. */
export const propertyWorkers: TaskWorkers = {
  // All or nothing: one step takes every issue, and what it throws undoes it.
  'properties-set': {
    perStep: BULK_PROPERTY_ISSUES,
    run(session, payload: { values: Values }, items): TaskOutcome {
      for (const id of items) put(session, id, payload.values);
      return { done: items, failed: {} };
    },
  },
  'properties-multi': {
    perStep: MULTI_PROPERTY_ISSUES,
    run(session, payload: { byIssue: Readonly<Record<string, Values>> }, items): TaskOutcome {
      const done: string[] = [];
      const failed: Record<string, readonly string[]> = {};
      for (const id of items) {
        const problem = attempt(session, (inner) => put(inner, id, payload.byIssue[id] ?? {}));
        if (problem === undefined) done.push(id);
        else failed[id] = textsOf(problem);
      }
      return { done, failed };
    },
    result: (_session, task) => ({
      updated: task.outcome.done.map(Number),
      errors: task.outcome.failed,
    }),
  },
  'properties-delete': {
    perStep: BULK_PROPERTY_ISSUES,
    run(session, payload: { key: string }, items): TaskOutcome {
      for (const id of items) {
        const issue = writable(session, id);
        const { [payload.key]: _gone, ...properties } = issue.properties;
        session.store.issues.put({ ...issue, properties });
      }
      return { done: items, failed: {} };
    },
  },
};

function put(session: Session, id: string, values: Values): void {
  const issue = writable(session, id);
  session.store.issues.put({ ...issue, properties: { ...issue.properties, ...values } });
}

function mayEdit(session: Session, issue: IssueRow): boolean {
  const project = session.store.projects.must(issue.projectId);
  return issue.archived === undefined && hasProjectPermission(session.me, project, 'EDIT_ISSUES');
}

/** The issue if the caller may see and edit it, else 400. */
function writable(session: Session, id: string): IssueRow {
  const issue = session.store.issues.get(id);
  if (issue === undefined || !canSeeIssue(session, issue))
    throw refuse(400, `The issue with id ${id} does not exist or you do not have permission to see it.`);
  if (!mayEdit(session, issue))
    throw refuse(400, `You do not have permission to edit the issue with id ${id}.`);
  return issue;
}

/** Values by key within Jira's limits. */
function checkedValues(input: Values): Values {
  const keys = Object.keys(input);
  if (keys.length === 0) throw refuse(400, 'At least one property must be given.');
  if (keys.length > BULK_PROPERTIES)
    throw refuse(400, `At most ${BULK_PROPERTIES} properties can be set at once.`);
  return Object.fromEntries(keys.map((key) => [key, checkProperty(key, input[key])]));
}

/** 303 to the task; 409 while another such task has one of the issues. */
function submit(call: Call, kind: string, payload: unknown, items: readonly string[]): Reply {
  const busy = new Set(
    call.store.tasks
      .all()
      .filter((row) => row.kind.startsWith('properties-') && isLive(row))
      .flatMap((row) => row.items),
  );
  if (kind !== 'properties-delete' && items.some((id) => busy.has(id)))
    throw refuse(409, 'Another bulk update of these issues is in progress. Try again later.');
  const task = submitTask(call, { kind, description: 'Bulk update of issue properties', payload, items });
  return { status: 303, headers: { location: selfUrl(call, `task/${task.id}`) } };
}

const whole = z.number().int();
const ListBody = z.strictObject({
  entitiesIds: z.array(whole).max(BULK_PROPERTY_ISSUES).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
});

function setList(call: Call): Reply {
  const body = bodyAs(call, ListBody);
  const ids = [...new Set((body.entitiesIds ?? []).map(String))];
  if (ids.length === 0) throw refuse(400, 'At least one issue must be given.');
  const values = checkedValues(body.properties ?? {});
  for (const id of ids) writable(call, id);
  return submit(call, 'properties-set', { values }, ids);
}

const EachBody = z.strictObject({
  issues: z
    .array(z.strictObject({ issueID: whole, properties: z.record(z.string(), z.unknown()) }))
    .min(1)
    .max(MULTI_PROPERTY_ISSUES),
});

function setEach(call: Call): Reply {
  const { issues } = bodyAs(call, EachBody);
  const byIssue = Object.fromEntries(
    issues.map((row) => [String(row.issueID), checkedValues(row.properties)]),
  );
  return submit(call, 'properties-multi', { byIssue }, Object.keys(byIssue));
}

const Filter = z.strictObject({
  currentValue: z.unknown().optional(),
  entityIds: z.array(whole).optional(),
  hasProperty: z.boolean().optional(),
});
const OneBody = z.strictObject({
  expression: z.string().optional(),
  filter: Filter.optional(),
  value: z.unknown().optional(),
});

function setOne(call: Call): Reply {
  const key = call.params['propertyKey'] ?? '';
  const body = bodyAs(call, OneBody);
  if (body.expression !== undefined) throw refuse(501, 'The emulator does not evaluate Jira expressions.');
  const filter = body.filter ?? {};
  if (filter.hasProperty === false && filter.currentValue !== undefined)
    throw refuse(400, 'Issues without the property have no current value.');
  const values = { [key]: checkProperty(key, body.value) };
  return submit(call, 'properties-set', { values }, eligible(call, key, filter));
}

const DeleteBody = Filter.omit({ hasProperty: true });

function deleteOne(call: Call): Reply {
  const key = call.params['propertyKey'] ?? '';
  const filter = { ...bodyAs(call, DeleteBody), hasProperty: true };
  return submit(call, 'properties-delete', { key }, eligible(call, key, filter));
}

/** Issues that pass the filter, of those the caller may see and edit. */
function eligible(call: Call, key: string, filter: z.infer<typeof Filter>): string[] {
  const ids = filter.entityIds?.map(String);
  const wanted = JSON.stringify(filter.currentValue);
  return call.store.issues
    .all()
    .filter((issue) => ids === undefined || ids.includes(issue.id))
    .filter((issue) => canSeeIssue(call, issue) && mayEdit(call, issue))
    .filter(({ properties }) => {
      const has = Object.hasOwn(properties, key);
      if (filter.hasProperty !== undefined && filter.hasProperty !== has) return false;
      return filter.currentValue === undefined || (has && JSON.stringify(properties[key]) === wanted);
    })
    .map((issue) => issue.id);
}
