/** Versions and components: who may change them, what issues say afterwards, which events leave. */
import { type Bench, benchOf, bug } from './jira-bench';

async function made(bench: Bench, name: string, more: Record<string, unknown> = {}): Promise<string> {
  const answer = await bench.post('version', { project: 'SUP', name, ...more });
  expect([answer.status, answer.body.name]).toEqual([201, name]);
  return answer.body.id;
}

const names = async (bench: Bench) =>
  (await bench.get('project/SUP/versions')).body.map((row: { name: string }) => row.name);

test('a deleted version is swapped or cleared in issues, with a changelog entry and one event', async () => {
  const bench = benchOf('acme');
  bench.as('Ada');
  const [old, next] = [await made(bench, 'Old'), await made(bench, 'Next')];
  const { key } = (
    await bench.post(
      'issue',
      bug('carries versions', { fixVersions: [{ id: old }], versions: [{ id: old }] }),
    )
  ).body;
  expect((await bench.get(`version/${old}/relatedIssueCounts`)).body).toMatchObject({
    issuesFixedCount: 1,
    issuesAffectedCount: 1,
  });
  expect((await bench.get(`version/${old}/unresolvedIssueCount`)).body).toMatchObject({
    issuesCount: 1,
    issuesUnresolvedCount: 1,
  });
  bench.events.length = 0;
  const swap = { moveFixIssuesTo: Number(next) };
  expect((await bench.post(`version/${old}/removeAndSwap`, swap)).status).toBe(204);
  const { fields } = (await bench.get(`issue/${key}`)).body;
  expect(fields.fixVersions.map((row: { name: string }) => row.name)).toEqual(['Next']);
  expect(fields.versions).toEqual([]);
  const history = (await bench.get(`issue/${key}/changelog`)).body.values.at(-1).items;
  expect(history.map((row: { field: string; toString: string }) => [row.field, row.toString])).toEqual([
    ['Fix Version', null],
    ['Fix Version', 'Next'],
    ['Version', null],
  ]);
  expect(bench.events.map((event) => event.eventType)).toEqual(['avi:jira:deleted:version']);
});

test('merging, releasing, archiving and moving have events of their own', async () => {
  const bench = benchOf('acme');
  bench.as('Ada');
  const [first, second, third] = [await made(bench, 'M1'), await made(bench, 'M2'), await made(bench, 'M3')];
  const open = (await bench.post('issue', bug('unfixed', { fixVersions: [{ id: first }] }))).body.key;
  bench.events.length = 0;
  const self = (await bench.get(`version/${third}`)).body.self;
  await bench.put(`version/${first}`, { released: true, moveUnfixedIssuesTo: self });
  await bench.put(`version/${first}`, { archived: true });
  await bench.put(`version/${first}`, { archived: false, released: false, description: 'again' });
  await bench.post(`version/${third}/move`, { position: 'First' });
  expect((await bench.put(`version/${third}/mergeto/${second}`)).status).toBe(204);
  expect(bench.events.map((event) => event.eventType.split(':')[2])).toEqual([
    ...['released', 'archived', 'unreleased', 'unarchived', 'updated', 'moved', 'merged'],
  ]);
  const { fixVersions } = (await bench.get(`issue/${open}`)).body.fields;
  expect(fixVersions.map((row: { name: string }) => row.name)).toEqual(['M2']);
});

test('the order of versions is that of moves', async () => {
  const bench = benchOf('acme');
  bench.as('Ada');
  const before = await names(bench);
  const id = await made(bench, 'Z-last');
  const first = (await bench.get('project/SUP/versions')).body[0];
  await bench.post(`version/${id}/move`, { after: first.self });
  expect(await names(bench)).toEqual([before[0], 'Z-last', ...before.slice(1)]);
  await bench.post(`version/${id}/move`, { position: 'Earlier' });
  expect((await names(bench))[0]).toBe('Z-last');
  const page = await bench.get('project/SUP/version?orderBy=-sequence&maxResults=1');
  expect(page.body.values[0].name).not.toBe('Z-last');
  const meta = await bench.get(
    'project/SUP/version?query=z-LAST&status=unreleased&expand=issuesstatus,operations',
  );
  expect(meta.body.values[0]).toMatchObject({
    issuesStatusForFixVersion: { unmapped: 0, toDo: 0, inProgress: 0, done: 0 },
    operations: [{ label: 'Release' }, { label: 'Archive' }, { label: 'Delete' }],
  });
});

