/** The ways to break the engine still fit to its sources; whether the random worlds notice them: `npm run sim:mutations`. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { mutations } from './sim/mutation-list';
import { patched } from './sim/patched';

const root = resolve(__dirname, '../..');

test.each(mutations)('$name: changes exactly one place of each file', ({ patches }) => {
  expect(patches.length).toBeGreaterThan(0);
  for (const patch of patches) {
    expect(patched(root, patch)).not.toBe(readFileSync(join(root, patch.file), 'utf8'));
  }
});

test('each has a name of its own', () => {
  expect(new Set(mutations.map(({ name }) => name)).size).toBe(mutations.length);
});
