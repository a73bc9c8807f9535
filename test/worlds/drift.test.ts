/** Checks for differences: cheap where nothing differs, to the field where something does, healed by exactly what differs. */
import type { Pair } from '#core/model/pair';
import { hashText } from '#core/protocol/hash';
import { healDrift, readDrift, startDrift } from '#engine/drift/steer-drift';
import type { StoreOperation } from '#engine/ports/store';
import { rowKeys } from '#engine/rows/keys';
import { createSealer } from '#seal/create-sealer';
import { CrashSignal } from '../support/gate';
import { memorySecrets } from '../support/memory-secrets';
import type { MemoryIssue } from '../support/memory-site';
import { readPlainSeal } from '../support/plain-sealer';
import { link, type Side, World } from './world';

const id = link;
const transaction = 25;

/** Bytes of `reference` model: h * (1 + b * sum of min(b^l, k)) + min(k, N/leaf) * leaf * (8 + h); h 16, b 32, leaf 32. */
function modelBytes(pairs: number, differing: number): number {
  const [hash, fanout, leaf] = [16, 32, 32];
  const depth = Math.ceil(Math.log(pairs / leaf) / Math.log(fanout));
  let inner = 0;
  for (let level = 0; level < depth; level += 1) inner += Math.min(fanout ** level, differing);
  return hash * (1 + fanout * inner) + Math.min(differing, pairs / leaf) * leaf * (8 + hash);
}

/** Both sites hold the same issues as agreed pairs, made as rows, not by the engine. */
async function pairedWorld(count: number): Promise<{ world: World; twins: [MemoryIssue, MemoryIssue][] }> {
  const world = new World();
  const twins = Array.from({ length: count }, (_, index): [MemoryIssue, MemoryIssue] => [
    world.acme.site.people.create('Ada', `Issue ${index}`),
    world.globex.site.people.create('Ada', `Issue ${index}`),
  ]);
  world.clock.advance(1_000);
  await world.run();
  await world.connectBoth();
  await world.settle();
  for (const side of [world.acme, world.globex]) {
    const operations = twins.flatMap((pair, index) => rowsOf(pair[side.name === 'acme' ? 0 : 1], index));
    for (let start = 0; start < operations.length; start += transaction - 1) {
      await side.store.transact(operations.slice(start, start + transaction - 1));
    }
  }
  world.wire.length = 0;
  return { world, twins };
}

function idOf(index: number): string {
  return hashText(`pair ${index}`).slice(0, 32);
}

function rowsOf(issue: MemoryIssue, index: number): StoreOperation[] {
  const pair = idOf(index);
  const body: Pair = {
    pair,
    mapping: 'm1',
    type: 't-task',
    local: { id: issue.id, key: issue.key },
    origin: 'primary',
    state: 'twinned',
    base: {
      summary: { t: 'text', v: `Issue ${index}` },
      priority: { t: 'option', v: 'p-mid' },
      status: { t: 'option', v: 's-new' },
      labels: { t: 'set', v: [] },
    },
    inSeq: 0,
    held: {},
  };
  return [
    { op: 'set', table: 'pair', key: rowKeys.pair(id, pair), body, group: id, rank: pair },
    {
      op: 'set',
      table: 'issueIndex',
      key: rowKeys.issueIndex(id, issue.id),
      body: { pair },
      group: id,
      rank: issue.id,
    },
  ];
}

/** An edit of which no event tells. */
function editUnheard(side: Side, issue: MemoryIssue, fields: Record<string, unknown>): void {
  const { onEvent } = side.site;
  side.site.onEvent = () => undefined;
  side.site.people.edit('Grace', issue.id, fields);
  side.site.onEvent = onEvent;
}

async function check(world: World, full: boolean) {
  await startDrift(world.acme.ports(), { id, full });
  for (let rounds = 0; rounds < 20; rounds += 1) {
    await world.run();
    world.clock.advance(1_000);
  }
  return readDrift(world.acme.ports(), { id });
}

/** Bytes between the sites: what the worlds carry openly, sealed as it is in earnest. */
async function sealedBytes(world: World): Promise<number> {
  const sites = await Promise.all([realSite(), realSite()]);
  const [mine, theirs] = sites;
  let sum = 0;
  for (const { body } of world.wire) {
    const isOuter = body.startsWith('{');
    const plain = isOuter ? (JSON.parse(body) as { sealed: string }) : { sealed: body };
    const sealed = await mine.sealer.seal(keyName, theirs.publicKey, readPlainSeal(plain.sealed));
    sum += Buffer.byteLength(isOuter ? JSON.stringify({ ...plain, sealed }) : sealed);
  }
  return sum;
}

const keyName = 'connection:drift';

async function realSite() {
  const sealer = createSealer({ secrets: memorySecrets(), clock: { now: () => Date.UTC(2026, 0, 1) } });
  const { publicKey } = await sealer.createIdentity(keyName);
  return { sealer, publicKey };
}

