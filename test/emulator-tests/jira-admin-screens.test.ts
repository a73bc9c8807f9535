/** Screens as administrators change them, and what that does to create, edit and transition forms. */
import { type Bench, benchOf, bug } from './jira-bench';

/** Id of the screen of this name with its first tab. */
async function screenCalled(bench: Bench, name: string): Promise<{ id: number; tab: string }> {
  const found = await bench.get(`screens?queryString=${encodeURIComponent(name)}`);
  const { id } = found.body.values[0];
  const tabs = (await bench.get(`screens/${id}/tabs`)).body;
  return { id, tab: `screens/${id}/tabs/${tabs[0].id}` };
}

test('a field taken off the edit screen can no longer be set, and comes back with it', async () => {
  const bench = benchOf('acme');
  bench.as('Ada');
  const { key } = (await bench.post('issue', bug('screen test'))).body;
  const { id, tab } = await screenCalled(bench, 'SUP: Edit');
  const edit = () => bench.put(`issue/${key}`, { fields: { labels: ['x'] } });
  expect((await edit()).status).toBe(204);
  expect((await bench.call('DELETE', `${tab}/fields/labels`)).status).toBe(204);
  expect((await edit()).body.errors.labels).toMatch(/not on the appropriate screen/);
  expect((await bench.get(`issue/${key}/editmeta`)).body.fields.labels).toBeUndefined();
  const available = (await bench.get(`screens/${id}/availableFields`)).body;
  expect(available.map((row: { id: string }) => row.id)).toContain('labels');
  expect((await bench.post(`${tab}/fields`, { fieldId: 'labels' })).body).toEqual({
    id: 'labels',
    name: 'Labels',
  });
  await bench.post(`${tab}/fields/labels/move`, { position: 'First' });
  expect((await bench.get(`${tab}/fields`)).body[0].id).toBe('labels');
  expect((await edit()).status).toBe(204);
  const screens = (await bench.get('field/labels/screens?expand=tab')).body.values;
  expect(screens.find((row: { id: number }) => row.id === id).tab.name).toBe('Field Tab');
});

test('a transition asks for what its screen shows', async () => {
  const bench = benchOf('acme');
  bench.as('Ada');
  const { tab } = await screenCalled(bench, 'Approve Screen');
  await bench.call('DELETE', `${tab}/fields/fixVersions`);
  expect((await bench.get(`${tab}/fields`)).body.map((row: { id: string }) => row.id)).toEqual([
    'resolution',
  ]);
});

test('a project shows the screens of the scheme it is given', async () => {
  const bench = benchOf('acme');
  bench.as('Ada');
  const screen = (await bench.post('screens', { name: 'Tiny' })).body.id;
  const tab = (await bench.get(`screens/${screen}/tabs`)).body[0].id;
  await bench.post(`screens/${screen}/tabs/${tab}/fields`, { fieldId: 'summary' });
  const scheme = (await bench.post('screenscheme', { name: 'Tiny', screens: { default: screen } })).body.id;
  const mappings = [{ issueTypeId: 'default', screenSchemeId: String(scheme) }];
  const typed = await bench.post('issuetypescreenscheme', { name: 'Tiny', issueTypeMappings: mappings });
  const project = (await bench.get('project/SUP')).body;
  const assign = { issueTypeScreenSchemeId: typed.body.id, projectId: project.id };
  expect((await bench.put('issuetypescreenscheme/project', assign)).status).toBe(204);
  const bugType = project.issueTypes.find((row: { name: string }) => row.name === 'Bug').id;
  const meta = (await bench.get(`issue/createmeta/SUP/issuetypes/${bugType}`)).body.fields;
  expect(meta.map((row: { fieldId: string }) => row.fieldId).sort()).toEqual([
    'issuetype',
    'project',
    'summary',
  ]);
  expect((await bench.post('issue', bug('x', { labels: ['a'] }))).body.errors.labels).toMatch(
    /cannot be set/,
  );
  const used = await bench.get(`issuetypescreenscheme/${typed.body.id}/project`);
  expect(used.body.values.map((row: { key: string }) => row.key)).toEqual(['SUP']);
  for (const path of [
    `screens/${screen}`,
    `screenscheme/${scheme}`,
    `issuetypescreenscheme/${typed.body.id}`,
  ]) {
    expect([path, (await bench.call('DELETE', path)).status]).toEqual([path, 400]);
  }
});

test('tabs are made, named, moved and deleted', async () => {
  const bench = benchOf('acme');
  bench.as('Ada');
  const { id } = await screenCalled(bench, 'SUP: Edit');
  const second = (await bench.post(`screens/${id}/tabs`, { name: 'More' })).body.id;
  expect((await bench.post(`screens/${id}/tabs/${second}/move/0`)).status).toBe(204);
  expect((await bench.put(`screens/${id}/tabs/${second}`, { name: 'Extra' })).body.name).toBe('Extra');
  const listed = (await bench.get(`screens/tabs?screenId=${id}`)).body.values;
  expect(listed.map((row: { tabName: string }) => row.tabName)).toEqual(['Extra', 'Field Tab']);
  expect((await bench.call('DELETE', `screens/${id}/tabs/${second}`)).status).toBe(204);
});

test.each([
  ['Carla', 'GET', 'screens', undefined, 403],
  ['Carla', 'POST', 'screens', { name: 'x' }, 403],
  ['Carla', 'GET', 'screenscheme', undefined, 403],
  ['Carla', 'GET', 'issuetypescreenscheme', undefined, 403],
  ['Ada', 'POST', 'screens', { name: 'Default Screen' }, 400],
  ['Ada', 'POST', 'screens', { name: 'x', tabs: [] }, 400],
  ['Ada', 'DELETE', 'screens/1', undefined, 400],
  ['Ada', 'DELETE', 'screens/999', undefined, 404],
  ['Ada', 'POST', 'screens/addToDefault/summary', undefined, 404],
  ['Ada', 'POST', 'screens/addToDefault/duedate', undefined, 200],
  ['Ada', 'GET', 'screens/1/tabs?projectKey=SUP', undefined, 404],
  ['Ada', 'POST', 'screenscheme', { name: 'x', screens: { default: 999 } }, 404],
  ['Ada', 'POST', 'screenscheme', { name: 'x', screens: { create: 1 } }, 400],
  ['Ada', 'POST', 'issuetypescreenscheme', { name: 'x', issueTypeMappings: [] }, 400],
  ['Ada', 'GET', 'issuetypescreenscheme/project', undefined, 400],
  ['Ada', 'GET', 'issuetypescreenscheme/mapping', undefined, 200],
  ['Ada', 'GET', 'screenscheme?expand=issueTypeScreenSchemes&orderBy=-name', undefined, 200],
])('%s %s %s', async (who, method, path, body, status) => {
  const bench = benchOf('acme');
  bench.as(who);
  const answer = await bench.call(method, path, body);
  expect([answer.status, answer.headers.get('x-emulator-refused')]).toEqual([status, null]);
});
