/** What Jira never tells of crosses within the hour: its events are promised by nobody. */
import type { Mapping } from '#core/model/contract';
import { paragraph } from '../support/memory-site';
import { storySetting } from './setting';
import { mapping } from './site-facts';
import { noMischief, type Side, World } from './world';

const started = Date.UTC(2026, 0, 5, 9, 30);
const file = Uint8Array.from([1, 2, 3]);

async function start(terms: Partial<Mapping> = {}): Promise<World> {
  const [first, ...rest] = storySetting.contract.mappings;
  if (first === undefined) throw new Error('The stories need a mapping.');
  const shared = { attachments: { direction: 'both', deletions: 'delete' }, worklogs: 'both' } as const;
  const mappings = [{ ...first, ...shared, ...terms }, ...rest];
  const world = new World(1, { ...storySetting, contract: { ...storySetting.contract, mappings } });
  await world.connectBoth();
  return world;
}

/** While `act` runs Jira tells nobody anything. */
function untold(world: World, act: () => void): void {
  world.mischief = { ...noMischief, delay: (what) => (what === 'event' ? undefined : 0) };
  act();
  world.mischief = noMischief;
}

async function hours(world: World, count: number): Promise<void> {
  for (let hour = 0; hour < count; hour += 1) {
    world.clock.advance(3_600_000);
    await world.settle();
  }
}

function log(side: Side): string[] {
  const rows = side.store.rows('activity') as { body: { text: string } }[];
  return rows.map(({ body }) => body.text ?? '').filter((text) => text.startsWith('Jira had not told'));
}

const comments = (side: Side, id: string) =>
  side.site.issues.get(id)?.comments.map(({ body }) => JSON.stringify(body.content.at(-1))) ?? [];

test('edits, comments, logged work and files', async () => {
  const world = await start();
  const { site } = world.acme;
  const issue = site.people.create('Ada', 'Printer');
  const old = site.people.comment('Ada', issue.id, 'Old');
  const kept = site.worklogs.log('Ada', issue.id, { seconds: 600, started });
  const gone = site.worklogs.log('Ada', issue.id, { seconds: 900, started });
  await world.settle();
  const twin = [...world.globex.site.issues.values()][0]?.id ?? '';

  untold(world, () => {
    site.people.edit('Ada', issue.id, { summary: 'Printer burns' });
    site.people.comment('Ada', issue.id, 'New');
    site.people.editComment('Ada', issue.id, old.id, 'Old, edited');
    site.worklogs.log('Ada', issue.id, { seconds: 1_200, started });
    site.worklogs.edit('Ada', kept.id, { seconds: 660 });
    site.worklogs.remove('Ada', gone.id);
    site.files.attach('Ada', issue.id, 'smoke.png', file);
  });
  await world.settle();
  expect(world.globex.site.issues.get(twin)?.fields['summary']).toBe('Printer');

  await hours(world, 2);
  expect(world.globex.site.issues.get(twin)?.fields['summary']).toBe('Printer burns');
  expect(comments(world.globex, twin)).toEqual([
    JSON.stringify(paragraph('Old, edited').content[0]),
    JSON.stringify(paragraph('New').content[0]),
  ]);
  expect(world.globex.site.worklogs.of(twin).map(({ seconds }) => seconds)).toEqual([660, 1_200]);
  expect(world.globex.site.files.of(twin).map(({ name }) => name)).toEqual(['smoke.png']);
  expect(log(world.acme)).toEqual([expect.stringContaining('7 changes')]);
  expect(log(world.globex)).toEqual([]);
  expect(world.tidy()).toEqual({ dirty: 0, outbox: 0, inbox: 0, problems: [] });
});

test('a new issue, and what is said on it', async () => {
  const world = await start();
  untold(world, () => {
    const issue = world.acme.site.people.create('Ada', 'Nobody heard of it');
    world.acme.site.people.comment('Ada', issue.id, 'Hello?');
  });
  await hours(world, 2);
  const [twin] = [...world.globex.site.issues.values()];
  expect(twin?.fields['summary']).toBe('Nobody heard of it');
  expect(comments(world.globex, twin?.id ?? '')).toHaveLength(1);
});

test('what was told of is not looked at again, and an idle hour costs one search', async () => {
  const world = await start();
  const issue = world.acme.site.people.create('Ada', 'Printer');
  world.acme.site.people.comment('Ada', issue.id, 'Hello');
  await world.settle();
  const [twin] = [...world.globex.site.issues.values()];
  world.globex.site.people.comment('Grace', twin?.id ?? '', 'Hello back');
  await world.settle();
  await hours(world, 1);
  const written = world.wire.length;
  const before = { ...world.acme.site.calls };
  await hours(world, 1);
  expect(log(world.acme)).toEqual([]);
  expect(log(world.globex)).toEqual([]);
  const calls = (name: string) => (world.acme.site.calls[name] ?? 0) - (before[name] ?? 0);
  expect([calls('search'), calls('readIssues'), calls('changedWorklogs')]).toEqual([1, 0, 1]);
  expect([calls('readIssue'), calls('readComment'), calls('listComments')]).toEqual([0, 0, 0]);
  expect(world.wire.length - written).toBeLessThanOrEqual(4);
});

test('what must not leave was not missed', async () => {
  const world = await start();
  const issue = world.acme.site.people.create('Ada', 'Printer');
  await world.settle();
  world.acme.site.people.comment('Ada', issue.id, 'Among ourselves', true);
  await world.settle();
  await hours(world, 2);
  expect(log(world.acme)).toEqual([]);
});

test('what Jira itself puts on a copy is said at once where it is the word of its site', async () => {
  const fields = mapping.fields.map((field) =>
    field.id === 'priority' ? { ...field, direction: 'toPrimary' as const } : field,
  );
  const world = await start({ fields });
  const issue = world.acme.site.people.create('Ada', 'Printer', { priority: { id: '2' } });
  await world.settle();
  const [twin] = [...world.globex.site.issues.values()];
  expect(twin?.fields['priority']).toEqual({ id: '32' });
  expect(issue.fields['priority']).toEqual({ id: '3' });
  await hours(world, 1);
  expect(log(world.globex)).toEqual([]);
});

test('a search that Jira refuses is said, and holds up nothing', async () => {
  const world = await start();
  const issue = world.acme.site.people.create('Ada', 'Printer');
  await world.settle();
  world.acme.site.failure = (call) =>
    call === 'search' ? { kind: 'invalid', message: 'No such project.', fields: {} } : undefined;
  await hours(world, 2);
  const rows = world.acme.store.rows('activity') as { body: { text: string } }[];
  expect(rows.filter(({ body }) => body.text.includes('No such project.'))).not.toHaveLength(0);
  world.acme.site.people.edit('Ada', issue.id, { summary: 'Printer burns' });
  await world.settle();
  expect([...world.globex.site.issues.values()][0]?.fields['summary']).toBe('Printer burns');
});