function writes(side: Side): number {
  return (side.site.calls['writeIssue'] ?? 0) + (side.site.calls['transition'] ?? 0);
}

test('of ten thousand pairs ten differ: found to the field within the model of bytes, healed by ten writes', async () => {
  const { world, twins } = await pairedWorld(10_000);
  const { acme, globex } = world;
  for (let index = 0; index < 10; index += 1) {
    const [here, there] = twins[index * 997] ?? twins[0] ?? [];
    if (here === undefined || there === undefined) throw new Error('no twins');
    const side = index % 2 === 0 ? acme : globex;
    editUnheard(side, index % 2 === 0 ? here : there, { summary: `Edited ${index}` });
  }
  world.wire.length = 0;
  const reads = acme.site.calls['readIssues'] ?? 0;
  const view = await check(world, true);
  const checkBytes = await sealedBytes(world);
  expect(view).toMatchObject({ verdict: 'differs', found: 10 });
  expect(view.differences?.every(({ kind, base }) => kind === 'differs' && base === 'same')).toBe(true);
  const fields = (view.differences ?? []).flatMap(({ fields: some = [] }) => some.map(({ slot }) => slot));
  expect(fields).toEqual(Array.from({ length: 10 }, () => 'summary'));

  const before = writes(acme) + writes(globex);
  await healDrift(acme.ports(), { id, check: view.check ?? '' });
  await world.settle();
  expect(writes(acme) + writes(globex) - before).toBe(10);
  world.wire.length = 0;
  expect(await check(world, false)).toMatchObject({ verdict: 'same', found: 0 });
  const sameBytes = await sealedBytes(world);
  const model = modelBytes(10_000, 10);
  process.stdout.write(
    `drift: pairs 10000, differ 10, bytes ${checkBytes}, model ${model}, ratio ${(checkBytes / model).toFixed(2)}, ` +
      `bytes when nothing differs ${sameBytes}, bulk reads ${(acme.site.calls['readIssues'] ?? 0) - reads}\n`,
  );
  expect(checkBytes).toBeLessThanOrEqual(1.5 * model);
}, 400_000);

test('bases that went apart, a pair that one side does not know, and an issue that is hidden', async () => {
  const { world, twins } = await pairedWorld(120);
  const { acme, globex } = world;
  expect(await check(world, true)).toMatchObject({ state: 'done', verdict: 'same', found: 0, read: 120 });
  const key = rowKeys.pair(id, idOf(7));
  const row = await globex.store.get('pair', key);
  const body = row?.body as Pair;
  const base = { ...body.base, summary: { t: 'text', v: 'Something else' } };
  await globex.store.transact([
    { op: 'set', table: 'pair', key, body: { ...body, base }, group: id, rank: body.pair },
    { op: 'delete', table: 'pair', key: rowKeys.pair(id, idOf(8)) },
  ]);
  await acme.store.transact([{ op: 'delete', table: 'pair', key: rowKeys.pair(id, idOf(9)) }]);
  const light = await check(world, false);
  const kinds = (view: typeof light) => (view.differences ?? []).map(({ kind }) => kind).sort();
  expect(kinds(light)).toEqual(['differs', 'onlyHere', 'onlyThere']);

  const hidden = twins[10]?.[1];
  if (hidden !== undefined) hidden.visible = false;
  const full = await check(world, true);
  expect(kinds(full)).toEqual(['differs', 'missingThere', 'onlyHere', 'onlyThere']);
  const issues = globex.site.issues.size;
  await healDrift(acme.ports(), { id, check: full.check ?? '' });
  await world.settle();
  expect(kinds(await check(world, false))).toEqual(['onlyHere', 'onlyThere']);
  expect(globex.site.issues.size).toBe(issues);
});

test('killed anywhere, a check and its healing come to the same', async () => {
  for (let kill = 1; kill < 60; kill += 4) {
    const { world, twins } = await pairedWorld(30);
    const [here] = twins[3] ?? [];
    if (here === undefined) throw new Error('no twins');
    editUnheard(world.acme, here, { summary: 'Edited' });
    let calls = 0;
    world.mischief = {
      ...world.mischief,
      gate: () => ({
        enter: async (name) => {
          calls += 1;
          if (calls === kill) throw new CrashSignal(name);
          return async () => undefined;
        },
      }),
    };
    await startDrift(world.acme.ports(), { id, full: true });
    await world.settle();
    const view = await readDrift(world.acme.ports(), { id });
    expect(view).toMatchObject({ state: 'done', found: 1 });
    calls = 0;
    const before = writes(world.globex);
    await healDrift(world.acme.ports(), { id, check: view.check ?? '' });
    await world.settle();
    expect(writes(world.globex) - before).toBeLessThanOrEqual(2);
    expect(world.globex.site.issues.get(twins[3]?.[1].id ?? '')?.fields['summary']).toBe('Edited');
  }
});
