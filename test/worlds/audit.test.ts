/** The audit log of a world: whole on either site after faults, and both sites tell the same. */
import { compareAudits } from '#core/audit/compare-audits';
import { verifyAudit } from '#core/audit/verify-audit';
import { exportAudit } from '#engine/audit/export-audit';
import { noteAct } from '#engine/audit/note-act';
import { deleteConnection } from '#engine/connect/delete-connection';
import { removeRecord } from '#engine/connect/remove-record';
import { startRun } from '#engine/start-run';
import { stopRun } from '#engine/stop-run';
import { CrashSignal } from '../support/gate';
import { differences } from './compare-sites';
import { backUp, putBack } from './restore';
import { link, type Mischief, noMischief, type Side, World } from './world';

async function exported(side: Side, form: 'full' | 'shared' = 'full'): Promise<string> {
  let text = '';
  let cursor: string | undefined;
  do {
    const page = await exportAudit(side.ports(), { id: link, form, cursor });
    text += page.lines;
    cursor = page.cursor;
  } while (cursor !== undefined);
  return text;
}

function whole(text: string) {
  const verified = verifyAudit(text);
  if (!verified.ok) throw new Error(JSON.stringify(verified));
  return verified;
}

/** Loses, doubles and delays a good part of everything, and kills workers in the middle. */
function wild(world: World): Mischief {
  const chance = (of: number): boolean => world.random.below(100) < of;
  return {
    ...noMischief,
    fate: () => (chance(20) ? 'answerLost' : chance(20) ? 'twice' : chance(20) ? 'requestLost' : 'arrives'),
    delay: (what) => (what === 'wake' && chance(10) ? undefined : world.random.below(2_000)),
    copies: () => (chance(20) ? 2 : 1),
    next: (count) => world.random.below(count),
    gate: (who) => ({
      enter: async (call) => {
        if (who.endsWith('work') && world.random.below(200) === 0) throw new CrashSignal(`before ${call}`);
        return async () => {
          if (who.endsWith('work') && world.random.below(200) === 0) throw new CrashSignal(`after ${call}`);
        };
      },
    }),
  };
}

async function live(world: World): Promise<void> {
  for (let round = 0; round < 6; round += 1) {
    const side = round % 2 === 0 ? world.acme : world.globex;
    const issue = side.site.people.create('Ada', `Issue${round} begins`);
    await world.run();
    side.site.people.edit('Ada', issue.id, { summary: `Issue${round} goes on`, labels: [`l${round}`] });
    side.site.people.comment('Ada', issue.id, `Comment ${round}`);
    world.clock.advance(40_000);
    await world.run();
  }
  world.mischief = noMischief;
  await world.settle();
}

test.each([7, 8, 9])(
  'after losses, doubles, crashes and races both logs are whole and tell the same: world %i',
  async (seed) => {
    const world = await World.start(seed);
    world.mischief = wild(world);
    await live(world);
    expect(differences(world)).toEqual([]);
    const [mine, theirs] = [whole(await exported(world.acme)), whole(await exported(world.globex))];
    expect(mine.counts.out).toBeGreaterThan(2);
    expect(mine.counts.in).toBe(theirs.counts.out);
    const compared = compareAudits(mine.file, theirs.file);
    expect(compared).toEqual({
      ok: true,
      there: { alike: mine.counts.out, underWay: 0 },
      back: { alike: theirs.counts.out, underWay: 0 },
    });
  },
);

test('no value of a field stands in the log, and what is for the partner names no issue of ours', async () => {
  const world = await World.start(8);
  const issue = world.acme.site.people.create('Ada', 'Secret begins', { labels: ['hush'] });
  await world.settle();
  const [full, shared] = [await exported(world.acme), await exported(world.acme, 'shared')];
  expect(full).not.toMatch(/Secret|hush/);
  expect(full).toContain(issue.key);
  expect(shared).not.toContain(issue.key);
  const theirs = whole(await exported(world.globex, 'shared'));
  expect(compareAudits(whole(shared).file, theirs.file)).toMatchObject({ ok: true });
});

