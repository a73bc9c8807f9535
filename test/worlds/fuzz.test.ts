/**
 * A few random worlds and all that ever failed. Many more: `npm run sim -- --seeds 1000`. A seed that failed becomes a file in
 * `regressions` once it is mended.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Forgets } from './sim/forget';
import type { KindName } from './sim/kinds';
import { playSeed } from './sim/play';

interface Regression {
  seed: number;
  /** See `PlayOptions`. */
  isPlain?: boolean;
  /** Those of the time when it failed; the usual worlds go by their lots. */
  kinds?: KindName[];
  forgets?: Forgets;
  /** What had gone wrong. */
  was?: string;
}

const folder = join(__dirname, 'regressions');
const regressions = readdirSync(folder).map(
  (file): Regression => ({ kinds: [], ...JSON.parse(readFileSync(join(folder, file), 'utf8')) }),
);
const usual: Regression[] = Array.from({ length: 15 }, (_, index) => ({ seed: 1_061 + index }));

test.each([...usual, ...regressions])(
  'seed $seed: nothing lost, nothing doubled, nothing apart, no echo',
  async ({ seed, isPlain = false, kinds, forgets }) => {
    const options = {
      isPlain,
      ...(kinds === undefined ? {} : { kinds }),
      ...(forgets === undefined ? {} : { forgets }),
    };
    const { findings, messages } = await playSeed(seed, options);
    expect(findings).toEqual([]);
    expect(messages).toBeGreaterThan(0);
  },
);
