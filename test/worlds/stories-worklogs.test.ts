/** Logged work crosses with its author, start and time, exactly once, and only where it is agreed. */
import { readableText } from '#core/mapping/rich-text/readable-text';
import type { AdfNode } from '#core/merge/normalise-adf';
import type { Mapping } from '#core/model/contract';
import { retryProblems } from '#engine/retry-problems';
import { paragraph } from '../support/memory-site';
import { acmeFacts, bindingOf, contract, globexFacts, mapping } from './site-facts';
import { link, World } from './world';

const started = Date.UTC(2026, 0, 5, 9, 30);

async function twins(worklogs: Mapping['worklogs']) {
  const mappings = [worklogs === undefined ? mapping : { ...mapping, worklogs }];
  const world = new World(1, {
    acme: acmeFacts,
    globex: globexFacts,
    contract: { ...contract, mappings },
    bindings: (facts) => [bindingOf(facts)],
  });
  await world.connectBoth();
  const issue = world.acme.site.people.create('Ada', 'Printer');
  await world.settle();
  const twin = [...world.globex.site.issues.values()][0]?.id ?? '';
  const there = () =>
    world.globex.site.worklogs.of(twin).map(({ body, seconds, started: at }) => ({
      text: (body?.content ?? []).map((node) => readableText(node as AdfNode)).join(' | '),
      seconds,
      at,
    }));
  return { world, issue, twin, there, here: world.acme.site.worklogs };
}

test('work is logged, edited and deleted on both sites, and its copy names who worked', async () => {
  const { world, issue, twin, there, here } = await twins('both');
  const own = here.log('Ada', issue.id, { seconds: 5_400, started, text: paragraph('New roller') });
  here.log('Ada', issue.id, { seconds: 600, started });
  await world.settle();
  expect(there()).toEqual([
    { text: 'Logged by Ada | New roller', seconds: 5_400, at: started },
    { text: 'Logged by Ada', seconds: 600, at: started },
  ]);

  here.edit('Ada', own.id, { seconds: 7_200, started: started + 60_000 });
  world.globex.site.worklogs.log('Grace', twin, { seconds: 120, started });
  await world.settle();
  expect(there()[0]).toEqual({ text: 'Logged by Ada | New roller', seconds: 7_200, at: started + 60_000 });
  expect(here.of(issue.id).map(({ seconds }) => seconds)).toEqual([7_200, 600, 120]);

  here.remove('Ada', own.id);
  await world.settle();
  expect(there().map(({ seconds }) => seconds)).toEqual([600, 120]);
});

test('restricted work never leaves, and takes its copy with it when it becomes restricted', async () => {
  const { world, issue, there, here } = await twins('both');
  const open = here.log('Ada', issue.id, { seconds: 600, started });
  await world.settle();
  expect(there()).toHaveLength(1);
  here.edit('Ada', open.id, { restricted: true });
  await world.settle();
  expect(there()).toEqual([]);
  here.edit('Ada', open.id, { restricted: false });
  await world.settle();
  expect(there()).toHaveLength(1);
});

test.each([{ terms: undefined }, { terms: 'off' }, { terms: 'toPrimary' }] as const)(
  'terms $terms: nothing goes to the secondary, and Jira is not asked about it',
  async ({ terms }) => {
    const { world, issue, there, here } = await twins(terms);
    here.log('Ada', issue.id, { seconds: 600, started });
    await world.settle();
    expect(there()).toEqual([]);
    expect(world.acme.site.calls['readWorklog']).toBeUndefined();
  },
);

test('an answer that is lost does not log the work twice', async () => {
  const { world, issue, there, here } = await twins('both');
  let lost = 0;
  world.globex.site.losesAnswer = (call) => call === 'createWorklog' && ++lost === 1;
  here.log('Ada', issue.id, { seconds: 600, started });
  await world.settle();
  expect(lost).toBeGreaterThan(0);
  expect(there()).toHaveLength(1);
});

test('work that Jira refuses waits with its reason and does not hold up the rest', async () => {
  const { world, issue, there, here } = await twins('both');
  here.log('Ada', issue.id, { seconds: 30, started });
  here.log('Ada', issue.id, { seconds: 600, started });
  await world.settle();
  expect(there().map(({ seconds }) => seconds)).toEqual([600]);
});

test('logged work that waits for its issue over there, and is deleted here meanwhile, is not written any more', async () => {
  const world = new World(1, {
    acme: acmeFacts,
    globex: globexFacts,
    contract: { ...contract, mappings: [{ ...mapping, worklogs: 'both' }] },
    bindings: (facts) => [bindingOf(facts)],
  });
  await world.connectBoth();
  world.globex.site.failure = (call) =>
    call === 'createIssue' ? { kind: 'denied', message: 'No permission to create issues.' } : undefined;
  const { site } = world.acme;
  const issue = site.people.create('Ada', 'Printer');
  const own = site.worklogs.log('Ada', issue.id, { seconds: 600, started });
  await world.settle();
  site.worklogs.remove('Ada', own.id);
  await world.settle();
  world.globex.site.failure = () => undefined;
  await retryProblems(world.globex.ports(), { id: link });
  await world.settle();
  const twin = [...world.globex.site.issues.values()][0]?.id ?? '';
  expect(world.globex.site.issues.size).toBe(1);
  expect(world.globex.site.worklogs.of(twin)).toEqual([]);
  expect(world.tidy().problems).toEqual([]);
});
