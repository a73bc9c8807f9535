/** The page *History*: what travelled, with values as far as they are known, what became of an undo, and what a replay would look at. */
import { listHistory, type ShownHistory } from '#engine/history/list-history';
import { readChains } from '#engine/history/read-chains';
import { previewReplay } from '#engine/replay/preview-replay';
import { readUndo } from '#engine/undo/read-undo';
import { undoBatch } from '#engine/undo/undo-batch';
import { link, type Side, World } from './world';

function only(side: Side, tag: string) {
  const found = [...side.site.issues.values()].filter((issue) =>
    String(issue.fields['summary']).startsWith(tag),
  );
  expect(found).toHaveLength(1);
  return found[0] as (typeof found)[number];
}

async function begun() {
  const world = await World.start(7);
  const issue = world.acme.site.people.create('Ada', 'Printer smokes', { labels: ['hot'] });
  await world.settle();
  const twin = only(world.globex, 'Printer');
  world.acme.site.people.edit('Ada', issue.id, { summary: 'Printer burns', labels: ['fire'] });
  await world.settle();
  return { world, issue, twin };
}

async function newest(side: Side, issue?: string): Promise<ShownHistory> {
  const { entries } = await listHistory(side.ports(), { id: link, issue });
  const message = entries.find(
    ({ kind, issues }) => kind !== 'asked' && issues.some(({ key }) => key !== ''),
  );
  if (message === undefined) throw new Error('Nothing is told.');
  return message;
}

const burns = { what: 'Summary', was: 'Printer smokes', is: 'Printer burns' };
const labels = { what: 'Labels', was: 'hot', is: 'fire' };

test('a message is told on both sites with its issue, fields, and values before and after', async () => {
  const { world, issue, twin } = await begun();
  const received = await newest(world.globex);
  expect(received).toMatchObject({ kind: 'received', more: 0, undo: {} });
  expect(received.issues).toEqual([{ key: twin.key, changes: expect.arrayContaining([burns, labels]) }]);
  const sent = await newest(world.acme);
  expect(sent.issues).toEqual([{ key: issue.key, changes: expect.arrayContaining([labels]) }]);
  expect(sent).toMatchObject({ kind: 'sent' });
  expect(sent.undo).toBeUndefined();
});

test('a listing of one issue holds nothing of another, by its key here, over there, and after it was deleted', async () => {
  const { world, issue, twin } = await begun();
  world.acme.site.people.create('Ada', 'Other');
  await world.settle();
  const other = only(world.globex, 'Other');
  for (const key of [twin.key, twin.key.toLowerCase(), issue.key]) {
    const { entries } = await listHistory(world.globex.ports(), { id: link, issue: key });
    expect(entries.flatMap(({ issues }) => issues.map((one) => one.key))).toEqual([twin.key, twin.key]);
  }
  world.globex.site.people.remove(twin.id);
  await world.settle();
  expect((await newest(world.globex, twin.key)).issues[0]?.key).toBe(twin.key);
  expect((await newest(world.globex, other.key)).issues[0]?.key).toBe(other.key);
  expect(await listHistory(world.globex.ports(), { id: link, issue: 'NO-1' })).toEqual({ entries: [] });
});

test('undoing says what waits, what is set back here and on both sites, and what was left', async () => {
  const { world, twin } = await begun();
  const { seq = 0 } = await newest(world.globex);
  const ports = world.globex.ports();
  const preview = await undoBatch(ports, { id: link, seq, dry: true });
  expect(preview.asked).toContainEqual({
    key: twin.key,
    what: 'Summary',
    from: 'Printer burns',
    to: 'Printer smokes',
  });
  world.globex.site.people.edit('Grace', twin.id, { labels: ['mine'] });
  await undoBatch(ports, { id: link, seq, dry: false });
  expect(await readUndo(ports, { id: link, seq })).toEqual({
    waiting: 2,
    here: 0,
    both: 0,
    left: [],
    running: true,
  });
  await world.settle();
  expect(await readUndo(ports, { id: link, seq })).toMatchObject({
    waiting: 0,
    both: 1,
    left: [{ key: twin.key, what: 'Labels', reason: 'It was changed again since.' }],
  });
  const { entries } = await listHistory(ports, { id: link });
  expect(entries.find((one) => one.seq === seq && one.kind === 'received')?.undo?.undone).toBeDefined();
});

test('a replay is counted before it begins, and the seals say up to where both sites tell the same', async () => {
  const { world } = await begun();
  world.clock.advance(7_200_000);
  const now = world.clock.now();
  const hour = 3_600_000;
  expect(await previewReplay(world.acme.ports(), { id: link, from: now - 3 * hour })).toEqual({
    changed: 1,
    told: 1,
  });
  expect(await previewReplay(world.acme.ports(), { id: link, from: now - hour / 2 })).toMatchObject({
    told: 0,
  });
  await expect(previewReplay(world.acme.ports(), { id: link, from: now + 1 })).rejects.toThrow('beginning');
  const chains = await readChains(world.acme.ports(), { id: link });
  expect(chains).toMatchObject({ same: chains.sent, applied: chains.stored, forgot: false });
  expect(chains.sent).toBeGreaterThan(0);
});
