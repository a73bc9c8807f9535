/**
 * `npm run sim:mutations [-- --seeds 200] [--only WORDS]`: breaks a copy of the engine in one place after the other and plays
 * random worlds with it, on all cores. Each must be caught by a seed that is well with the engine as it is.
 */
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Mutation, mutations } from './sim/mutation-list';
import { patched } from './sim/patched';

const root = resolve(__dirname, '../..');
const copied = ['src', 'test/worlds', 'test/support', 'test/emulator', 'package.json', 'tsconfig.json'];
/** How much of a finding is printed. */
const longestWhat = 160;

interface Caught {
  seed: number;
  what: string;
}

/** Calls `run` in a folder that holds a copy of the engine with these patches. */
async function inCopy<T>(patches: Mutation['patches'], run: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'concord-mutation-'));
  try {
    for (const path of copied) cpSync(join(root, path), join(folder, path), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    for (const patch of patches) writeFileSync(join(folder, patch.file), patched(root, patch));
    return await run(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The worlds that were not well, those that ended first before the others. */
function play(folder: string, options: string[]): Promise<Caught[]> {
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
      if (last.startsWith('sim: worlds')) done(caughtIn(lines));
      else fail(new Error(`The simulation ended with "${last}".`));
    });
  });
}

function caughtIn(lines: readonly string[]): Caught[] {
  return lines.flatMap((line) => {
    const [, seed, what = ''] = /^seed (\d+): (.*)$/.exec(line) ?? [];
    return seed === undefined ? [] : [{ seed: Number(seed), what }];
  });
}

/** The first world that is not well with these patches and is without them. */
function firstCaught({ name, patches, kinds }: Mutation, seeds: number): Promise<Caught | undefined> {
  const worlds = kinds === undefined ? [] : ['--kinds', kinds.join(',')];
  return inCopy(patches, async (folder) => {
    const known: number[] = [];
    for (;;) {
      const options = ['--seeds', String(seeds), '--hasty', '--known', known.join(','), ...worlds];
      const found = (await play(folder, options)).filter(({ seed }) => !known.includes(seed));
      const [first] = found;
      if (first === undefined) return undefined;
      // What does not even run is no mistake that anybody could make without noticing.
      if (/ReferenceError|SyntaxError|is not a function/.test(first.what)) {
        throw new Error(`"${name}" is not well formed: ${first.what}`);
      }
      const sound = await play(root, ['--from', String(first.seed), '--seeds', '1', ...worlds]);
      if (sound.length === 0) return first;
      console.log(`  seed ${first.seed} is not well as it is: ${sound[0]?.what.slice(0, longestWhat)}`);
      known.push(first.seed);
    }
  });
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { seeds: { type: 'string', default: '200' }, only: { type: 'string', default: '' } },
  });
  const chosen = mutations.filter(({ name }) => name.includes(values.only));
  for (const { patches } of chosen) for (const patch of patches) patched(root, patch);
  let caught = 0;
  for (const mutation of chosen) {
    const from = Date.now();
    const first = await firstCaught(mutation, Number(values.seeds));
    if (first !== undefined) caught += 1;
    const outcome =
      first === undefined
        ? 'NOT CAUGHT'
        : `caught at seed ${first.seed}: ${first.what.slice(0, longestWhat)}`;
    console.log(`${mutation.name} (${Math.round((Date.now() - from) / 1_000)} s): ${outcome}`);
  }
  console.log(`sim:mutations: caught ${caught} of ${chosen.length}`);
  process.exitCode = chosen.length > 0 && caught === chosen.length ? 0 : 1;
}

void main();
