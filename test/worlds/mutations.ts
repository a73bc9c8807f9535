/**
 * `npx tsx test/worlds/mutations.ts [--seeds 200] [--only WORDS]`: breaks a copy of the engine in one place after the other
 * and plays random worlds with it. Each must be caught by a seed that is well with the engine as it is.
 */
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Mutation, mutations } from './sim/mutation-list';

const root = resolve(__dirname, '../..');
const copied = ['src', 'test/worlds', 'test/support', 'test/emulator', 'package.json', 'tsconfig.json'];

interface Played {
  /** Lines of worlds that are not well, by seed. */
  failures: Map<number, string>;
  last: string;
}

/** Plays in a copy of the engine with these patches. */
async function playWith(patches: Mutation['patches'], options: string[]): Promise<Played> {
  const folder = mkdtempSync(join(tmpdir(), 'concord-mutation-'));
  try {
    for (const path of copied) cpSync(join(root, path), join(folder, path), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    for (const patch of patches) apply(folder, patch);
    return await play(folder, options);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function apply(folder: string, { file, find, replace }: Mutation['patches'][number]): void {
  const path = join(folder, file);
  const parts = readFileSync(path, 'utf8').split(find);
  if (parts.length !== 2) throw new Error(`${file} has "${find}" ${parts.length - 1} times instead of once.`);
  writeFileSync(path, parts.join(replace));
}

function play(folder: string, options: string[]): Promise<Played> {
  const parameters = ['--import', 'tsx', 'test/worlds/sim.ts', ...options];
  const child = spawn(process.execPath, parameters, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (part: Buffer) => {
    text += part.toString('utf8');
  });
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', () => {
      const lines = text.trim().split('\n');
      const last = lines.at(-1) ?? '';
      if (!last.startsWith('sim: worlds')) return fail(new Error(`The simulation ended with "${last}".`));
      done({ failures: failuresIn(lines), last });
    });
  });
}

function failuresIn(lines: readonly string[]): Map<number, string> {
  const failures = new Map<number, string>();
  for (const line of lines) {
    const [, seed, why = ''] = /^seed (\d+): (.*)$/.exec(line) ?? [];
    if (seed !== undefined) failures.set(Number(seed), why);
  }
  return failures;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { seeds: { type: 'string', default: '200' }, only: { type: 'string', default: '' } },
  });
  const chosen = mutations.filter(({ name }) => name.includes(values.only));
  const sound = await playWith([], ['--seeds', values.seeds]);
  console.log(`as it is: ${sound.last}`);
  const known = [...sound.failures.keys()];
  let caught = 0;
  for (const { name, patches } of chosen) {
    const options = ['--seeds', values.seeds, '--hasty', '--known', known.join(',')];
    const { failures } = await playWith(patches, options);
    const [first] = [...failures].filter(([seed]) => !known.includes(seed));
    if (first !== undefined) caught += 1;
    const outcome =
      first === undefined ? 'NOT CAUGHT' : `caught by seed ${first[0]}: ${first[1].slice(0, 160)}`;
    console.log(`${name}: ${outcome}`);
  }
  console.log(`mutations: ${chosen.length}, caught ${caught}`);
  process.exitCode = caught === chosen.length ? 0 : 1;
}

void main();
