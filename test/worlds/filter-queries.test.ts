/** Filters and what they cost: calls to Jira, queries that went wrong, existing issues, pairs by a list, and crashes. */

import { findOutside } from '#engine/filter/find-outside';
import { previewPairing } from '#engine/pairing/preview-pairing';
import { allowPairing, startPairing } from '#engine/pairing/steer-pairing';
import { readAgreement } from '#engine/pairs/agreement';
import { readConnection, updateConnection } from '#engine/update-connection';
import { CrashSignal, type Gate } from '../support/gate';
import { differences } from './compare-sites';
import { asked, filteredWorld, labelled, queried, saidText, summaries } from './filter-world';
import { link, type World } from './world';

const calls = (world: World, verb: string): number => world.acme.site.calls[verb] ?? 0;

test('without a query Jira is asked nothing more; with one, once for each look at issues', async () => {
  const counts: Record<string, number> = {};
  for (const [name, filter] of [
    ['none', {}],
    ['condition', labelled],
    ['query', queried],
  ] as const) {
    const world = await filteredWorld({ filter, leaving: 'stop' });
    // The first look at what a new filter says is over.
    await world.settle();
    world.acme.site.calls = {};
    for (let number = 0; number < 5; number += 1) {
      world.acme.site.people.create('Ada', `Lamp${number} flickers`, { labels: ['shared'] });
    }
    await world.settle();
    expect(world.globex.site.issues.size).toBe(5);
    counts[name] = calls(world, 'matching');
    counts[`${name} all`] = asked(world);
    counts[`${name} looks`] = calls(world, 'readIssue') + calls(world, 'readIssues');
  }
  expect([counts['none'], counts['condition']]).toEqual([0, 0]);
  expect(counts['condition all']).toBe(counts['none all']);
  expect(counts['query']).toBe(counts['query looks']);
});

test('one question serves up to fifty issues of any number of mappings', async () => {
  const world = await filteredWorld({ filter: queried });
  for (let number = 0; number < 60; number += 1) {
    world.acme.site.people.create('Ada', `Lamp${number}`, { labels: number < 50 ? ['shared'] : [] });
  }
  const ports = world.acme.ports();
  const connection = await readConnection(ports, link);
  if (connection === undefined) throw new Error('There is no connection.');
  const read = await ports.site.readIssues([...world.acme.site.issues.keys()], ['labels']);
  const agreement = await readAgreement(ports, connection);
  const found = await findOutside(ports, agreement, read.ok ? read.value : []);
  expect(found).toMatchObject({ kind: 'found', outside: { size: 10 }, undecided: { size: 0 } });
  expect(calls(world, 'matching')).toBe(2);
});

test('twins that go on whatever the filter says cost no question', async () => {
  const world = await filteredWorld({ filter: queried });
  const issue = world.acme.site.people.create('Ada', 'Lamp flickers', { labels: ['shared'] });
  await world.settle();
  const before = calls(world, 'matching');
  world.acme.site.people.edit('Ada', issue.id, { summary: 'Lamp burns' });
  await world.settle();
  expect(calls(world, 'matching')).toBe(before);
  expect(summaries(world)).toEqual(['Lamp burns']);
});

test('a query that Jira refuses lets nothing out and takes nothing back; corrected, everything goes on', async () => {
  const world = await filteredWorld({ filter: queried, leaving: 'stop' });
  const { people } = world.acme.site;
  const issue = people.create('Ada', 'Lamp flickers', { labels: ['shared'] });
  await world.settle();
  const write = (jql: string) =>
    updateConnection(world.acme.ports(), link, (row) => ({
      ...row,
      bindings: row.bindings.map((binding) => ({ ...binding, filter: { jql } })),
    }));
  await write('nonsense');
  people.edit('Ada', issue.id, { summary: 'Lamp burns' });
  people.create('Ada', 'Door squeaks', { labels: ['shared'] });
  await world.run();
  world.clock.advance(60_000);
  await world.run();
  expect(summaries(world)).toEqual(['Lamp flickers']);
  const log = JSON.stringify(world.acme.store.rows('activity'));
  expect(log).toContain('Jira refuses the query of its filter');
  expect(log).not.toContain('matches the filter');

  await write('labels = shared');
  people.edit('Ada', issue.id, { duedate: '2026-12-24' });
  await world.settle();
  expect(summaries(world)).toEqual(['Door squeaks', 'Lamp burns']);
  expect(differences(world)).toEqual([]);
});

