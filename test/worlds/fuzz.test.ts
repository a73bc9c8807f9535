/** Random worlds by seed. `SEED=123 npx jest test/worlds/fuzz` plays one again; a seed that failed becomes a regression. */
import { playSeed } from './play-seed';

const chosen = process.env['SEED'];
const count = Number(process.env['SEEDS'] ?? 50);
const first = Number(process.env['FIRST_SEED'] ?? 1);
const seeds =
  chosen === undefined ? Array.from({ length: count }, (_, index) => first + index) : [Number(chosen)];

test.each(seeds)('seed %i: nothing lost, nothing doubled, nothing apart, no echo', async (seed) => {
  const { wrong, messages } = await playSeed(seed);
  expect(wrong).toEqual([]);
  expect(messages).toBeGreaterThan(0);
});
