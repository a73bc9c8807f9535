/** Bulk operations and the tasks behind them: limits, permissions, progress, one failure beside many successes. */
import { type Answer, type Bench, benchOf, bug } from './jira-bench';

/** Long enough for any task of these tests. */
const LONG = 60_000;

async function madeBugs(bench: Bench, count: number): Promise<string[]> {
  const keys: string[] = [];
  for (let number = 1; number <= count; number += 1)
    keys.push((await bench.post('issue', bug(`in bulk ${number}`))).body.key);
  return keys;
}

async function ended(bench: Bench, answer: Answer) {
  expect([answer.status, answer.body]).toEqual([201, { taskId: expect.any(String) }]);
  bench.pass(LONG);
  return (await bench.get(`bulk/queue/${answer.body.taskId}`)).body;
}

const idOf = async (bench: Bench, key: string) => Number((await bench.get(`issue/${key}`)).body.id);

test('a bulk edit sets, adds and removes values in each issue, and tells of each issue', async () => {
  const bench = benchOf('acme');
  bench.as('Ada');
  const keys = await madeBugs(bench, 2);
  await bench.put(`issue/${keys[0]}`, { fields: { labels: ['old'] } });
  bench.events.length = 0;
  const body = {
    selectedIssueIdsOrKeys: [...keys, 'SUP-99999'],
    selectedActions: ['labels', 'priority'],
    editedFieldsInput: {
      labelsFields: [
        { fieldId: 'labels', bulkEditMultiSelectFieldOption: 'ADD', labels: [{ name: 'swept' }] },
      ],
      priority: { priorityId: (await bench.get('priority/search')).body.values[0].id },
    },
  };
  const progress = await ended(bench, await bench.post('bulk/issues/fields', body));
  expect(progress).toMatchObject({
    status: 'COMPLETE',
    progressPercent: 100,
    totalIssueCount: 3,
    invalidOrInaccessibleIssueCount: 1,
    processedAccessibleIssues: [await idOf(bench, keys[0] ?? ''), await idOf(bench, keys[1] ?? '')],
  });
  expect((await bench.get(`issue/${keys[0]}?fields=labels`)).body.fields.labels).toEqual(['old', 'swept']);
  expect(bench.events.map((event) => event.eventType)).toEqual([
    'avi:jira:updated:issue',
    'avi:jira:updated:issue',
  ]);
});

test.each([
  ['no issue', { selectedIssueIdsOrKeys: [] }, 'At least one issue must be selected.'],
  ['too many', { selectedIssueIdsOrKeys: Array(1001).fill('SUP-1') }, 'The maximum number of issues'],
  ['unknown property', { selectedIssueIdsOrKeys: ['SUP-1'], other: 1 }, 'Unrecognized field "other"'],
  ['nothing visible', { selectedIssueIdsOrKeys: ['NOPE-1'] }, 'None of the selected issues'],
])('a bulk delete of %s is refused in the form of bulk operations', async (_name, body, text) => {
  const bench = benchOf('acme');
  const answer = await bench.post('bulk/issues/delete', body);
  expect(answer.status).toBe(400);
  expect(answer.body).toEqual({ errors: [{ message: expect.stringContaining(text) }] });
});

test('watching in bulk works for people; an app lacks the global permission', async () => {
  const bench = benchOf('acme');
  bench.as('Ada');
  const [key = ''] = await madeBugs(bench, 1);
  bench.as('app');
  expect((await bench.post('bulk/issues/watch', { selectedIssueIdsOrKeys: [key] })).status).toBe(403);
  expect(
    (await bench.get('mypermissions?permissions=BULK_CHANGE')).body.permissions.BULK_CHANGE,
  ).toMatchObject({ havePermission: false });
  bench.as('Ada');
  const watched = await ended(
    bench,
    await bench.post('bulk/issues/watch', { selectedIssueIdsOrKeys: [key] }),
  );
  expect(watched.status).toBe('COMPLETE');
  expect((await bench.get(`issue/${key}/watchers`)).body.isWatching).toBe(true);
});