test('what admins agree on while data waits does not confuse the log', async () => {
  const world = await World.start(9);
  await stopRun(world.globex.ports(), { id: link });
  await world.settle();
  for (let count = 0; count < 3; count += 1) {
    world.acme.site.people.create('Ada', `Waiting${count} here`);
    await world.run();
  }
  await stopRun(world.acme.ports(), { id: link });
  await startRun(world.acme.ports(), { id: link });
  await world.settle();
  whole(await exported(world.globex));
  await startRun(world.globex.ports(), { id: link });
  await world.settle();
  const [mine, theirs] = [whole(await exported(world.acme)), whole(await exported(world.globex))];
  expect(compareAudits(mine.file, theirs.file)).toMatchObject({ ok: true, there: { underWay: 0 } });
  const facts = theirs.file.entries.flatMap(({ entry }) => Object.entries(entry.own?.facts ?? {}));
  expect(facts).toContainEqual(['runHere', ['started', 'stopped']]);
  expect(facts).toContainEqual(['runHere', ['stopped', 'started']]);
});

test('what an admin asks for stands in the log with the account, before what came of it', async () => {
  const world = await World.start(10);
  await noteAct(world.acme.ports(), { id: link, act: 'stop', who: 'account-of-ada', request: { id: link } });
  await stopRun(world.acme.ports(), { id: link });
  const { file } = whole(await exported(world.acme));
  const own = file.entries.flatMap(({ entry }) => (entry.lane === 'admin' ? [entry.own] : []));
  expect(own.slice(-2)).toEqual([
    { act: 'stop', who: 'account-of-ada', about: {} },
    { facts: { runHere: ['started', 'stopped'] } },
  ]);
});

test('the log outlives the synchronization, and goes with its record', async () => {
  const world = await World.start(11);
  world.acme.site.people.create('Ada', 'Kept in mind');
  await world.settle();
  const before = whole(await exported(world.acme));
  await deleteConnection(world.acme.ports(), { id: link });
  const after = whole(await exported(world.acme));
  expect(after.counts.out).toBe(before.counts.out);
  const theirs = whole(await exported(world.globex));
  expect(compareAudits(after.file, theirs.file)).toMatchObject({ ok: true });
  await removeRecord(world.acme.ports(), { id: link });
  expect(world.acme.store.rows('activity')).toEqual([]);
});

test('after a site was put back from a backup both logs are whole, and the other one tells what was forgotten', async () => {
  const world = await World.start(13);
  world.acme.site.people.create('Ada', 'Before all');
  await world.settle();
  const backup = backUp(world.acme);
  world.acme.site.people.create('Ada', 'After it');
  await world.settle();
  world.clock.advance(3_600_000);
  putBack(backup);
  world.acme.site.people.create('Ada', 'Much later');
  await world.settle();
  expect(differences(world)).toEqual([]);
  const [mine, theirs] = [whole(await exported(world.acme)), whole(await exported(world.globex))];
  expect(mine.file.header.streams.out?.ep.n).toBe(2);
  const newEpoch = mine.file.header.streams.out?.ep.id;
  const compared = compareAudits(mine.file, theirs.file);
  expect(compared).toMatchObject({ ok: false, from: 'primary' });
  expect(compared).not.toMatchObject({ ep: newEpoch });
});

test('a tampered row is found, and what one site tells differently from the other is named', async () => {
  const world = await World.start(12);
  world.acme.site.people.create('Ada', 'Changed later');
  await world.settle();
  const theirs = whole(await exported(world.globex));
  const rows = world.acme.store.rows('activity').filter(({ key }) => /:s:\d+$/.test(key));
  const row = rows.find(({ body }) => JSON.stringify(body).includes('issue.create'));
  const changed = JSON.stringify(row?.body).replace(/"slots":\{"([^"]+)":"./, '"slots":{"$1":"_');
  const body = JSON.parse(changed) as { audit: { n: number } };
  const place = { group: link, rank: 'x' };
  await world.acme.store.transact([{ op: 'set', table: 'activity', key: row?.key ?? '', body, ...place }]);
  expect(verifyAudit(await exported(world.acme))).toMatchObject({
    ok: false,
    why: 'It is not what was chained.',
    entry: { lane: 'sync', n: body.audit.n },
  });
  await world.acme.store.transact([{ op: 'delete', table: 'activity', key: row?.key ?? '' }]);
  expect(verifyAudit(await exported(world.acme))).toMatchObject({ ok: false, entry: { lane: 'sync' } });
  expect(theirs.counts.in).toBeGreaterThan(0);
});
