/** Custom fields, contexts and options as administrators change them, and what issues make of it. */
import { type Bench, benchOf, bug } from './jira-bench';

const PREFIX = 'com.atlassian.jira.plugin.system.customfieldtypes:';

/** Makes a select field and puts it on the forms of project SUP; returns its id and global context. */
async function madeSelect(bench: Bench, name: string): Promise<{ id: string; context: string }> {
  const answer = await bench.post('field', {
    name,
    type: `${PREFIX}select`,
    searcherKey: `${PREFIX}multiselectsearcher`,
  });
  expect(answer.status).toBe(201);
  const { id } = answer.body;
  for (const screen of ['SUP: Create', 'SUP: Edit']) {
    const found = await bench.get(`screens?queryString=${encodeURIComponent(screen)}`);
    const base = `screens/${found.body.values[0].id}/tabs`;
    const tab = (await bench.get(base)).body[0].id;
    await bench.post(`${base}/${tab}/fields`, { fieldId: id });
  }
  return { id, context: (await bench.get(`field/${id}/context`)).body.values[0].id };
}

const eventTypes = (bench: Bench) => bench.events.map((event) => event.eventType.replace('avi:jira:', ''));

test('a new field is created, filled, searched, renamed, trashed and restored', async () => {
  const bench = benchOf('acme');
  bench.as('Ada');
  const { id, context } = await madeSelect(bench, 'Colour');
  const options = `field/${id}/context/${context}/option`;
  await bench.post(options, { options: [{ value: 'Red' }, { value: 'Blue' }] });
  const { key } = (await bench.post('issue', bug('coloured', { [id]: { value: 'Red' } }))).body;
  expect((await bench.get(`issue/${key}`)).body.fields[id].value).toBe('Red');
  const found = await bench.get(`search/jql?jql=${encodeURIComponent('Colour = Red')}`);
  expect(found.body.issues).toHaveLength(1);
  const trashed = await bench.post(`field/${id}/trash`);
  expect(trashed.status).toBe(200);
  expect((await bench.get(`issue/${key}`)).body.fields[id]).toBeUndefined();
  expect((await bench.get(`search/jql?jql=${encodeURIComponent('Colour = Red')}`)).status).toBe(400);
  const trash = (await bench.get('field/search/trashed')).body.values;
  expect(trash.map((row: { id: string }) => row.id)).toEqual([id]);
  await bench.post(`field/${id}/restore`);
  await bench.put(`field/${id}`, { name: 'Tint' });
  expect((await bench.get(`issue/${key}`)).body.fields[id].value).toBe('Red');
  expect((await bench.get(`search/jql?jql=${encodeURIComponent('Tint = Red')}`)).body.issues).toHaveLength(1);
  expect(eventTypes(bench)).toEqual([
    ...['created:field', 'created:issue', 'trashed:field', 'restored:field', 'updated:field'],
  ]);
  const listed = (
    await bench.get(`field/search?id=${id}&expand=screensCount,searcherKey,lastUsed,projectsCount`)
  ).body.values[0];
  expect(listed).toMatchObject({ screensCount: 2, searcherKey: `${PREFIX}multiselectsearcher` });
});

