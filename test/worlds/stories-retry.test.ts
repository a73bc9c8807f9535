/** Stories of fields that wait because Jira refused them: the rest goes on, and they come by themselves when the cause is gone. */
import { onContractConfirm } from '#engine/agree/on-contract-confirm';
import { sweep } from '#engine/sweep';
import { differences } from './compare-sites';
import { contract } from './site-facts';
import { link, World } from './world';

const hour = 3_600_000;

test('a refused field waits alone, with a reason and the next step, and is tried again by itself', async () => {
  const world = await World.start();
  const issue = world.acme.site.people.create('Ada', 'Printer smokes');
  await world.run();
  const { site } = world.globex;
  site.failure = (call, request) =>
    call === 'writeIssue' && 'duedate' in request
      ? { kind: 'invalid', message: 'Refused.', fields: { duedate: 'The field is not on the screen.' } }
      : undefined;
  world.acme.site.people.edit('Ada', issue.id, { summary: 'Printer burns', duedate: '2026-12-24' });
  await world.settle();
  const twin = [...site.issues.values()][0];
  expect(twin?.fields).toMatchObject({ summary: 'Printer burns' });
  expect(twin?.fields['duedate']).toBeUndefined();
  const [problem] = world.globex.store.rows('problem');
  expect(problem?.body).toMatchObject({
    items: [
      { side: 'here', reason: expect.stringContaining('screen'), next: expect.stringContaining('Try again') },
    ],
  });

  site.failure = () => undefined;
  world.clock.advance(hour - (world.clock.now() % hour) + hour);
  for (const side of [world.acme, world.globex]) await sweep(side.ports());
  await world.settle();
  expect(twin?.fields['duedate']).toBe('2026-12-24');
  expect(differences(world)).toEqual([]);
  expect(world.tidy().problems).toEqual([]);
});

test('what waits is tried again as soon as an agreement is confirmed', async () => {
  const world = await World.start();
  const issue = world.acme.site.people.create('Ada', 'Printer smokes');
  await world.settle();
  const twin = [...world.globex.site.issues.values()][0];
  const { site } = world.acme;
  site.failure = (call, request) =>
    call === 'writeIssue' && 'duedate' in request
      ? { kind: 'invalid', message: 'Refused.', fields: { duedate: 'The field is not on the screen.' } }
      : undefined;
  world.globex.site.people.edit('Grace', twin?.id ?? '', { duedate: '2026-12-24' });
  await world.settle();
  expect(issue.fields['duedate']).toBeUndefined();

  site.failure = () => undefined;
  await onContractConfirm(world.acme.ports(), link, {
    op: 'contract.confirm',
    revision: contract.revision,
    mappings: contract.mappings.map(({ id }) => id),
  });
  await world.settle();
  expect(issue.fields['duedate']).toBe('2026-12-24');
  expect(differences(world)).toEqual([]);
});
