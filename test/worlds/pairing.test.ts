/** Pairing issues that exist on both sites: looked at first, allowed by both, made once, merged, and nothing twice. */
import { previewPairing } from '#engine/pairing/preview-pairing';
import { readPairing } from '#engine/pairing/read-pairing';
import { allowPairing, cancelPairing, startPairing } from '#engine/pairing/steer-pairing';
import { updateConnection } from '#engine/update-connection';
import { CrashSignal } from '../support/gate';
import { paragraph } from '../support/memory-site';
import { differences, sayIssues } from './compare-sites';
import { link, World } from './world';

const id = link;

/** Two issues on each site that are the same thing, and one more on each. */
async function twins(): Promise<World> {
  const world = new World();
  const { acme, globex } = world;
  const [one, two] = ['Printer smokes', 'Lamp flickers'].map((name) => acme.site.people.create('Ada', name));
  acme.site.people.create('Ada', 'Alone here');
  const [first, second] = ['Printer smokes!', 'Lamp flickers'].map((name) =>
    globex.site.people.create('Grace', name),
  );
  globex.site.people.create('Grace', 'Lonely there');
  acme.site.people.edit('Ada', one?.id ?? '', { labels: ['hot'], duedate: '2026-12-01' });
  world.clock.advance(1_000);
  globex.site.people.edit('Grace', first?.id ?? '', { labels: ['smoke'] });
  acme.site.people.edit('Ada', two?.id ?? '', { description: paragraph('Since Monday') });
  acme.site.people.comment('Ada', two?.id ?? '', 'From before');
  globex.site.people.comment('Grace', second?.id ?? '', 'From before, too');
  world.clock.advance(3_600_000);
  await world.run();
  await world.connectBoth();
  await world.settle();
  return world;
}

function keyOf(world: World, side: 'acme' | 'globex', word: string): string {
  const issue = [...world[side].site.issues.values()].find(({ fields }) =>
    String(fields['summary']).startsWith(word),
  );
  return issue?.key ?? `no ${word}`;
}

function list(world: World, words: readonly string[]): { by: 'keys'; text: string } {
  const lines = words.map((word) => `${keyOf(world, 'acme', word)},${keyOf(world, 'globex', word)}`);
  return { by: 'keys', text: ['mine,theirs', ...lines].join('\n') };
}

async function look(world: World) {
  const { list: seen } = await readPairing(world.acme.ports(), { id });
  if (seen === undefined) throw new Error('There is no list.');
  return seen;
}

test('a list is looked at by both sites before anything is made', async () => {
  const world = await twins();
  await allowPairing(world.globex.ports(), { id, allow: { by: 'key' } });
  const text = [
    ...list(world, ['Printer', 'Lamp']).text.split('\n'),
    `${keyOf(world, 'acme', 'Alone')};GLX-999`,
    'ACME-777 GLX-8',
  ].join('\n');
  const before = { ...world.globex.site.calls };
  const { pairs } = await previewPairing(world.acme.ports(), { id, list: { by: 'keys', text } });
  expect(pairs).toBe(4);
  expect((await look(world)).waiting).toBe(2);
  await world.settle();
  const seen = await look(world);
  expect(seen).toMatchObject({ state: 'asked', total: 4, waiting: 0, good: 1, done: 0 });
  expect(seen.refused.map(({ why, count }) => [why, count])).toEqual([
    ['twice', 2],
    ['unknown', 1],
  ]);
  expect(sayIssues(world.globex).size).toBe(3);
  const writes = ['createIssue', 'createIssues', 'writeIssue', 'transition', 'createComment'];
  for (const call of writes) expect(world.globex.site.calls[call]).toBe(before[call]);
});

