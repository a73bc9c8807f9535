/** Stories of two sites: what people do, and what both sites show afterwards. */
import { differences, sayIssues } from './compare-sites';
import { World } from './world';

test('a new issue appears on the other site, and an edit of it follows', async () => {
  const world = await World.start();
  const issue = world.acme.site.people.create('Ada', 'Printer smokes');
  await world.run();
  expect(differences(world)).toEqual([]);
  expect(sayIssues(world.globex).size).toBe(1);
  world.acme.site.people.edit('Ada', issue.id, { summary: 'Printer burns' });
  await world.run();
  expect(sayIssues(world.globex).get('Printer')?.[0]?.summary).toBe('Printer burns');
  await world.settle();
  expect(differences(world)).toEqual([]);
  expect(world.tidy()).toEqual({ dirty: 0, outbox: 0, inbox: 0, problems: [] });
});