test('a task is enqueued, runs and can be cancelled; at most five run at once', async () => {
  const bench = benchOf('acme');
  bench.as('Ada');
  const keys = await madeBugs(bench, 6);
  const first = await bench.post('bulk/issues/delete', { selectedIssueIdsOrKeys: keys.slice(0, 1) });
  const id = first.body.taskId;
  bench.pass(-2_000);
  expect((await bench.get(`task/${id}`)).body).toMatchObject({ status: 'ENQUEUED', progress: 0 });
  bench.pass(-2_000);
  const cancelled = await bench.post(`task/${id}/cancel`);
  expect(cancelled.status).toBe(202);
  expect((await bench.get(`task/${id}`)).body.status).toBe('CANCELLED');
  expect((await bench.post(`task/${id}/cancel`)).body).toEqual([
    'The task is finished and cannot be cancelled.',
  ]);
  expect((await bench.get(`issue/${keys[0]}`)).status).toBe(200);
  for (const key of keys.slice(1)) {
    bench.pass(-2_000);
    const answer = await bench.post('bulk/issues/delete', { selectedIssueIdsOrKeys: [key] });
    expect(answer.status).toBe(201);
  }
  bench.pass(-2_000);
  const sixth = await bench.post('bulk/issues/delete', { selectedIssueIdsOrKeys: [keys[0]] });
  expect([sixth.status, sixth.body.errors[0].message]).toEqual([400, expect.stringContaining('At most 5')]);
  bench.pass(LONG);
  expect((await bench.get(`issue/${keys[1]}`)).status).toBe(404);
  bench.pass(15 * 86_400_000);
  expect((await bench.get(`task/${id}`)).status).toBe(404);
});

test('a bulk transition takes those issues along that have it, and reports the others', async () => {
  const bench = benchOf('acme');
  bench.as('Ada');
  const keys = await madeBugs(bench, 2);
  const offered = (await bench.get(`bulk/issues/transition?issueIdsOrKeys=${keys.join(',')}`)).body;
  expect(offered.availableTransitions).toHaveLength(1);
  expect(offered.availableTransitions[0].issues).toEqual(keys);
  const [transition] = offered.availableTransitions[0].transitions;
  await bench.post(`issue/${keys[1]}/transitions`, { transition: { id: String(transition.transitionId) } });
  const input = { selectedIssueIdsOrKeys: keys, transitionId: String(transition.transitionId) };
  const progress = await ended(
    bench,
    await bench.post('bulk/issues/transition', { bulkTransitionInputs: [input] }),
  );
  expect(progress.processedAccessibleIssues).toEqual([await idOf(bench, keys[0] ?? '')]);
  expect(Object.keys(progress.failedAccessibleIssues)).toEqual([String(await idOf(bench, keys[1] ?? ''))]);
  expect((await bench.get(`issue/${keys[0]}`)).body.fields.status.name).toBe(transition.to.statusName);
});

test('a moved issue answers under both keys, takes its subtasks along and says so in one entry', async () => {
  const bench = benchOf('acme');
  bench.as('Ada');
  const dev = (await bench.get('project/DEV')).body;
  const type = dev.issueTypes.find((row: { hierarchyLevel: number }) => row.hierarchyLevel === 0);
  const [key = ''] = await madeBugs(bench, 1);
  const mapping = {
    inferClassificationDefaults: true,
    inferFieldDefaults: true,
    inferStatusDefaults: true,
    inferSubtaskTypeDefault: true,
    issueIdsOrKeys: [key],
  };
  const move = await bench.post('bulk/issues/move', {
    targetToSourcesMapping: { [`DEV,${type.id}`]: mapping },
  });
  const progress = await ended(bench, move);
  expect(progress).toMatchObject({ status: 'COMPLETE', processedAccessibleIssues: [expect.any(Number)] });
  const moved = (await bench.get(`issue/${key}?expand=changelog`)).body;
  expect(moved.key).toMatch(/^DEV-/);
  expect((await bench.get(`issue/${moved.key}`)).body.id).toBe(moved.id);
  const fields = moved.changelog.histories[0].items.map((item: { field: string }) => item.field);
  expect(fields.slice(0, 2)).toEqual(['project', 'Key']);
  expect(bench.events.at(-1)).toMatchObject({ payload: { jiraEventTypeName: 'issue_moved' } });
});

test.each([
  ['DEV,1', 'The issue type 1 is not part of the project DEV.'],
  ['NOPE,10001', "No project could be found with key 'NOPE'."],
])('a move to %s is refused', async (target, text) => {
  const bench = benchOf('acme');
  bench.as('Ada');
  const keys = await madeBugs(bench, 1);
  const answer = await bench.post('bulk/issues/move', {
    targetToSourcesMapping: {
      [target]: {
        inferClassificationDefaults: true,
        inferFieldDefaults: true,
        inferStatusDefaults: true,
        inferSubtaskTypeDefault: true,
        issueIdsOrKeys: keys,
      },
    },
  });
  expect([answer.status, answer.body]).toEqual([400, { errors: [{ message: text }] }]);
});
