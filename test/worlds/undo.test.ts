/** Undo: what a message of the partner changed here is set back on both sites, unless somebody changed it again. */
import { listApplied } from '#engine/undo/list-applied';
import { undoBatch } from '#engine/undo/undo-batch';
import { paragraph } from '../support/memory-site';
import { differences } from './compare-sites';
import { link, type Side, World } from './world';

function only(side: Side, tag: string) {
  const found = [...side.site.issues.values()].filter((issue) =>
    String(issue.fields['summary']).startsWith(tag),
  );
  expect(found).toHaveLength(1);
  return found[0] as (typeof found)[number];
}

async function newest(side: Side) {
  const { batches } = await listApplied(side.ports(), { id: link });
  return batches[0] as (typeof batches)[number];
}

async function begun() {
  const world = await World.start(3);
  const issue = world.acme.site.people.create('Ada', 'Printer smokes', {
    labels: ['hot'],
    description: paragraph('It does'),
  });
  await world.settle();
  return { world, issue, twin: only(world.globex, 'Printer') };
}

test('fields, rich text and status go back here, and travel to the partner as an edit', async () => {
  const { world, issue, twin } = await begun();
  world.acme.site.people.edit('Ada', issue.id, {
    summary: 'Printer burns',
    labels: ['hot', 'fire'],
    description: paragraph('It burns'),
  });
  await world.settle();
  world.acme.site.people.move('Ada', issue.id, world.acme.facts.statuses[1]?.id ?? '');
  await world.settle();
  const moved = await newest(world.globex);
  expect(moved.issues).toEqual([{ key: twin.key, what: [expect.stringMatching(/status/i)] }]);
  const { batches } = await listApplied(world.globex.ports(), { id: link });
  const edited = batches.find(({ issues }) => (issues[0]?.what.length ?? 0) >= 3);
  for (const { seq } of [moved, edited ?? moved]) {
    expect(await undoBatch(world.globex.ports(), { id: link, seq, dry: false })).toMatchObject({
      skipped: [],
      more: false,
    });
    await world.settle();
  }
  expect(twin.fields).toMatchObject({ summary: 'Printer smokes', labels: ['hot'] });
  expect(JSON.stringify(twin.fields['description'])).toContain('It does');
  expect(issue.fields).toMatchObject({ summary: 'Printer smokes', labels: ['hot'] });
  expect(issue.statusId).toBe(world.acme.facts.statuses[0]?.id);
  expect(differences(world)).toEqual([]);
  expect((await newest(world.globex)).undone).toBeDefined();
});

test('what was changed again since is left alone and named', async () => {
  const { world, issue, twin } = await begun();
  world.acme.site.people.edit('Ada', issue.id, { summary: 'Printer burns', labels: ['fire'] });
  await world.settle();
  const { seq } = await newest(world.globex);
  world.globex.site.people.edit('Grace', twin.id, { summary: 'Printer is fine' });
  await world.settle();
  const dry = await undoBatch(world.globex.ports(), { id: link, seq, dry: true });
  const real = await undoBatch(world.globex.ports(), { id: link, seq, dry: false });
  expect(real).toEqual(dry);
  expect(real.asked).toHaveLength(1);
  expect(real.skipped).toEqual([{ key: twin.key, what: 'Summary', reason: 'It was changed again since.' }]);
  await world.settle();
  expect(issue.fields).toMatchObject({ summary: 'Printer is fine', labels: ['hot'] });
  expect(differences(world)).toEqual([]);
});

test('an edit that nobody has heard of yet wins over undoing', async () => {
  const { world, issue, twin } = await begun();
  world.acme.site.people.edit('Ada', issue.id, { summary: 'Printer burns' });
  await world.settle();
  const { seq } = await newest(world.globex);
  const { asked } = await undoBatch(world.globex.ports(), { id: link, seq, dry: false });
  expect(asked).toHaveLength(1);
  world.globex.site.people.edit('Grace', twin.id, { summary: 'Printer is fine' });
  await world.settle();
  expect([issue.fields['summary'], twin.fields['summary']]).toEqual(['Printer is fine', 'Printer is fine']);
  const log = world.globex.store.rows('activity').map(({ body }) => (body as { text?: string }).text ?? '');
  expect(log.join('\n')).toContain('It was changed again before it could be undone.');
});

test('a comment that was copied is deleted here, the original stays, and comes back when its author asks', async () => {
  const { world, issue, twin } = await begun();
  const comment = world.acme.site.people.comment('Ada', issue.id, 'Look at this');
  await world.settle();
  expect(twin.comments).toHaveLength(1);
  const { seq, issues } = await newest(world.globex);
  expect(issues).toEqual([{ key: twin.key, what: ['Comment'] }]);
  await undoBatch(world.globex.ports(), { id: link, seq, dry: false });
  await world.settle();
  expect(twin.comments).toHaveLength(0);
  expect(issue.comments).toHaveLength(1);
  expect(world.acme.store.rows('problem')).toHaveLength(1);
  world.acme.site.people.editComment('Ada', issue.id, comment.id, 'Look again');
  await world.settle();
  expect(twin.comments).toHaveLength(1);
});

test('an issue that was created is not deleted', async () => {
  const { world, twin } = await begun();
  const { batches } = await listApplied(world.globex.ports(), { id: link });
  const made = batches.find(({ issues }) => issues.some(({ what }) => what.includes('Created')));
  const undone = await undoBatch(world.globex.ports(), { id: link, seq: made?.seq ?? 0, dry: false });
  expect(undone).toMatchObject({ asked: [], skipped: [{ key: twin.key, what: 'Issue' }] });
  await expect(undoBatch(world.globex.ports(), { id: link, seq: 99, dry: false })).rejects.toThrow(
    'not kept',
  );
});
