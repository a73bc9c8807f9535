/** Stories of what is deleted on one site while the issue with its copy is out of sight on the other one. */
import { retryProblems } from '#engine/retry-problems';
import type { MemoryIssue } from '../support/memory-site';
import { storySetting } from './setting';
import { workedAt } from './sim/place';
import { link, World } from './world';

async function start(): Promise<{ world: World; issue: MemoryIssue; twin: MemoryIssue }> {
  const mappings = storySetting.contract.mappings.map((mapping) => ({
    ...mapping,
    worklogs: 'both' as const,
    attachments: { direction: 'both' as const, deletions: 'delete' as const },
  }));
  const world = new World(1, { ...storySetting, contract: { ...storySetting.contract, mappings } });
  await world.connectBoth();
  const issue = world.acme.site.people.create('Ada', 'Printer smokes');
  await world.settle();
  const [twin] = [...world.globex.site.issues.values()];
  if (twin === undefined) throw new Error('No twin.');
  return { world, issue, twin };
}

/** How many comments, pieces of logged work and files the twin has. */
function parts({ globex: { site } }: World, twin: MemoryIssue): number[] {
  return [twin.comments.length, site.worklogs.of(twin.id).length, site.files.of(twin.id).length];
}

test.each(['Try again', 'hours later'])(
  'what was deleted meanwhile goes when it is back: %s',
  async (how) => {
    const { world, issue, twin } = await start();
    const { site } = world.acme;
    const comment = site.people.comment('Ada', issue.id, 'The password is on the fridge');
    const work = site.worklogs.log('Ada', issue.id, { seconds: 600, started: workedAt });
    const file = site.files.attach('Ada', issue.id, 'fridge.txt', Uint8Array.from([1, 2, 3]));
    await world.settle();
    expect(parts(world, twin)).toEqual([1, 1, 1]);
    twin.visible = false;
    site.people.deleteComment(issue.id, comment.id);
    site.worklogs.remove('Ada', work.id);
    site.files.remove('Ada', file.id);
    await world.settle();
    expect(parts(world, twin)).toEqual([1, 1, 1]);
    expect(world.globex.store.rows('problem').length).toBeGreaterThanOrEqual(3);
    twin.visible = true;
    if (how === 'Try again') await retryProblems(world.globex.ports(), { id: link });
    else {
      for (let quarters = 0; quarters < 12; quarters += 1) {
        world.clock.advance(900_000);
        world.sweep(world.globex);
        await world.run();
      }
    }
    await world.settle();
    expect(parts(world, twin)).toEqual([0, 0, 0]);
    expect(world.tidy()).toEqual({ dirty: 0, outbox: 0, inbox: 0, problems: [] });
  },
);
