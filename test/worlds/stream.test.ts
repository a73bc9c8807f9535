/** The stream between two sites: what the receiving side takes, what it refuses in silence, and who may work. */

import { controlHandlers } from '#engine/control-handlers';
import { postControl } from '#engine/post-control';
import { receiveEnvelope } from '#engine/receive-envelope';
import { rowKeys } from '#engine/rows/keys';
import { incomingSchema, streamSchema } from '#engine/rows/stream';
import { readConnection } from '#engine/update-connection';
import { work } from '#engine/work';
import { readPlainSeal } from '../support/plain-sealer';
import { differences, sayIssues } from './compare-sites';
import { link, noMischief, type Side, World } from './world';

/** Sealed batches that one side has sent, in order, each once. */
function batchesOf(world: World, side: Side): string[] {
  const found = new Map<number, string>();
  for (const { from, body } of world.wire) {
    if (from !== side.name || !body.startsWith('{')) continue;
    const { sealed } = JSON.parse(body) as { sealed: string };
    const envelope = JSON.parse(readPlainSeal(sealed)) as { kind: string; seq: number };
    if (envelope.kind === 'batch') found.set(envelope.seq, sealed);
  }
  return [...found.entries()].sort(([a], [b]) => a - b).map(([, sealed]) => sealed);
}

async function receive(world: World, side: Side, sealed: string): Promise<number> {
  const row = await readConnection(side.ports(), link);
  if (row === undefined) throw new Error('No connection.');
  const { status } = await receiveEnvelope(side.ports(), row, sealed);
  void world;
  return status;
}

async function incoming(side: Side) {
  return incomingSchema.parse((await side.store.get('stream', rowKeys.incoming(link)))?.body);
}

/** Three batches of acme which the wire has swallowed. */
async function threeBatches(): Promise<{ world: World; sealed: string[] }> {
  const world = await World.start();
  world.mischief = { ...noMischief, fate: () => 'requestLost' };
  for (const name of ['One', 'Two', 'Three']) {
    world.acme.site.people.create('Ada', `${name} new`);
    await world.run();
    world.clock.advance(30_000);
    await world.run();
  }
  const sealed = world.acme.store
    .rows('outbox')
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ body }) => (body as { sealed: string }).sealed);
  expect(sealed).toHaveLength(3);
  return { world, sealed };
}

function changed(
  sealed: string,
  change: Record<string, unknown>,
  seal: Record<string, unknown> = {},
): string {
  const outer = JSON.parse(Buffer.from(sealed, 'base64').toString('utf8')) as { text: string };
  const text = JSON.stringify({ ...(JSON.parse(outer.text) as object), ...change });
  return Buffer.from(JSON.stringify({ ...outer, text, ...seal })).toString('base64');
}

test('out of order, doubled and with a hole: stored once, and applied when the hole is filled', async () => {
  const { world, sealed } = await threeBatches();
  const [first = '', second = '', third = ''] = sealed;
  world.mischief = noMischief;
  expect(await receive(world, world.globex, third)).toBe(200);
  expect(await receive(world, world.globex, second)).toBe(200);
  expect(await receive(world, world.globex, third)).toBe(200);
  expect(await incoming(world.globex)).toMatchObject({ seq: 0, buffered: [{ seq: 3 }, { seq: 2 }] });
  await world.run();
  expect(sayIssues(world.globex).size).toBe(0);
  expect(await receive(world, world.globex, first)).toBe(200);
  expect(await incoming(world.globex)).toMatchObject({ seq: 3, buffered: [] });
  expect(await receive(world, world.globex, first)).toBe(200);
  await world.settle();
  expect(sayIssues(world.globex).size).toBe(3);
  expect(differences(world)).toEqual([]);
});

