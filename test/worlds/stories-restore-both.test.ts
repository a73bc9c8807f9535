/** Stories of memories that were lost on one site or on both: what only Jira still knows decides. */
import type { AttachmentTerms } from '#core/model/attachment-terms';
import { differences } from './compare-sites';
import { backUp, putBack } from './restore';
import { storySetting } from './setting';
import { type Side, World } from './world';

const hour = 3_600_000;
const files: AttachmentTerms = { direction: 'both', deletions: 'delete' };
const content = Uint8Array.from([1, 2, 3]);

async function start(): Promise<World> {
  const [first, ...rest] = storySetting.contract.mappings;
  if (first === undefined) throw new Error('The stories need a mapping.');
  const mappings = [{ ...first, attachments: files }, ...rest];
  const world = new World(1, { ...storySetting, contract: { ...storySetting.contract, mappings } });
  await world.connectBoth();
  return world;
}

function forget(world: World, backups: ReturnType<typeof backUp>[]): void {
  world.clock.advance(backups.length === 1 ? hour : 8 * hour);
  for (const backup of backups) putBack(backup);
}

function shown({ site }: Side, field: string): unknown[] {
  return [...site.issues.values()].map(({ fields }) => fields[field]);
}

function names({ site }: Side): string[] {
  return [...site.issues.keys()].flatMap((id) => site.files.of(id)).map(({ name }) => name);
}

async function ended(world: World): Promise<void> {
  await world.settle();
  world.clock.advance(hour);
  for (const side of [world.acme, world.globex]) world.sweep(side);
  await world.settle();
  expect(differences(world)).toEqual([]);
  expect(world.tidy()).toEqual({ dirty: 0, outbox: 0, inbox: 0, problems: [] });
}

describe('both sites forgot a pair, and', () => {
  test('what people take away from the original stays away', async () => {
    const world = await start();
    world.globex.site.people.create('Grace', 'Door sticks');
    await world.settle();
    const backups = [backUp(world.acme), backUp(world.globex)];
    const issue = world.acme.site.people.create('Ada', 'Printer smokes', { labels: ['hot'] });
    await world.settle();
    expect(shown(world.globex, 'labels')).toContainEqual(['hot']);
    forget(world, backups);
    world.acme.site.people.edit('Ada', issue.id, { labels: [], summary: 'Printer is well' });
    await ended(world);
    expect(shown(world.globex, 'labels')).not.toContainEqual(['hot']);
    expect(shown(world.globex, 'summary').sort()).toEqual(['Door sticks', 'Printer is well']);
  });

  test('a copy of a file is no new file', async () => {
    const world = await start();
    const issue = world.acme.site.people.create('Ada', 'Printer smokes');
    await world.settle();
    const backups = [backUp(world.acme), backUp(world.globex)];
    world.acme.site.files.attach('Ada', issue.id, 'smoke.png', content);
    await world.settle();
    forget(world, backups);
    await ended(world);
    expect(names(world.acme)).toEqual(['smoke.png']);
    expect(names(world.globex)).toEqual(['smoke.png']);
  });
});

test('a copy of a file that was forgotten goes with its original, although it carries no mark', async () => {
  const world = await start();
  const issue = world.acme.site.people.create('Ada', 'Printer smokes');
  await world.settle();
  const backup = backUp(world.globex);
  const { id } = world.acme.site.files.attach('Ada', issue.id, 'smoke.png', content);
  world.acme.site.files.attach('Ada', issue.id, 'fire.png', content);
  await world.settle();
  expect(names(world.globex)).toEqual(['smoke.png', 'fire.png']);
  forget(world, [backup]);
  world.acme.site.files.remove('Ada', id);
  await ended(world);
  expect(names(world.globex)).toEqual(['fire.png']);
});
