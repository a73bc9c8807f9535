/** Comments beyond copying: edits of copies, deletions, and who may see them, as the agreement says. */
import { textOf } from '#core/mapping/plain-document';
import type { Audience, CommentTerms } from '#core/model/comment-terms';
import { acmeFacts, bindingOf, contract, globexFacts, mapping } from './site-facts';
import { link, World } from './world';

const acmeStaff: Audience = { type: 'role', name: 'Staff' };
const globexStaff: Audience = { type: 'group', name: 'employees' };

async function commented(commentTerms: CommentTerms, text: string, audience?: Audience) {
  const world = new World(1, {
    acme: acmeFacts,
    globex: globexFacts,
    contract: { ...contract, mappings: [{ ...mapping, commentTerms }] },
    bindings: (facts) => {
      const here = facts === acmeFacts ? acmeStaff : globexStaff;
      return [{ ...bindingOf(facts), audiences: [{ audience: 'staff', ...here }] }];
    },
  });
  await world.connectBoth();
  const { people } = world.acme.site;
  const issue = people.create('Ada', 'Printer');
  const comment = people.comment('Ada', issue.id, text);
  if (audience !== undefined) Object.assign(comment, { restricted: true, audience });
  await world.settle();
  const twin = [...world.globex.site.issues.values()][0];
  const copy = () => twin?.comments[0];
  const said = () => (twin?.comments ?? []).map(({ body }) => textOf(body));
  const own = () => issue.comments.map(({ body }) => textOf(body));
  const edit = (words: string) =>
    world.globex.site.people.editComment('Grace', twin?.id ?? '', copy()?.id ?? '', lines(words));
  return { world, issue, comment, people, twin, copy, said, own, edit };
}

function lines(text: string) {
  const content = text
    .split('\n')
    .map((line) => ({ type: 'paragraph', content: [{ type: 'text', text: line }] }));
  return { type: 'doc' as const, version: 1, content };
}

test('an edit of a copy stays there when nothing is agreed', async () => {
  const { world, said, own, edit } = await commented({}, 'One');
  edit('Ada wrote:\nTwo');
  await world.settle();
  expect(said()).toEqual(['Ada wrote:\nTwo']);
  expect(own()).toEqual(['One']);
});

test('an edit of a copy is put back, and what was written over is in the log', async () => {
  const { world, said, own, edit } = await commented({ edits: 'restore' }, 'One');
  edit('Ada wrote:\nTwo');
  await world.settle();
  expect(said()).toEqual(['Ada wrote:\nOne']);
  expect(own()).toEqual(['One']);
  const log = await world.globex.store.list({
    table: 'activity',
    group: link,
    limit: 100,
  });
  expect(JSON.stringify(log.rows)).toContain('It said: Ada wrote:\\nTwo');
});

test('an edit of a copy becomes an edit of the comment, and comes back to no echo', async () => {
  const { world, said, own, edit } = await commented({ edits: 'back' }, 'One');
  edit('Ada wrote:\nTwo');
  await world.settle();
  expect(own()).toEqual(['Two']);
  expect(said()).toEqual(['Ada wrote:\nTwo']);
  edit('Three');
  await world.settle();
  expect(own()).toEqual(['Three']);
  expect(world.acme.site.echoes).toEqual([]);
  expect(world.globex.site.echoes).toEqual([]);
});

test('edits of a comment and of its copy at the same time both count, by paragraph', async () => {
  const first = await commented({ edits: 'back' }, 'x');
  first.people.editComment('Ada', first.issue.id, first.comment.id, lines('Top\nMiddle\nEnd'));
  await first.world.settle();
  expect(first.said()).toEqual(['Ada wrote:\nTop\nMiddle\nEnd']);
  first.edit('Ada wrote:\nTop\nMiddle\nEnd of Grace');
  first.people.editComment('Ada', first.issue.id, first.comment.id, lines('Top of Ada\nMiddle\nEnd'));
  await first.world.settle();
  expect(first.own()).toEqual(['Top of Ada\nMiddle\nEnd of Grace']);
  expect(first.said()).toEqual(['Ada wrote:\nTop of Ada\nMiddle\nEnd of Grace']);
});

test('where both edits touch, the comment itself is right on both sites', async () => {
  const { world, issue, comment, people, said, own, edit } = await commented({ edits: 'back' }, 'One');
  edit('Ada wrote:\nGrace');
  people.editComment('Ada', issue.id, comment.id, 'Ada');
  await world.settle();
  expect(own()).toEqual(['Ada']);
  expect(said()).toEqual(['Ada wrote:\nAda']);
});

test('an edit that Jira refuses is taken back over there, and shown here', async () => {
  const { world, said, own, edit } = await commented({ edits: 'back' }, 'One');
  world.acme.site.failure = (call) =>
    call === 'updateComment' ? { kind: 'denied', message: 'No permission to edit.' } : undefined;
  edit('Ada wrote:\nTwo');
  await world.settle();
  expect(own()).toEqual(['One']);
  expect(said()).toEqual(['Ada wrote:\nOne']);
  const problems = await world.acme.store.list({ table: 'problem', group: link, limit: 10 });
  expect(JSON.stringify(problems.rows)).toContain('No permission to edit.');
});

