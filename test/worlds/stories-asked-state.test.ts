/** Stories of a partner that wants to know what an issue says: it hears nothing that this site would not say by itself. */
import type { Pair } from '#core/model/pair';
import type { DataOperation } from '#core/protocol/operations';
import { agreedHash } from '#core/reconcile/agreed-values';
import { startDrift } from '#engine/drift/steer-drift';
import { Session } from '#engine/stream/session';
import type { MemoryIssue } from '../support/memory-site';
import { filteredWorld, labelled, queried, saidText } from './filter-world';
import { link, type World } from './world';

/** What the app of globex would never say so. */
async function say({ globex }: World, operation: DataOperation): Promise<void> {
  const session = await Session.open(globex.ports(), link, { owner: 'somebody', attempt: 0 });
  if (session === undefined || session === 'busy') throw new Error('Somebody is at work.');
  session.say(operation);
  await session.commit();
  await session.release();
}

type Ask = (world: World, pair: Pair) => Promise<void>;

const about = (world: World, { pair, mapping }: Pair) => ({
  pair,
  mapping,
  seen: 1_000,
  at: world.clock.now(),
});
const asksForState: Ask = (world, pair) =>
  say(world, { op: 'issue.state', ...about(world, pair), values: {}, ask: true });
const namesAnotherBase: Ask = (world, pair) => {
  const values = { due: { t: 'date' as const, v: '2027-01-01' } };
  return say(world, { op: 'issue.update', ...about(world, pair), values, base: 'f'.repeat(32) });
};
const changesIt: Ask = (world, pair) => {
  const values = { summary: { t: 'text' as const, v: 'Printer stinks' } };
  return say(world, {
    op: 'issue.update',
    ...about(world, pair),
    values,
    base: agreedHash(pair, ['summary']),
  });
};
const checksAll: Ask = async ({ globex }) => {
  await startDrift(globex.ports(), { id: link, full: true });
};

/** A pair whose original is changed while acme hears of nothing, and a partner that asks at that moment. */
async function asked(
  ask: Ask,
  filter: typeof labelled | undefined,
  change: (world: World, issue: MemoryIssue) => void,
): Promise<World> {
  const terms = { filter: filter ?? { conditions: [] }, leaving: 'stop' as const, policy: 'ask' as const };
  const world = await filteredWorld(terms);
  const issue = world.acme.site.people.create('Ada', 'Printer smokes', { labels: ['shared'] });
  await world.settle();
  const [row] = world.globex.store.rows('pair') as { body: Pair }[];
  if (row === undefined) throw new Error('There is no pair.');
  world.clock.advance(60_000);
  world.mischief = { ...world.mischief, copies: (what) => (what === 'event' ? 0 : 1) };
  change(world, issue);
  await ask(world, row.body);
  await world.settle();
  return world;
}

const edited = (world: World, issue: MemoryIssue): void =>
  world.acme.site.people.edit('Ada', issue.id, { summary: 'Printer burns' });
const hidden = (world: World, issue: MemoryIssue): void =>
  world.acme.site.people.edit('Ada', issue.id, { labels: [], summary: 'Printer confidential' });
const restricted = (world: World, issue: MemoryIssue): void => {
  world.acme.site.people.edit('Ada', issue.id, { summary: 'Printer confidential' });
  issue.restricted = true;
};

describe.each([
  ['asks for its state', asksForState],
  ['names another base', namesAnotherBase],
  ['changes what changed here', changesIt],
  ['checks for differences', checksAll],
])('a partner that %s', (_how, ask) => {
  test('is told what may be told', async () => {
    expect(saidText(await asked(ask, labelled, edited))).toContain('Printer burns');
  });

  test.each([
    ['does not match a condition any more', labelled, hidden],
    ['does not match a query any more', queried, hidden],
    ['is restricted now', undefined, restricted],
  ] as const)('hears nothing of an issue that %s', async (_why, filter, change) => {
    const world = await asked(ask, filter, change);
    expect(saidText(world).match(/confidential/g)).toBeNull();
  });
});
