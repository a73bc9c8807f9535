/** Stories of issues that move from one shared project to another: the pair rests until both moved, and goes on there. */

import type { Mapping } from '#core/model/contract';
import { startDrift } from '#engine/drift/steer-drift';
import type { MemoryIssue } from '../support/memory-site';
import { always, commentsOf, has, twinOf } from './lifecycle-world';
import { storySetting } from './setting';
import { bindingOf, mapping, type SiteFacts } from './site-facts';
import { link, type Side, World } from './world';

const tidy = { dirty: 0, outbox: 0, inbox: 0, problems: [] };

/** The same fields under other names, in the second project of each site. */
function second(): Mapping {
  const fields = mapping.fields.map((field) => ({ ...field, id: `x-${field.id}` }));
  const types = mapping.types.map((type) => ({ ...type, id: `x-${type.id}` }));
  return { ...mapping, id: 'm2', label: 'Secrets', types, fields };
}

function bindings(facts: SiteFacts) {
  const first = bindingOf(facts);
  const fields = first.fields.map((field) => ({ ...field, slot: `x-${field.slot}` }));
  const types = first.types.map((type) => ({ ...type, slot: `x-${type.slot}` }));
  return [first, { ...first, mapping: 'm2', projectId: facts.privateProject.id, types, fields }];
}

/** Twins of moved issues are deleted, unless both projects are shared. */
async function twoProjects(): Promise<{ world: World; issue: MemoryIssue; twin: MemoryIssue }> {
  const mappings = [mapping, second()].map((one) => ({ ...one, lifecycle: always('delete') }));
  const world = new World(1, { ...storySetting, contract: { ...storySetting.contract, mappings }, bindings });
  await world.connectBoth();
  const issue = world.acme.site.people.create('Ada', 'Printer smokes');
  await world.settle();
  return { world, issue, twin: twinOf(world, issue) };
}

function move({ site, facts }: Side, issue: MemoryIssue, where: 'project' | 'privateProject'): void {
  site.ends.moveTo(issue.id, facts[where]);
}

const problems = (side: Side): string => JSON.stringify(side.store.rows('problem').map(({ body }) => body));

test('rests with a problem that says what to do, and nothing is deleted or sent', async () => {
  const { world, issue, twin } = await twoProjects();
  move(world.acme, issue, 'privateProject');
  await world.settle();
  expect([has(world.acme, issue), has(world.globex, twin)]).toEqual([true, true]);
  expect(problems(world.acme)).toContain(`Have ${twin.key} moved`);
  expect(problems(world.globex)).toContain('Move this issue');
  world.acme.site.people.edit('Ada', issue.id, { summary: 'Printer secret' });
  world.globex.site.people.edit('Grace', twin.id, { labels: ['there'] });
  world.globex.site.people.comment('Grace', twin.id, 'Hello?');
  await startDrift(world.acme.ports(), { id: link, full: true });
  await world.settle();
  expect(twin.fields['summary']).toBe('Printer smokes');
  expect([issue.fields['labels'], issue.comments.length]).toEqual([[], 0]);
});

test.each(['one after the other', 'at the same time'])('goes on under the other mapping: %s', async (how) => {
  const { world, issue, twin } = await twoProjects();
  move(world.acme, issue, 'privateProject');
  if (how === 'one after the other') await world.settle();
  world.acme.site.people.edit('Ada', issue.id, { summary: 'Printer moved' });
  move(world.globex, twin, 'privateProject');
  world.globex.site.people.comment('Grace', twin.id, 'Moved as well');
  await world.settle();
  expect(twin.fields['summary']).toBe('Printer moved');
  expect(commentsOf(issue).join()).toContain('Moved as well');
  world.globex.site.people.edit('Grace', twin.id, { labels: ['there'] });
  await world.settle();
  expect(issue.fields['labels']).toEqual(['there']);
  expect([world.acme.site.issues.size, world.globex.site.issues.size]).toEqual([1, 1]);
  expect(world.tidy()).toEqual(tidy);
  expect([...world.acme.site.echoes, ...world.globex.site.echoes]).toEqual([]);
});

test('moved back it goes on as before, whatever was edited meanwhile', async () => {
  const { world, issue, twin } = await twoProjects();
  move(world.acme, issue, 'privateProject');
  await world.settle();
  world.globex.site.people.edit('Grace', twin.id, { labels: ['there'] });
  world.acme.site.people.edit('Ada', issue.id, { summary: 'Printer back' });
  await world.settle();
  move(world.acme, issue, 'project');
  await world.settle();
  expect(twin.fields['summary']).toBe('Printer back');
  expect(issue.fields['labels']).toEqual(['there']);
  expect(world.tidy()).toEqual(tidy);
});
