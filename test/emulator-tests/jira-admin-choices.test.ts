/** Priorities, resolutions, issue types and link types under administration. */
import { type Bench, benchOf, bug } from './jira-bench';

const namesOf = (rows: { name: string }[]) => rows.map((row) => row.name);

async function priorityNames(bench: Bench): Promise<string[]> {
  return namesOf((await bench.get('priority')).body);
}

test('a new priority is offered by forms, moved in all lists and made the default', async () => {
  const bench = benchOf('acme');
  bench.as('Ada');
  const made = await bench.post('priority', { name: 'Right now', statusColor: '#ff0000' });
  const id = made.body.id;
  expect(made.status).toBe(201);
  expect((await priorityNames(bench)).at(-1)).toBe('Right now');
  expect((await bench.put('priority/move', { ids: [id], position: 'First' })).status).toBe(204);
  expect((await priorityNames(bench))[0]).toBe('Right now');
  await bench.put(`priority/${id}`, { description: 'Drop everything' });
  expect((await bench.put('priority/default', { id })).status).toBe(204);
  const found = (await bench.get('priority/search?onlyDefault=true')).body.values;
  expect(found).toMatchObject([{ name: 'Right now', description: 'Drop everything', isDefault: true }]);
});

test('a new resolution can be set by a transition', async () => {
  const bench = benchOf('acme');
  bench.as('Ada');
  const { id } = (await bench.post('resolution', { name: 'Sold', description: 'Gone' })).body;
  await bench.put('resolution/move', { ids: [id], position: 'First' });
  expect(namesOf((await bench.get('resolution')).body)[0]).toBe('Sold');
  await bench.put('resolution/default', { id });
  const [only] = (await bench.get('resolution/search?onlyDefault=true')).body.values;
  expect([only.id, only.default]).toEqual([id, true]);
  await bench.put(`resolution/${id}`, { name: 'Sold out' });
  expect((await bench.get(`resolution/${id}`)).body).toMatchObject({ name: 'Sold out', description: 'Gone' });
});

test('an issue type that goes hands its issues to another one', async () => {
  const bench = benchOf('acme');
  bench.as('Ada');
  const made = (await bench.post('issuetype', { name: 'Wish', type: 'standard' })).body;
  expect([made.subtask, made.hierarchyLevel]).toEqual([false, 0]);
  await bench.put(`issuetype/${made.id}`, { name: 'Dream' });
  expect((await bench.get(`issuetype/${made.id}`)).body.name).toBe('Dream');
  expect((await bench.put(`issuetype/${made.id}/properties/k`, { a: 1 })).status).toBe(201);
  expect((await bench.get(`issuetype/${made.id}/properties/k`)).body.value).toEqual({ a: 1 });
  expect((await bench.call('DELETE', `issuetype/${made.id}`)).status).toBe(204);
  const { key } = (await bench.post('issue', bug('typed'))).body;
  const type = (await bench.get(`issue/${key}`)).body.fields.issuetype;
  const others = (await bench.get(`issuetype/${type.id}/alternatives`)).body;
  expect((await bench.call('DELETE', `issuetype/${type.id}`)).status).toBe(404);
  expect((await bench.call('DELETE', `issuetype/${type.id}?alternativeIssueTypeId=${type.id}`)).status).toBe(
    409,
  );
  const [to] = others;
  const gone = await bench.call('DELETE', `issuetype/${type.id}?alternativeIssueTypeId=${to.id}`);
  expect(gone.status).toBe(204);
  expect((await bench.get(`issue/${key}`)).body.fields.issuetype.name).toBe(to.name);
  expect((await bench.get(`issue/${key}/changelog`)).body.values.at(-1).items[0].field).toBe('issuetype');
  expect(bench.events.map((event) => event.eventType).filter((name) => /issuetype$/.test(name))).toEqual([
    'avi:jira:created:issuetype',
    'avi:jira:updated:issuetype',
    'avi:jira:deleted:issuetype',
    'avi:jira:deleted:issuetype',
  ]);
});

test('link types are made, renamed and deleted with their links', async () => {
  const bench = benchOf('acme');
  bench.as('Ada');
  const type = (await bench.post('issueLinkType', { name: 'Feeds', inward: 'is fed by', outward: 'feeds' }))
    .body;
  const [one, two] = ['one', 'two'];
  const keys: string[] = [];
  for (const summary of [one, two]) keys.push((await bench.post('issue', bug(summary))).body.key);
  const link = { type: { name: 'Feeds' }, inwardIssue: { key: keys[0] }, outwardIssue: { key: keys[1] } };
  expect((await bench.post('issueLink', link)).status).toBe(201);
  await bench.put(`issueLinkType/${type.id}`, { outward: 'nourishes' });
  const links = async () => (await bench.get(`issue/${keys[0]}`)).body.fields.issuelinks;
  expect((await links())[0].type.outward).toBe('nourishes');
  expect((await bench.call('DELETE', `issueLinkType/${type.id}`)).status).toBe(204);
  expect(await links()).toEqual([]);
});

test.each([
  ['Carla', 'POST', 'priority', { name: 'x', statusColor: '#fff' }, 403],
  ['Carla', 'POST', 'issuetype', { name: 'x' }, 403],
  ['Carla', 'POST', 'issueLinkType', { name: 'x', inward: 'y', outward: 'z' }, 404],
  ['Carla', 'PUT', 'resolution/default', { id: '1' }, 403],
  ['Ada', 'POST', 'priority', { name: 'x', statusColor: 'red' }, 400],
  ['Ada', 'POST', 'resolution', { description: 'x' }, 400],
  ['Ada', 'PUT', 'priority/default', { id: '9' }, 404],
  ['Ada', 'PUT', 'resolution/move', { ids: ['9'], position: 'First' }, 404],
  ['Ada', 'POST', 'issuetype', { name: 'Bug' }, 409],
  ['Ada', 'POST', 'issuetype', { name: 'x'.repeat(61) }, 400],
  ['Ada', 'POST', 'issuetype', { name: 'x', colour: 'red' }, 400],
  ['Ada', 'PUT', 'issueLinkType/x', { name: 'x' }, 400],
  ['Ada', 'POST', 'issueLinkType', { name: 'x' }, 400],
])('%s %s %s', async (who, method, path, body, status) => {
  const bench = benchOf('acme');
  bench.as(who);
  const answer = await bench.call(method, path, body);
  expect([answer.status, answer.headers.get('x-emulator-refused')]).toEqual([status, null]);
});
