/** Random worlds by seed. `SEED=123 npx jest test/worlds/fuzz` plays one again; a seed that failed becomes a regression. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { playSeed } from './play-seed';

const folder = join(__dirname, 'regressions');
const regressions = readdirSync(folder).map(
  (file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as { seed: number; was: string },
);
const chosen = process.env['SEED'];
const count = Number(process.env['SEEDS'] ?? 50);
const first = Number(process.env['FIRST_SEED'] ?? 1);
const range = Array.from({ length: count }, (_, index) => first + index);
const seeds =
  chosen === undefined ? new Set([...range, ...regressions.map(({ seed }) => seed)]) : [Number(chosen)];

test.each([...seeds])('seed %i: nothing lost, nothing doubled, nothing apart, no echo', async (seed) => {
  const { wrong, messages } = await playSeed(seed);
  expect(wrong).toEqual([]);
  expect(messages).toBeGreaterThan(0);
});