test('the pairs are merged by the agreement; comments of before stay where they are', async () => {
  const world = await twins();
  await allowPairing(world.globex.ports(), { id, allow: { by: 'key' } });
  const { job } = await previewPairing(world.acme.ports(), { id, list: list(world, ['Printer', 'Lamp']) });
  await world.settle();
  expect(await look(world)).toMatchObject({ good: 2, refused: [] });
  await startPairing(world.acme.ports(), { id, job });
  await world.settle();
  expect((await readPairing(world.acme.ports(), { id })).list).toBe(undefined);
  const [here, there] = [sayIssues(world.acme), sayIssues(world.globex)];
  for (const word of ['Printer', 'Lamp']) {
    const { comments: ours, ...mine } = here.get(word)?.[0] ?? { comments: [] };
    const { comments: theirs, ...others } = there.get(word)?.[0] ?? { comments: [] };
    expect(mine).toEqual(others);
    expect([here.get(word)?.length, there.get(word)?.length]).toEqual([1, 1]);
    expect([...ours, ...theirs].filter((text) => text.includes('before')).length).toBe(
      word === 'Lamp' ? 2 : 0,
    );
  }
  // The newer summary; labels of both; what only one side had.
  expect(here.get('Printer')?.[0]).toMatchObject({
    summary: 'Printer smokes!',
    labels: ['hot', 'smoke'],
    due: '2026-12-01',
  });
  expect(world.tidy()).toEqual({ dirty: 0, outbox: 0, inbox: 0, problems: [] });
  // From now on they are twins like any others.
  const printer = [...world.globex.site.issues.values()].find(
    ({ key }) => key === keyOf(world, 'globex', 'Printer'),
  );
  world.globex.site.people.edit('Grace', printer?.id ?? '', { summary: 'Printer burns' });
  await world.settle();
  expect(sayIssues(world.acme).get('Printer')?.[0]?.summary).toBe('Printer burns');
  // A repeat says that they are paired, and makes nothing.
  await previewPairing(world.acme.ports(), { id, list: list(world, ['Printer', 'Lamp']) });
  await world.settle();
  expect((await look(world)).refused).toMatchObject([{ why: 'paired', count: 2 }]);
});

test('nothing is paired that the admin over there did not allow, whatever is said on the wire', async () => {
  const world = await twins();
  const { job } = await previewPairing(world.acme.ports(), { id, list: list(world, ['Printer']) });
  await world.settle();
  expect((await look(world)).refused).toMatchObject([{ why: 'notAllowed', count: 1 }]);
  await allowPairing(world.globex.ports(), { id, allow: { by: 'key' } });
  const again = await previewPairing(world.acme.ports(), { id, list: list(world, ['Printer']) });
  await world.settle();
  expect(await look(world)).toMatchObject({ good: 1 });
  // An older list cannot be started, and what is withdrawn meanwhile is refused.
  await expect(startPairing(world.acme.ports(), { id, job })).rejects.toThrow('replaced');
  await allowPairing(world.globex.ports(), { id, allow: null });
  await startPairing(world.acme.ports(), { id, job: again.job });
  await world.settle();
  expect(world.globex.store.rows('pair')).toEqual([]);
  expect(world.acme.store.rows('pair')).toEqual([]);
  expect(sayIssues(world.acme).get('Printer')?.[0]).toMatchObject({
    summary: 'Printer smokes',
    labels: ['hot'],
  });
});

test('issues find each other by what a field says on both sites, or by the key of the twin in a field', async () => {
  const world = await twins();
  const lamp = keyOf(world, 'globex', 'Lamp');
  await allowPairing(world.globex.ports(), { id, allow: { by: 'value', fieldId: 'summary', jql: '' } });
  const byValue = { by: 'value' as const, jql: '', fieldId: 'summary' };
  const { job } = await previewPairing(world.acme.ports(), { id, list: byValue });
  await world.settle();
  const seen = await look(world);
  expect(seen.samples).toEqual([{ mine: keyOf(world, 'acme', 'Lamp'), theirs: lamp }]);
  expect(seen.refused).toMatchObject([{ why: 'unknown', count: 2 }]);
  await startPairing(world.acme.ports(), { id, job });
  await world.settle();
  expect(world.globex.store.rows('pair')).toHaveLength(1);

  const printer = [...world.acme.site.issues.values()].find(
    ({ key }) => key === keyOf(world, 'acme', 'Printer'),
  );
  const said = `Reported as ${keyOf(world, 'globex', 'Printer')}, see there`;
  world.acme.site.people.edit('Ada', printer?.id ?? '', { description: paragraph(said) });
  await world.settle();
  await allowPairing(world.globex.ports(), { id, allow: { by: 'key' } });
  const byKey = { by: 'keyInField' as const, jql: '', fieldId: 'description' };
  const second = await previewPairing(world.acme.ports(), { id, list: byKey });
  await world.settle();
  expect((await look(world)).samples.map(({ theirs }) => theirs)).toEqual([
    keyOf(world, 'globex', 'Printer'),
  ]);
  await startPairing(world.acme.ports(), { id, job: second.job });
  await world.settle();
  expect(world.globex.store.rows('pair')).toHaveLength(2);
  expect(world.tidy().problems).toEqual([]);
});

