/**
 * A few random worlds and all that ever failed. Many more: `npm run sim -- --seeds 1000`. A seed that failed becomes a file in
 * `regressions` once it is mended.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { playSeed } from './sim/play';

const folder = join(__dirname, 'regressions');
const regressions = readdirSync(folder).map(
  (file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as { seed: number; was: string },
);
const usual = Array.from({ length: 30 }, (_, index) => 1_061 + index);
const seeds = [...new Set([...usual, ...regressions.map(({ seed }) => seed)])];

test.each(seeds)('seed %i: nothing lost, nothing doubled, nothing apart, no echo', async (seed) => {
  const { findings, messages } = await playSeed(seed);
  expect(findings).toEqual([]);
  expect(messages).toBeGreaterThan(0);
});
