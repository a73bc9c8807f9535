/** Stories of copies that Jira has made and that the app could not finish: what happens to them meanwhile is not lost. */
import type { MemoryIssue } from '../support/memory-site';
import { World } from './world';

const tidy = { dirty: 0, outbox: 0, inbox: 0, problems: [] };

/** Every reading of one issue is put off, once, right after the copies were made; `then`: what people do meanwhile. */
function pauseAfterMaking(world: World, call: string, then: () => void): { isOver: boolean } {
  const { site } = world.globex;
  const pause = { isOver: false };
  site.failure = (name) => {
    if (name !== call || pause.isOver || site.issues.size === 0) return undefined;
    pause.isOver = true;
    then();
    return { kind: 'limited', message: 'Rate limit exceeded.', retryAfterMs: 20_000, quota: false };
  };
  return pause;
}

function copies({ globex }: World): MemoryIssue[] {
  return [...globex.site.issues.values()];
}

test('a copy that is deleted before it could be read is not made again', async () => {
  const world = await World.start();
  const pause = pauseAfterMaking(world, 'readIssue', () => {
    for (const { id } of copies(world)) world.globex.site.people.remove(id);
  });
  world.acme.site.people.create('Ada', 'Printer smokes');
  await world.settle();
  expect(pause.isOver).toBe(true);
  expect(copies(world)).toEqual([]);
  expect(world.acme.site.issues.size).toBe(1);
  expect(world.globex.site.calls['createIssue']).toBe(1);
  expect(world.tidy()).toEqual(tidy);
});

test('nor are those that were made together with one that had to wait', async () => {
  const world = await World.start();
  const { site } = world.globex;
  const pause = pauseAfterMaking(world, 'transitions', () => {
    expect(copies(world)).toHaveLength(3);
    for (const { id, fields } of copies(world)) {
      if (fields['summary'] !== 'First') site.people.remove(id);
    }
  });
  for (const summary of ['First', 'Second', 'Third']) {
    const issue = world.acme.site.people.create('Ada', summary);
    const [, next] = world.acme.facts.statuses;
    world.acme.site.people.move('Ada', issue.id, next?.id ?? '');
  }
  await world.settle();
  expect(pause.isOver).toBe(true);
  expect(copies(world).map(({ fields }) => fields['summary'])).toEqual(['First']);
  expect(world.acme.site.issues.size).toBe(3);
  expect(world.tidy()).toEqual(tidy);
});

test('what people write on it meanwhile comes over', async () => {
  const world = await World.start();
  const pause = pauseAfterMaking(world, 'readIssue', () => {
    for (const { id } of copies(world)) {
      world.globex.site.people.comment('Grace', id, 'Looking at it');
      world.globex.site.people.edit('Grace', id, { labels: ['urgent'] });
    }
  });
  const issue = world.acme.site.people.create('Ada', 'Printer smokes');
  await world.settle();
  expect(pause.isOver).toBe(true);
  expect(issue.comments).toHaveLength(1);
  expect(issue.fields['labels']).toEqual(['urgent']);
  expect(copies(world)).toHaveLength(1);
  expect(world.tidy()).toEqual(tidy);
});