test('existing issues wait until pairing is closed on both sites, so that no pair gets a second copy', async () => {
  const world = await twins();
  const { acme, globex } = world;
  await allowPairing(globex.ports(), { id, allow: { by: 'key' } });
  const { job } = await previewPairing(acme.ports(), { id, list: list(world, ['Printer', 'Lamp']) });
  for (const side of [acme, globex]) await chooseAll(side);
  await world.settle();
  expect([sayIssues(acme).size, sayIssues(globex).size]).toEqual([3, 3]);
  await startPairing(acme.ports(), { id, job });
  await world.settle();
  await allowPairing(globex.ports(), { id, allow: null });
  await world.settle();
  expect([sayIssues(acme).size, sayIssues(globex).size]).toEqual([4, 4]);
  expect(differences(world).filter((text) => !text.startsWith('Lamp'))).toEqual([]);
});

async function chooseAll(side: World['acme']): Promise<void> {
  const existing = { mode: 'jql' as const, jql: 'project is not EMPTY' };
  await updateConnection(side.ports(), id, (row) => ({ ...row, existing }));
}

test('a list with lines that are no keys is refused, and one that was cancelled changes nothing', async () => {
  const world = await twins();
  const text = `${list(world, ['Printer']).text}\nsomething 12 else`;
  const request = { id, list: { by: 'keys' as const, text } };
  await expect(previewPairing(world.acme.ports(), request)).rejects.toThrow('line 3');
  await allowPairing(world.globex.ports(), { id, allow: { by: 'key' } });
  await previewPairing(world.acme.ports(), { id, list: list(world, ['Printer']) });
  await cancelPairing(world.acme.ports(), { id });
  await world.settle();
  expect(world.acme.store.rows('pair')).toEqual([]);
});

test.each(['before', 'after'] as const)(
  'killed %s any call while pairs are made: each pair once, and both sites agree',
  async (when) => {
    let calls = Number.POSITIVE_INFINITY;
    for (let kill = 1; kill < calls; kill += 7) {
      const world = await twins();
      await allowPairing(world.globex.ports(), { id, allow: { by: 'key' } });
      const { job } = await previewPairing(world.acme.ports(), {
        id,
        list: list(world, ['Printer', 'Lamp']),
      });
      await world.settle();
      let seen = 0;
      const enter = async (name: string) => {
        seen += 1;
        const isIt = seen === kill;
        if (isIt && when === 'before') throw new CrashSignal(name);
        return async () => {
          if (isIt) throw new CrashSignal(name);
        };
      };
      world.mischief = { ...world.mischief, gate: () => ({ enter }) };
      await startPairing(world.acme.ports(), { id, job });
      await world.settle();
      calls = seen;
      const wrong = differences(world).filter((text) => !/^(Alone|Lonely|Lamp)/.test(text));
      expect({ kill, wrong }).toEqual({ kill, wrong: [] });
      expect(world.tidy()).toEqual({ dirty: 0, outbox: 0, inbox: 0, problems: [] });
      for (const side of [world.acme, world.globex]) expect(side.store.rows('pair')).toHaveLength(2);
    }
  },
  120_000,
);