test.each([
  ['with another body under the same number', { body: '{"ops":[]}' }, {}],
  ['that does not continue the chain', { ch: 'a'.repeat(64) }, {}],
  ['for another connection', { link: 'another-connection' }, {}],
  ['that names another sender', { from: 'b'.repeat(64) }, {}],
  ['for somebody else', { to: 'c'.repeat(64) }, {}],
  ['of a newer protocol', { v: 2 }, {}],
  ['signed by a stranger', {}, { from: 'public key of mallory' }],
  ['sealed for a stranger', {}, { to: 'public key of mallory' }],
])('a message %s is refused in silence, changes nothing and leaves a line', async (_what, inside, seal) => {
  const { world, sealed } = await threeBatches();
  const before = JSON.stringify(await world.globex.store.get('stream', rowKeys.incoming(link)));
  expect(await receive(world, world.globex, changed(sealed[0] ?? '', inside, seal))).toBe(404);
  const after = await world.globex.store.get('stream', rowKeys.incoming(link));
  expect(
    after === undefined || (after.body as { seq: number }).seq === 0 || JSON.stringify(after) === before,
  ).toBe(true);
  expect(world.globex.store.rows('inbox')).toHaveLength(0);
  const log = world.globex.store.rows('activity').map(({ body }) => (body as { text: string }).text);
  expect(log.filter((text) => text.includes('refused'))).toHaveLength(1);
});

test('garbage, nothing and far too much are refused', async () => {
  const world = await World.start();
  expect(await receive(world, world.globex, '')).toBe(404);
  expect(await receive(world, world.globex, 'bm90IGEgc2VhbA==')).toBe(404);
  expect(await receive(world, world.globex, 'A'.repeat(2_000_000))).toBe(404);
});

test('the same number with another content is noticed also after it was taken', async () => {
  const { world, sealed } = await threeBatches();
  world.mischief = noMischief;
  await receive(world, world.globex, sealed[0] ?? '');
  const other = changed(sealed[0] ?? '', { ch: 'd'.repeat(64) });
  // Answered with what is known here: a partner whose memory was put back learns it from that.
  expect(await receive(world, world.globex, other)).toBe(200);
  const log = world.globex.store.rows('activity').map(({ body }) => (body as { text: string }).text);
  expect(log.filter((text) => text.includes('refused'))).toHaveLength(1);
  expect((await incoming(world.globex)).seq).toBe(1);
});

test('before both admins have confirmed the words, no data leaves and none is applied', async () => {
  const world = await World.start(1, () => ({ confirmedThere: undefined }));
  world.acme.site.people.create('Ada', 'Early one');
  await postControl(world.acme.ports(), link, { op: 'run.stop' });
  await world.run();
  const said = batchesOf(world, world.acme).map((sealed) => readPlainSeal(sealed));
  expect(said.join('\n')).not.toContain('run.stop');
  expect(sayIssues(world.globex).size).toBe(0);
});

test('two workers at once: one works, the other leaves its hints', async () => {
  const world = await World.start();
  const issue = world.acme.site.people.create('Ada', 'One new');
  await world.settle();
  world.acme.site.people.edit('Ada', issue.id, { summary: 'One edited' });
  await world.step();
  const message = { connection: link, hints: [rowKeys.dirty(link, issue.id, 'fields')] };
  await Promise.all(
    ['a', 'b', 'c'].map((owner) => work(world.acme.ports(), message, { owner, attempt: 0 }, controlHandlers)),
  );
  await world.settle();
  expect(differences(world)).toEqual([]);
  const stream = streamSchema.parse((await world.acme.store.get('stream', rowKeys.stream(link)))?.body);
  expect(stream.out.seq).toBe(2);
  expect(stream.owner).toBeUndefined();
});

test('an unreachable partner is tried again with growing pauses, and nothing is lost', async () => {
  const world = await World.start();
  world.mischief = { ...noMischief, fate: () => 'requestLost' };
  world.acme.site.people.create('Ada', 'One new');
  const before = world.wire.length;
  for (let minute = 0; minute < 60; minute += 1) {
    world.clock.advance(60_000);
    await world.run();
  }
  const tries = world.wire.length - before;
  expect(tries).toBeGreaterThan(3);
  expect(tries).toBeLessThan(12);
  world.mischief = noMischief;
  world.clock.advance(3_600_000);
  await world.settle();
  expect(differences(world)).toEqual([]);
});