test('a project context hides the global one and offers its own options', async () => {
  const bench = benchOf('acme');
  bench.as('Ada');
  const { id, context } = await madeSelect(bench, 'Size');
  await bench.post(`field/${id}/context/${context}/option`, { options: [{ value: 'Global' }] });
  const sup = (await bench.get('project/SUP')).body;
  const bugType = sup.issueTypes.find((row: { name: string }) => row.name === 'Bug').id;
  const made = await bench.post(`field/${id}/context`, {
    name: 'For support',
    projectIds: [sup.id],
    issueTypeIds: [bugType],
  });
  expect(made.status).toBe(201);
  const own = made.body.id;
  await bench.post(`field/${id}/context/${own}/option`, { options: [{ value: 'S' }, { value: 'M' }] });
  const meta = async (type: string) =>
    (await bench.get(`issue/createmeta/SUP/issuetypes/${type}`)).body.fields.find(
      (row: { fieldId: string }) => row.fieldId === id,
    );
  expect((await meta(bugType)).allowedValues.map((row: { value: string }) => row.value)).toEqual(['S', 'M']);
  const other = sup.issueTypes.find((row: { name: string }) => row.name !== 'Bug').id;
  expect(await meta(other)).toBeUndefined();
  const mappings = [
    { projectId: sup.id, issueTypeId: bugType },
    { projectId: sup.id, issueTypeId: other },
  ];
  const found = (await bench.post(`field/${id}/context/mapping`, { mappings })).body.values;
  expect(found.map((row: { contextId: string | null }) => row.contextId)).toEqual([own, null]);
  await bench.post(`field/${id}/context/${own}/issuetype/remove`, { issueTypeIds: [bugType] });
  expect((await meta(other)).allowedValues).toHaveLength(2);
  expect((await bench.call('DELETE', `field/${id}/context/${context}`)).status).toBe(400);
  expect((await bench.call('DELETE', `field/${id}/context/${own}`)).status).toBe(204);
  expect((await meta(other)).allowedValues.map((row: { value: string }) => row.value)).toEqual(['Global']);
  expect(eventTypes(bench).filter((name) => name.includes('context'))).toEqual([
    ...['created:field:context', 'updated:field:context', 'deleted:field:context'],
  ]);
});

test('options are moved, renamed and deleted', async () => {
  const bench = benchOf('acme');
  bench.as('Ada');
  const { id, context } = await madeSelect(bench, 'Rank of things');
  const path = `field/${id}/context/${context}/option`;
  const made = (await bench.post(path, { options: ['A', 'B', 'C'].map((value) => ({ value })) })).body
    .options;
  const [a, b, c] = made.map((row: { id: string }) => row.id);
  await bench.put(`${path}/move`, { customFieldOptionIds: [c], position: 'First' });
  await bench.put(`${path}/move`, { customFieldOptionIds: [a], after: b });
  const update = await bench.put(path, {
    options: [
      { id: b, value: 'Bee' },
      { id: c, value: 'C' },
    ],
  });
  expect(update.body.options).toEqual([{ id: b, value: 'Bee', disabled: false }]);
  expect((await bench.get(path)).body.values.map((row: { value: string }) => row.value)).toEqual([
    'C',
    'Bee',
    'A',
  ]);
  expect((await bench.call('DELETE', `${path}/${a}`)).status).toBe(204);
  expect((await bench.get(path)).body.total).toBe(2);
});

test.each([
  ['Carla', 'POST', 'field', { name: 'x', type: `${PREFIX}select` }, 400],
  ['Carla', 'GET', 'field/search/trashed', undefined, 403],
  ['Carla', 'POST', 'field/customfield_10031/context', { name: 'x' }, 403],
  ['Ada', 'POST', 'field', { name: 'x', type: `${PREFIX}nothing` }, 400],
  ['Ada', 'POST', 'field', { name: 'x', type: `${PREFIX}select`, searcherKey: `${PREFIX}textsearcher` }, 400],
  ['Ada', 'PUT', 'field/summary', { name: 'x' }, 404],
  ['Ada', 'POST', 'field/customfield_10019/trash', undefined, 400],
  ['Ada', 'POST', 'field/customfield_10031/restore', undefined, 400],
  ['Ada', 'POST', 'field/customfield_10031/context', { name: 'x' }, 400],
  ['Ada', 'POST', 'field/customfield_10031/context', { name: 'x', projectIds: ['1'] }, 404],
  ['Ada', 'GET', 'field/search?type=strange', undefined, 400],
  ['Ada', 'GET', 'field/search?orderBy=-screensCount', undefined, 200],
  ['Ada', 'GET', 'field/customfield_10031/association/project', undefined, 200],
  ['Ada', 'GET', 'projects/fields?projectId=10000', undefined, 400],
])('%s %s %s', async (who, method, path, body, status) => {
  const bench = benchOf('acme');
  bench.as(who);
  const answer = await bench.call(method, path, body);
  expect([answer.status, answer.headers.get('x-emulator-refused')]).toEqual([status, null]);
});
