/** Comments over their life: shared, withdrawn, shared again. */

import { retryProblems } from '#engine/retry-problems';
import { sayIssues } from './compare-sites';
import { link, World } from './world';

test('a comment that becomes restricted takes its copy with it, and brings it back when it is open again', async () => {
  const world = await World.start();
  const { people } = world.acme.site;
  const issue = people.create('Ada', 'Printer');
  const comment = people.comment('Ada', issue.id, 'The code is in the drawer');
  await world.settle();
  const copies = () => sayIssues(world.globex).get('Printer')?.[0]?.comments;
  expect(copies()).toEqual(['Ada: The code is in the drawer']);

  comment.restricted = true;
  people.editComment('Ada', issue.id, comment.id, 'CANARY the code is 1234');
  await world.settle();
  expect(copies()).toEqual([]);
  expect(issue.comments).toHaveLength(1);

  comment.restricted = false;
  people.editComment('Ada', issue.id, comment.id, 'The code is changed');
  await world.settle();
  expect(copies()).toEqual(['Ada: The code is changed']);
});

test.each([
  ['comes along with its issue', 3, { readIssues: 1 }],
  ['is read by itself where Jira does not send all of them along', 9, { readIssues: 1, readComment: 1 }],
])('an edited comment %s', async (_how, count, calls) => {
  const world = await World.start();
  const { people } = world.acme.site;
  const issue = people.create('Ada', 'Printer');
  const comments = Array.from({ length: count }, (_, index) =>
    people.comment('Ada', issue.id, `Look ${index}`),
  );
  await world.settle();
  world.acme.site.calls = {};
  const [comment] = comments;
  people.editComment('Ada', issue.id, comment?.id ?? '', 'Look behind the door');
  await world.run();
  expect(world.acme.site.calls).toEqual(calls);
  const copies = sayIssues(world.globex).get('Printer')?.[0]?.comments;
  expect(copies).toHaveLength(count);
  expect(copies).toContain('Ada: Look behind the door');
});

test('a comment that waits for its issue over there, and is deleted here meanwhile, is not written any more', async () => {
  const world = await World.start();
  const { people } = world.acme.site;
  world.globex.site.failure = (call) =>
    call === 'createIssue' ? { kind: 'denied', message: 'No permission to create issues.' } : undefined;
  const issue = people.create('Ada', 'Printer');
  const comment = people.comment('Ada', issue.id, 'Look');
  await world.settle();
  people.deleteComment(issue.id, comment.id);
  await world.settle();
  world.globex.site.failure = () => undefined;
  await retryProblems(world.globex.ports(), { id: link });
  await world.settle();
  expect(sayIssues(world.globex).get('Printer')?.[0]?.comments).toEqual([]);
  expect(world.tidy().problems).toEqual([]);
});
