/** What changes cost on the shipped bundle stays within its goals; the whole list is `npm run bench`. */
import { type BenchWorld, startBench } from '../bench/bench-world';
import { changes, measureAll } from '../bench/changes';
import { misses } from '../bench/goals';

/** All of them with BENCH=all. */
const usual = ['Summary', 'New comment', 'Edited comment', 'Ten issues edited at once, each', 'Idle hour'];

let world: BenchWorld;
beforeAll(async () => {
  world = await startBench();
}, 180_000);
afterAll(() => world.app.stop());

test('no kind of change costs more than its goal', async () => {
  const wanted = changes.filter(({ name }) => process.env['BENCH'] === 'all' || usual.includes(name));
  const rows = await measureAll(world, wanted);
  expect(rows.length).toBeGreaterThanOrEqual(usual.length);
  expect(rows.flatMap(({ name, goal, measured }) => misses(name, measured.both, goal))).toEqual([]);
  // The counters count: an edit is read there, read and written here.
  expect(rows[0]?.measured.both).toMatchObject({ calls: 3, points: 5 });
}, 240_000);
