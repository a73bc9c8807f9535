/** Stories of issues that come to an end on one site, and of what becomes of their twins. */

import { answerEnd } from '#engine/lifecycle/answer-end';
import { retryProblems } from '#engine/retry-problems';
import { always, commentsOf, endsOf, has, logOf, pairsOf } from './lifecycle-world';
import { backUp, putBack } from './restore';
import { link, type World } from './world';

const tidy = { dirty: 0, outbox: 0, inbox: 0, problems: [] };

async function ended(world: World): Promise<void> {
  await world.settle();
  expect(world.tidy()).toEqual(tidy);
  expect([...world.acme.site.echoes, ...world.globex.site.echoes]).toEqual([]);
}

describe('a deleted issue', () => {
  test.each([undefined, always('ignore')])(
    'leaves its twin alone where that is agreed, or nothing',
    async (terms) => {
      const { world, ours, theirs } = await pairsOf(terms);
      world.acme.site.people.remove(ours[0]?.id ?? '');
      await ended(world);
      const [twin] = theirs;
      world.globex.site.people.edit('Grace', twin?.id ?? '', { summary: 'Printer alone' });
      world.globex.site.people.comment('Grace', twin?.id ?? '', 'Still here');
      await ended(world);
      expect(twin?.fields['summary']).toBe('Printer alone');
      expect(world.acme.site.issues.size).toBe(0);
      expect(logOf(world.globex)).toContain('was deleted over there');
    },
  );

  test('is told on its twin by a comment, once', async () => {
    const { world, ours, theirs } = await pairsOf(always('mark'));
    world.acme.site.people.remove(ours[0]?.id ?? '');
    await ended(world);
    const [twin] = theirs;
    expect(commentsOf(twin ?? ({} as never))).toEqual([
      expect.stringContaining('was deleted on the partner site'),
    ]);
    world.globex.site.people.edit('Grace', twin?.id ?? '', { summary: 'Printer alone' });
    await ended(world);
    expect(world.acme.site.issues.size).toBe(0);
  });

  test('takes its twin along where that is agreed, from either side', async () => {
    const { world, ours, theirs } = await pairsOf(always('delete'), 2);
    world.acme.site.people.remove(ours[0]?.id ?? '');
    world.globex.site.people.remove(theirs[1]?.id ?? '');
    await ended(world);
    expect([world.acme.site.issues.size, world.globex.site.issues.size]).toEqual([0, 0]);
  });

  test('counts only from the side that the agreement names', async () => {
    const { world, ours, theirs } = await pairsOf({ ...always('delete'), direction: 'toSecondary' }, 2);
    world.acme.site.people.remove(ours[0]?.id ?? '');
    world.globex.site.people.remove(theirs[1]?.id ?? '');
    await ended(world);
    expect([...world.acme.site.issues.keys()]).toEqual([ours[1]?.id]);
    expect(world.globex.site.issues.size).toBe(0);
  });

  test('deleted on both sites at once is over on both', async () => {
    const { world, ours, theirs } = await pairsOf(always('delete'));
    world.acme.site.people.remove(ours[0]?.id ?? '');
    world.globex.site.people.remove(theirs[0]?.id ?? '');
    await ended(world);
    expect(world.globex.site.calls['deleteIssue'] ?? 0).toBe(0);
  });

  test('is not believed while it can be read: an event may be wrong', async () => {
    const { world, ours } = await pairsOf(always('delete'));
    const [issue] = ours;
    world.event(world.acme, {
      kind: 'deleted',
      issueId: issue?.id ?? '',
      projectId: issue?.projectId ?? '',
      bySelf: false,
    });
    await world.settle();
    world.acme.site.people.edit('Ada', issue?.id ?? '', { labels: ['alive'] });
    await ended(world);
    const [twin] = [...world.globex.site.issues.values()];
    expect(twin?.fields['labels']).toEqual(['alive']);
  });

  test('is not made again by existing issues, by an offer on its way, or by trying again', async () => {
    const { world, ours, theirs } = await pairsOf(undefined);
    const fresh = world.acme.site.people.create('Ada', 'Scanner hums');
    world.acme.site.people.remove(fresh.id);
    world.acme.site.people.remove(ours[0]?.id ?? '');
    await world.settle();
    expect(world.globex.site.issues.size).toBeLessThanOrEqual(2);
    // The twin that stayed is an ordinary issue: nothing brings it back over there.
    world.globex.site.people.edit('Grace', theirs[0]?.id ?? '', { labels: ['a'] });
    await retryProblems(world.globex.ports(), { id: link });
    await retryProblems(world.acme.ports(), { id: link });
    await ended(world);
    expect(world.acme.site.issues.size).toBe(0);
  });
});

describe('memory of before the deletion', () => {
  test.each(['acme', 'globex'] as const)('put back on %s brings nothing back', async (name) => {
    const { world, ours } = await pairsOf(always('mark'), 2);
    const backup = backUp(world[name]);
    world.acme.site.people.remove(ours[0]?.id ?? '');
    await world.settle();
    world.clock.advance(3_600_000);
    putBack(backup);
    world.acme.site.people.edit('Ada', ours[1]?.id ?? '', { labels: ['later'] });
    await world.settle();
    expect(world.acme.site.issues.size).toBe(1);
    const left = [...world.globex.site.issues.values()];
    expect(left).toHaveLength(2);
    expect(left.flatMap((issue) => commentsOf(issue)).length).toBeLessThanOrEqual(1);
    expect(left.some(({ fields }) => String(fields['labels']).includes('later'))).toBe(true);
  });
});

