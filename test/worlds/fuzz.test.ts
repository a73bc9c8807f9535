/**
 * A few random worlds and all that ever failed. Many more: `npm run sim -- --seeds 1000`. A seed that failed becomes a file in
 * `regressions` once it is mended.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { playSeed } from './sim/play';

interface Regression {
  seed: number;
  /** See `PlayOptions`. */
  isPlain?: boolean;
  /** What had gone wrong. */
  was?: string;
}

const folder = join(__dirname, 'regressions');
const regressions = readdirSync(folder).map(
  (file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Regression,
);
const usual: Regression[] = Array.from({ length: 15 }, (_, index) => ({ seed: 1_061 + index }));

test.each([...usual, ...regressions])(
  'seed $seed: nothing lost, nothing doubled, nothing apart, no echo',
  async ({ seed, isPlain = false }) => {
    const { findings, messages } = await playSeed(seed, { isPlain });
    expect(findings).toEqual([]);
    expect(messages).toBeGreaterThan(0);
  },
);