test.each([
  { deletions: undefined, left: [] },
  { deletions: 'delete', left: [] },
  { deletions: 'keep', left: ['Ada wrote:\nOne'] },
  { deletions: 'mark', left: ['Deleted on the partner site:\nAda wrote:\nOne'] },
] as const)('deletions $deletions: $left is left', async ({ deletions, left }) => {
  const { world, issue, comment, people, said } = await commented(
    deletions === undefined ? {} : { deletions },
    'One',
  );
  people.deleteComment(issue.id, comment.id);
  await world.settle();
  expect(said()).toEqual(left);
});

const staff: CommentTerms = { audiences: [{ id: 'staff', label: 'Staff' }], deletions: 'keep' };

test('a restricted comment reaches those who stand for its audience, and nobody else', async () => {
  const { copy, said } = await commented(staff, 'Secret', acmeStaff);
  expect(said()).toEqual(['Ada wrote:\nSecret']);
  expect(copy()).toMatchObject({ restricted: true, audience: globexStaff });
});

test('a comment for others than the agreement names never leaves; one that becomes so takes its copy along', async () => {
  const { world, issue, comment, people, said } = await commented(staff, 'Secret', {
    type: 'role',
    name: 'Board',
  });
  expect(said()).toEqual([]);
  Object.assign(comment, { audience: acmeStaff });
  people.editComment('Ada', issue.id, comment.id, 'For staff');
  await world.settle();
  expect(said()).toEqual(['Ada wrote:\nFor staff']);
  Object.assign(comment, { audience: { type: 'role', name: 'Board' } });
  people.editComment('Ada', issue.id, comment.id, 'CANARY');
  await world.settle();
  expect(said()).toEqual([]);
});

test('a restriction comes and goes with the comment', async () => {
  const { world, issue, comment, people, copy, twin } = await commented(staff, 'Open');
  expect(copy()?.restricted).toBe(false);
  Object.assign(comment, { restricted: true, audience: acmeStaff });
  people.editComment('Ada', issue.id, comment.id, 'Closed');
  await world.settle();
  expect(copy()).toMatchObject({ restricted: true, audience: globexStaff });
  const { audience: _none, ...rest } = comment;
  issue.comments.splice(0, 1, { ...rest, restricted: false });
  people.editComment('Ada', issue.id, comment.id, 'Open again');
  await world.settle();
  expect(twin?.comments).toHaveLength(1);
  expect(copy()?.audience).toBeUndefined();
  expect(textOf(copy()?.body ?? null)).toBe('Ada wrote:\nOpen again');
});

test('a mention of somebody whom the agreement lists is one over there too; others are plain names', async () => {
  const field = {
    id: 'who',
    kind: 'user' as const,
    label: 'Assignee',
    direction: 'both' as const,
    policy: 'newest' as const,
  };
  const values = [{ id: 'v-desk', label: 'The desk' }];
  const world = new World(1, {
    acme: acmeFacts,
    globex: globexFacts,
    contract: {
      ...contract,
      mappings: [
        { ...mapping, commentTerms: { edits: 'back' }, fields: [...mapping.fields, { ...field, values }] },
      ],
    },
    bindings: (facts) => {
      const bound = bindingOf(facts);
      const account = facts === acmeFacts ? 'ben' : 'henrik';
      const who = { slot: 'who', fieldId: 'assignee', values: [{ value: 'v-desk', locals: [account] }] };
      return [{ ...bound, fields: [...bound.fields, who] }];
    },
  });
  await world.connectBoth();
  const { people } = world.acme.site;
  const issue = people.create('Ada', 'Printer');
  const said = (text: string, id: string) => ({ type: 'mention', attrs: { id, text } });
  const comment = people.comment('Ada', issue.id, {
    type: 'doc',
    version: 1,
    content: [
      {
        type: 'paragraph',
        content: [said('@Ben', 'ben'), { type: 'text', text: ' and ' }, said('@Zoe', 'zoe')],
      },
    ],
  });
  await world.settle();
  const twin = [...world.globex.site.issues.values()][0];
  expect(twin?.comments[0]?.body.content[1]).toEqual({
    type: 'paragraph',
    content: [
      { type: 'mention', attrs: { id: 'henrik', text: '@The desk' } },
      { type: 'text', text: ' and @Zoe' },
    ],
  });
  // Looking at the copy again finds nothing to say, although the site spells the name its own way.
  const copy = twin?.comments[0];
  const respelled = JSON.parse(
    JSON.stringify(copy?.body).replace('@The desk', '@Henrik Vogel'),
  ) as typeof comment.body;
  world.globex.site.people.editComment('Grace', twin?.id ?? '', copy?.id ?? '', respelled);
  await world.settle();
  expect(issue.comments[0]?.body).toEqual(comment.body);
  expect(issue.comments[0]?.updatedAt).toBe(comment.updatedAt);
});
