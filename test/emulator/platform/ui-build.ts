/** Builds the app's Custom UI with its own build tool when it is missing or older than its sources. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withFileLock } from '../core/file-lock';
import { functionNode } from './node-command';

const INPUTS = ['src', 'index.html', 'package.json', 'tsconfig.json', 'vite.config.ts', 'public'];

function hashOf(paths: string[]): string {
  const hash = createHash('sha256');
  const add = (path: string) => {
    if (!existsSync(path)) return;
    for (const entry of readdirSync(path, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = join(entry.parentPath, entry.name);
      hash.update(file).update(readFileSync(file));
    }
  };
  for (const path of paths) {
    if (/\.[a-z]+$/.test(path) && existsSync(path)) hash.update(path).update(readFileSync(path));
    else add(path);
  }
  return hash.digest('hex');
}

/** Answers whether it built. Throws with the build's output. */
export async function ensureUi(appDirectory: string): Promise<boolean> {
  const directory = join(appDirectory, 'static/app');
  if (!existsSync(join(directory, 'vite.config.ts'))) return false;
  // The pages import the contract with the backend, so its files decide too.
  const inputs = [
    ...INPUTS.map((name) => join(directory, name)),
    join(appDirectory, 'src/api'),
    join(appDirectory, 'src/core'),
  ];
  const stamp = join(directory, 'dist/.inputs');
  const hash = hashOf(inputs);
  const isCurrent = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === hash;
  if (isCurrent()) return false;
  return withFileLock(join(appDirectory, 'dist/ui.lock'), async () => {
    if (isCurrent()) return false;
    await run(directory, join(appDirectory, 'node_modules/vite/bin/vite.js'));
    writeFileSync(stamp, hash);
    return true;
  });
}

function run(directory: string, program: string): Promise<void> {
  const child = spawn(functionNode(), [program, 'build'], {
    cwd: directory,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`The app's pages could not be built:\n${output.trim()}`));
    });
  });
}
