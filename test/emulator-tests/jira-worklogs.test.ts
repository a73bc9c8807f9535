/** Worklogs beyond one issue: properties, and the lists of what changed and what is gone. */
import { benchOf, bug } from './jira-bench';

test('properties of a worklog come with it, are written apart, and show on request only', async () => {
  const bench = benchOf('acme');
  bench.as('Ada');
  const { key } = (await bench.post('issue', bug('worked on'))).body;
  const body = { timeSpent: '1h', properties: [{ key: 'bill', value: { paid: false } }] };
  const made = await bench.post(`issue/${key}/worklog?expand=properties`, body);
  expect(made.body.properties).toEqual(body.properties);
  const path = `issue/${key}/worklog/${made.body.id}`;
  expect((await bench.get(path)).body.properties).toBeUndefined();
  const statuses = [
    (await bench.put(`${path}/properties/bill`, { paid: true })).status,
    (await bench.put(`${path}/properties/note`, 'x')).status,
    (await bench.call('DELETE', `${path}/properties/note`)).status,
    (await bench.get(`${path}/properties/note`)).status,
  ];
  expect(statuses).toEqual([200, 201, 204, 404]);
  const list = (await bench.get(`issue/${key}/worklog?expand=properties`)).body.worklogs;
  expect(list[0].properties).toEqual([{ key: 'bill', value: { paid: true } }]);
});

test('changed and deleted worklogs are told a minute later', async () => {
  const bench = benchOf('acme');
  bench.as('Ada');
  const { key } = (await bench.post('issue', bug('worked on'))).body;
  const { id } = (await bench.post(`issue/${key}/worklog`, { timeSpent: '1h' })).body;
  const told = async (path: string) =>
    (await bench.get(`worklog/${path}`)).body.values.map((row: { worklogId: number }) => row.worklogId);
  expect(await told('updated')).not.toContain(Number(id));
  bench.pass(60_000);
  expect((await told('updated')).at(-1)).toBe(Number(id));
  await bench.call('DELETE', `issue/${key}/worklog/${id}`);
  expect(await told('updated')).not.toContain(Number(id));
  expect(await told('deleted')).toEqual([]);
  bench.pass(60_000);
  expect(await told('deleted')).toEqual([Number(id)]);
});
