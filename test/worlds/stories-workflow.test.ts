/** Stories of ways through a workflow that take several steps: where they stop is nobody's edit. */
import { differences } from './compare-sites';
import { World } from './world';

/** An issue that is done. Globex reopens it with one step; acme, whose word counts in a draw, needs two: by 3 to 1. */
async function started(): Promise<{ world: World; here: string; there: string }> {
  const world = await World.start();
  const { acme, globex } = world;
  const issue = acme.site.people.create('Ada', 'Printer smokes');
  await world.run();
  acme.site.people.move('Ada', issue.id, '3');
  acme.site.people.move('Ada', issue.id, '10003');
  await world.settle();
  const twin = [...globex.site.issues.values()][0];
  expect(twin?.statusId).toBe('503');
  return { world, here: issue.id, there: twin?.id ?? '' };
}

const statuses = ({ acme, globex }: World, here: string, there: string): unknown[] => [
  acme.site.issues.get(here)?.statusId,
  globex.site.issues.get(there)?.statusId,
];

/** Jira is busy before the second step and for a while; `meanwhile` happens then. */
function pauseHalfWay({ acme }: World, meanwhile: () => void): { steps(): number } {
  let steps = 0;
  acme.site.failure = (call) => {
    if (call !== 'transition') return undefined;
    steps += 1;
    if (steps === 2) meanwhile();
    return steps === 2 || steps === 3 ? { kind: 'unavailable', message: 'Jira is busy.' } : undefined;
  };
  return { steps: () => steps };
}

test('Jira wants a pause half-way: the rest of the way is gone later, and nothing comes back', async () => {
  const { world, here, there } = await started();
  const pause = pauseHalfWay(world, () => undefined);
  world.globex.site.people.move('Grace', there, '501');
  await world.settle();
  expect(pause.steps()).toBe(4);
  expect(statuses(world, here, there)).toEqual(['1', '501']);
  expect(differences(world)).toEqual([]);
  expect(world.globex.site.echoes).toEqual([]);
});

test('an edit of another field is offered half-way, the status where it stopped is not', async () => {
  const { world, here, there } = await started();
  pauseHalfWay(world, () => world.acme.site.people.edit('Ada', here, { labels: ['here'] }));
  world.globex.site.people.move('Grace', there, '501');
  await world.settle();
  expect(statuses(world, here, there)).toEqual(['1', '501']);
  expect(world.globex.site.issues.get(there)?.fields['labels']).toEqual(['here']);
  expect(differences(world)).toEqual([]);
});

test('once the way is gone, the status half-way is one like any other', async () => {
  const { world, here, there } = await started();
  world.globex.site.people.move('Grace', there, '501');
  await world.settle();
  expect(statuses(world, here, there)).toEqual(['1', '501']);
  world.acme.site.people.move('Ada', here, '3');
  await world.settle();
  expect(statuses(world, here, there)).toEqual(['3', '502']);
});