test.each([
  ['Carla', 'POST', 'version', { project: 'SUP', name: 'N' }, 404],
  ['Carla', 'DELETE', 'version/FIRST', undefined, 401],
  ['Carla', 'PUT', 'version/FIRST', { name: 'N' }, 400],
  ['Carla', 'POST', 'component', { project: 'SUP', name: 'N' }, 403],
  ['Ada', 'POST', 'version', { project: 'SUP', name: 'N', colour: 'red' }, 400],
  ['Ada', 'POST', 'version', { project: 'SUP', name: ' ' }, 400],
  ['Ada', 'POST', 'version', { project: 'SUP', name: 'N', startDate: '2026-02-30' }, 400],
  ['Ada', 'DELETE', 'version/FIRST?moveFixIssuesTo=FIRST', undefined, 400],
  ['Ada', 'POST', 'version/FIRST/move', { position: 'First', after: 'x' }, 400],
  ['Ada', 'POST', 'version/FIRST/move', { position: 'Middle' }, 400],
  ['Ada', 'POST', 'version/FIRST/removeAndSwap', { moveFixIssuesTo: 1 }, 400],
  ['Ada', 'DELETE', 'version/1', undefined, 404],
  ['Ada', 'DELETE', 'component/1', undefined, 404],
  ['Ada', 'POST', 'component', { project: 'SUP', name: 'N', assigneeType: 'NOBODY' }, 400],
  ['Ada', 'POST', 'component', { project: 'SUP', name: 'x'.repeat(256) }, 400],
  ['Ada', 'GET', 'project/SUP/component?orderBy=colour', undefined, 400],
])('%s %s %s is refused', async (who, method, path, body, status) => {
  const bench = benchOf('acme');
  const first = (await bench.get('project/SUP/versions')).body[0].id;
  bench.as(who);
  const answer = await bench.call(method, path.replaceAll('FIRST', first), body);
  expect([answer.status, answer.headers.get('x-emulator-refused')]).toEqual([status, null]);
});

test('a component gives new issues to its lead, and is swapped when it goes', async () => {
  const bench = benchOf('acme');
  bench.as('Ada');
  const ben = bench.site.users().find((user) => user.name.startsWith('Ben'))?.accountId;
  const leads = { project: 'SUP', assigneeType: 'COMPONENT_LEAD', leadAccountId: ben };
  const one = (await bench.post('component', { ...leads, name: 'One' })).body;
  const two = (await bench.post('component', { project: 'SUP', name: 'Two' })).body;
  expect([one.isAssigneeTypeValid, one.assignee.accountId, one.realAssigneeType]).toEqual([
    true,
    ben,
    'COMPONENT_LEAD',
  ]);
  const { key } = (await bench.post('issue', bug('for Ben', { components: [{ id: one.id }] }))).body;
  expect((await bench.get(`issue/${key}`)).body.fields.assignee.accountId).toBe(ben);
  expect((await bench.get(`component/${one.id}/relatedIssueCounts`)).body.issueCount).toBe(1);
  expect((await bench.call('DELETE', `component/${one.id}?moveIssuesTo=${two.id}`)).status).toBe(204);
  const { components } = (await bench.get(`issue/${key}`)).body.fields;
  expect(components.map((row: { name: string }) => row.name)).toEqual(['Two']);
  expect(bench.events.at(-1)?.eventType).toBe('avi:jira:deleted:component');
  const found = await bench.get('component?projectIdsOrKeys=SUP&query=two');
  expect(found.body.values.map((row: { name: string }) => row.name)).toEqual(['Two']);
});