describe('an edit that the deletion did not know of', () => {
  test('is never lost silently: an admin decides, and may delete', async () => {
    const { world, ours, theirs } = await pairsOf(always('delete'));
    world.acme.site.people.remove(ours[0]?.id ?? '');
    world.globex.site.people.edit('Grace', theirs[0]?.id ?? '', { labels: ['late'] });
    await world.settle();
    const [asked] = await endsOf(world.globex);
    expect(asked).toMatchObject({ issueKey: theirs[0]?.key, reason: expect.stringContaining('Labels') });
    expect(asked?.answers.map(({ id }) => id)).toEqual(['delete', 'keep']);
    await answerEnd(world.globex.ports(), { id: link, pair: asked?.pair ?? '', answer: 'delete' });
    await ended(world);
    expect(world.globex.site.issues.size).toBe(0);
    await expect(
      answerEnd(world.globex.ports(), { id: link, pair: asked?.pair ?? '', answer: 'keep' }),
    ).rejects.toThrow('decided already');
  });

  test('keeps its issue where an admin says so', async () => {
    const { world, ours, theirs } = await pairsOf(always('delete'));
    world.globex.site.people.comment('Grace', theirs[0]?.id ?? '', 'Look here');
    world.acme.site.people.remove(ours[0]?.id ?? '');
    await world.settle();
    const [asked] = await endsOf(world.globex);
    expect(asked?.reason).toContain('a comment of Grace');
    await answerEnd(world.globex.ports(), { id: link, pair: asked?.pair ?? '', answer: 'keep' });
    await ended(world);
    expect(has(world.globex, theirs[0] ?? ({} as never))).toBe(true);
    world.globex.site.people.edit('Grace', theirs[0]?.id ?? '', { labels: ['later'] });
    await ended(world);
  });
});

describe('a deletion that Jira refuses', () => {
  test('waits with the reason, and is tried again', async () => {
    const { world, ours, theirs } = await pairsOf(always('delete'));
    world.globex.site.failure = (call) =>
      call === 'deleteIssue' ? { kind: 'denied', message: 'No permission to delete.' } : undefined;
    world.acme.site.people.remove(ours[0]?.id ?? '');
    await world.settle();
    const [asked] = await endsOf(world.globex);
    expect(asked?.reason).toContain('No permission to delete.');
    expect(has(world.globex, theirs[0] ?? ({} as never))).toBe(true);
    world.globex.site.failure = () => undefined;
    await retryProblems(world.globex.ports(), { id: link });
    await ended(world);
    expect(world.globex.site.issues.size).toBe(0);
  });

  test('sub-tasks go along only when somebody says so', async () => {
    const { world, ours, theirs } = await pairsOf(always('delete'), 2);
    const [parent, part] = theirs;
    world.globex.site.ends.setSubtasks(parent?.id ?? '', part === undefined ? [] : [part]);
    world.acme.site.people.remove(ours[0]?.id ?? '');
    await world.settle();
    const [asked] = await endsOf(world.globex);
    expect(asked?.reason).toContain(`It has sub-tasks here: ${part?.key}`);
    await answerEnd(world.globex.ports(), { id: link, pair: asked?.pair ?? '', answer: 'withSubtasks' });
    await ended(world);
    expect([world.acme.site.issues.size, world.globex.site.issues.size]).toEqual([0, 0]);
  });
});

describe('an issue that cannot be read', () => {
  test('pauses and asks; it may come back', async () => {
    const { world, ours, theirs } = await pairsOf(always('delete'));
    const [issue] = ours;
    if (issue === undefined) throw new Error('The story needs an issue.');
    issue.visible = false;
    world.acme.site.people.edit('Ada', issue.id, { labels: ['hidden'] });
    await world.settle();
    expect(await endsOf(world.acme)).toMatchObject([
      { issueKey: issue.key, answers: [{ id: 'deleted' }, { id: 'keep' }] },
    ]);
    issue.visible = true;
    world.acme.site.people.edit('Ada', issue.id, { labels: ['back'] });
    await ended(world);
    expect(theirs[0]?.fields['labels']).toEqual(['back']);
  });

  test.each(['deleted', 'keep'] as const)('is given up by an admin: %s', async (answer) => {
    const { world, ours, theirs } = await pairsOf(always('delete'));
    const [issue] = ours;
    if (issue === undefined) throw new Error('The story needs an issue.');
    issue.visible = false;
    world.acme.site.people.edit('Ada', issue.id, { labels: ['hidden'] });
    await world.settle();
    const [asked] = await endsOf(world.acme);
    await answerEnd(world.acme.ports(), { id: link, pair: asked?.pair ?? '', answer });
    await ended(world);
    expect(has(world.globex, theirs[0] ?? ({} as never))).toBe(answer === 'keep');
  });
});
