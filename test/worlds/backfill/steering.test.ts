/** Steering a backfill: what is live goes first, it can be paused, and what it tells about its end is true. */
import { pauseBackfill, resumeBackfill } from '#engine/backfill/pause-backfill';
import { readBackfill } from '#engine/backfill/read-progress';
import { seededRandom } from '../../support/seeded-random';
import { link } from '../world';
import {
  type BackfillWorld,
  backfillWorld,
  connectAndBackfill,
  oldIssues,
  plantIssues,
} from './backfill-world';

const count = 210;
const id = link;

async function begin(): Promise<BackfillWorld> {
  const made = await backfillWorld(seededRandom(3).below(100));
  await plantIssues(made, count);
  await made.world.run();
  await connectAndBackfill(made, undefined);
  return made;
}

function progress({ world }: BackfillWorld) {
  return readBackfill(world.acme.ports(), { id });
}

/** Runs until so many are over there. */
async function runUntil(made: BackfillWorld, there: number): Promise<void> {
  const { world } = made;
  for (const side of [world.acme, world.globex]) world.sweep(side);
  for (let steps = 0; (await progress(made)).done < there; steps += 1) {
    if (steps > 5_000) throw new Error(`Never came to ${there}.`);
    if (!(await world.step())) world.clock.advance(1_000);
  }
}

test('paused it stops after what is on its way, and goes on where it was; the end that it foretold comes true', async () => {
  const made = await begin();
  await runUntil(made, 100);
  const before = await progress(made);
  expect(before).toMatchObject({ state: 'running', total: count });
  const { from = 0, to = 0 } = before.estimate?.left ?? {};
  expect(from).toBeGreaterThan(0);
  await pauseBackfill(made.world.acme.ports(), { id });
  await made.world.settle();
  const paused = await progress(made);
  expect(paused.state).toBe('paused');
  expect(paused.estimate).toBe(undefined);
  expect(paused.done).toBeLessThan(count);
  const held = await progress(made);
  expect(held.done).toBe(paused.done);
  await resumeBackfill(made.world.acme.ports(), { id });
  const resumed = made.world.clock.now();
  await runUntil(made, count);
  const took = made.world.clock.now() - resumed;
  const share = (count - paused.done) / (count - before.done);
  expect(took).toBeGreaterThan((from * share) / 2);
  expect(took).toBeLessThan(to * share * 2);
  await made.world.settle();
  expect((await progress(made)).state).toBe('finished');
  expect((await oldIssues(made.globex, made.there)).size).toBe(count);
});

test('an edit made in the middle of it is over there before the next two pages are', async () => {
  const made = await begin();
  await runUntil(made, 100);
  const keys = (await made.acme.person('POST', '/rest/api/3/search/jql', {
    jql: `project = ${made.here.projectId} AND summary ~ "Old 7"`,
    fields: ['summary'],
  })) as { issues: { key: string; fields: { summary: string } }[] };
  const seventh = keys.issues.find(({ fields }) => fields.summary === 'Old 7');
  await made.acme.person('PUT', `/rest/api/3/issue/${seventh?.key}`, {
    fields: { summary: 'Old 7 is news' },
  });
  const at = (await progress(made)).done;
  for (let steps = 0; !(await oldIssues(made.globex, made.there)).has('Old 7 is news'); steps += 1) {
    if (steps > 200) throw new Error('The edit never came.');
    if (!(await made.world.step())) made.world.clock.advance(1_000);
  }
  expect((await progress(made)).done - at).toBeLessThanOrEqual(100);
  await made.world.settle();
  expect((await oldIssues(made.globex, made.there)).size).toBe(count);
});