test.each([
  ['a condition', labelled],
  ['a query', queried],
])('existing issues are brought in as far as %s lets them', async (_name, filter) => {
  const world = await filteredWorld(
    { filter },
    ({ acme }) => {
      for (let number = 0; number < 7; number += 1) {
        const labels = number % 2 === 0 ? ['shared'] : ['private'];
        acme.site.people.create('Ada', `Lamp${number}`, { labels });
      }
    },
    ({ role }) => (role === 'primary' ? { existing: { mode: 'jql', jql: 'created < 0d' } } : {}),
  );
  await world.settle();
  expect(summaries(world)).toEqual(['Lamp0', 'Lamp2', 'Lamp4', 'Lamp6']);
  expect(saidText(world)).not.toContain('Lamp1');
});

test('an issue that the filter keeps at home is not paired by a list either', async () => {
  const world = await filteredWorld({ filter: queried }, ({ acme, globex }) => {
    acme.site.people.create('Ada', 'Lamp here', { labels: ['shared'] });
    acme.site.people.create('Ada', 'Door here', { labels: ['private'] });
    globex.site.people.create('Grace', 'Lamp there');
    globex.site.people.create('Grace', 'Door there');
  });
  await allowPairing(world.globex.ports(), { id: link, allow: { by: 'key' } });
  const text = ['mine,theirs', 'ACME-40,GLX-7', 'ACME-41,GLX-8'].join('\n');
  const { job } = await previewPairing(world.acme.ports(), { id: link, list: { by: 'keys', text } });
  await world.settle();
  await startPairing(world.acme.ports(), { id: link, job });
  await world.settle();
  const pairs = world.acme.store
    .rows('pair')
    .map(({ body }) => (body as { local: { key: string } }).local.key);
  expect(pairs).toEqual(['ACME-40']);
});

/** Kills one invocation at its n-th call of the world. */
function killAt(call: number): Gate & { count: number } {
  const gate = {
    count: 0,
    async enter(name: string) {
      gate.count += 1;
      if (gate.count === call) throw new CrashSignal(`before ${name}`);
      return async () => undefined;
    },
  };
  return gate;
}

/** The label comes and goes, with edits on both sites; `gate` decides where somebody is killed. */
async function comeAndGo(gate: Gate): Promise<World> {
  const world = await filteredWorld({ filter: queried, leaving: 'stop' });
  const { people } = world.acme.site;
  const issue = people.create('Ada', 'Lamp flickers', { labels: ['shared'] });
  await world.settle();
  const twin = [...world.globex.site.issues.values()][0];
  world.mischief = { ...world.mischief, gate: () => gate };
  people.edit('Ada', issue.id, { labels: [], summary: 'Lamp secret' });
  await world.settle();
  world.globex.site.people.edit('Grace', twin?.id ?? '', { duedate: '2026-12-24' });
  people.comment('Ada', issue.id, 'Between us');
  await world.settle();
  people.edit('Ada', issue.id, { labels: ['shared'], summary: 'Lamp public' });
  await world.settle();
  return world;
}

test('killed at any call, the same twin rests and goes on, nothing is lost and nothing comes twice', async () => {
  const counting = killAt(Number.POSITIVE_INFINITY);
  await comeAndGo(counting);
  const every = Number(process.env['FILTER_EVERY'] ?? 5);
  const wrong: string[] = [];
  for (let call = 1; call <= counting.count; call += every) {
    const world = await comeAndGo(killAt(call));
    const found = [
      ...differences(world),
      ...world.acme.site.echoes,
      ...world.globex.site.echoes,
      ...(saidText(world).includes('secret') ? ['the secret left the site'] : []),
      ...(summaries(world).join() === 'Lamp public' ? [] : [summaries(world).join()]),
    ];
    if (found.length > 0) wrong.push(`call ${call}: ${found.join('; ')}`);
  }
  expect(wrong).toEqual([]);
}, 60_000);
