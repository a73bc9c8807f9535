/** Stories of an issue that comes back into sight while Jira wants a pause: nothing that was written on it meanwhile is passed over. */
import { CrashSignal } from '../support/gate';
import type { MemoryIssue } from '../support/memory-site';
import { storySetting } from './setting';
import { workedAt } from './sim/place';
import { World } from './world';

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

test('what was written out of sight arrives, although an edit of the partner is what finds the issue again', async () => {
  const { world, issue, twin } = await start();
  const { site } = world.acme;
  issue.visible = false;
  site.people.edit('Ada', issue.id, { summary: 'Printer burns' });
  await world.settle();
  site.people.comment('Ada', issue.id, 'Nobody saw this');
  site.worklogs.log('Ada', issue.id, { seconds: 600, started: workedAt });
  site.files.attach('Ada', issue.id, 'fridge.txt', Uint8Array.from([1, 2, 3]));
  await world.settle();
  issue.visible = true;
  world.globex.site.people.edit('Grace', twin.id, { labels: ['hot'] });
  await world.settle();
  const { worklogs, files } = world.globex.site;
  expect([twin.comments.length, worklogs.of(twin.id).length, files.of(twin.id).length]).toEqual([1, 1, 1]);
});

const many = 40;

test('what was written out of sight arrives, although the app stops in the middle of it', async () => {
  const { world, issue, twin } = await start();
  const { site } = world.acme;
  issue.visible = false;
  site.people.edit('Ada', issue.id, { summary: 'Printer burns' });
  await world.settle();
  for (let count = 0; count < many; count += 1)
    site.people.comment('Ada', issue.id, `Nobody saw this ${count}`);
  site.worklogs.log('Ada', issue.id, { seconds: 600, started: workedAt });
  await world.settle();
  issue.visible = true;
  let isOver = false;
  site.failure = (name) => {
    if (name !== 'listWorklogs' || isOver) return undefined;
    isOver = true;
    throw new CrashSignal('The app stops.');
  };
  site.people.edit('Ada', issue.id, { summary: 'Printer is out' });
  await world.settle();
  expect(isOver).toBe(true);
  expect([twin.comments.length, world.globex.site.worklogs.of(twin.id).length]).toEqual([many, 1]);
  expect(world.tidy()).toEqual({ dirty: 0, outbox: 0, inbox: 0, problems: [] });
});

test.each(['listComments', 'listWorklogs', 'listFiles'])(
  'what was written out of sight arrives, although the first %s is refused',
  async (refused) => {
    const { world, issue, twin } = await start();
    const { site } = world.acme;
    issue.visible = false;
    site.people.edit('Ada', issue.id, { summary: 'Printer burns' });
    await world.settle();
    site.people.comment('Ada', issue.id, 'Nobody saw this');
    site.worklogs.log('Ada', issue.id, { seconds: 600, started: workedAt });
    site.files.attach('Ada', issue.id, 'fridge.txt', Uint8Array.from([1, 2, 3]));
    await world.settle();
    issue.visible = true;
    let left = 1;
    site.failure = (name) => {
      if (name !== refused || left === 0) return undefined;
      left -= 1;
      return { kind: 'limited', message: 'Rate limit exceeded.', retryAfterMs: 20_000, quota: false };
    };
    site.people.edit('Ada', issue.id, { summary: 'Printer is out' });
    await world.settle();
    expect(left).toBe(0);
    expect(twin.fields['summary']).toBe('Printer is out');
    const { worklogs, files } = world.globex.site;
    expect([twin.comments.length, worklogs.of(twin.id).length, files.of(twin.id).length]).toEqual([1, 1, 1]);
    expect(world.tidy()).toEqual({ dirty: 0, outbox: 0, inbox: 0, problems: [] });
  },
);
