/** Sees to it that the deploy bundle of an app is there and newer than its sources. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withFileLock } from '../core/file-lock';
import { tsxCommand } from './node-command';

const RUNTIME_DIRECTORY = join(__dirname, 'runtime');
const INPUT_FILES = ['manifest.yml', 'package.json', 'package-lock.json', 'tsconfig.json'];

function filesUnder(directory: string): string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** A hash of everything that decides what the bundler makes. */
function hashInputs(appDirectory: string): string {
  const hash = createHash('sha256').update(process.version);
  const files = [
    ...INPUT_FILES.map((name) => join(appDirectory, name)).filter(existsSync),
    ...filesUnder(join(appDirectory, 'src')),
    ...filesUnder(RUNTIME_DIRECTORY),
    join(__dirname, 'bundle-cli.ts'),
  ];
  for (const file of files) hash.update(file).update(readFileSync(file));
  return hash.digest('hex');
}

function runBundler(appDirectory: string, outDirectory: string): Promise<void> {
  const [program, ...args] = tsxCommand(join(__dirname, 'bundle-cli.ts'));
  const child = spawn(program, [...args, '--app', appDirectory, '--out', outDirectory], {
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
      else reject(new Error(output.trim()));
    });
  });
}

/**
 * Makes the bundle of the app in `appDirectory` unless nothing changed since the last time.
 * Answers whether it was made now. Throws with the compiler's text.
 */
export async function ensureBundle(appDirectory: string, outDirectory: string): Promise<boolean> {
  const stamp = join(outDirectory, '.inputs');
  const hash = hashInputs(appDirectory);
  const isCurrent = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === hash;
  if (isCurrent()) return false;
  return withFileLock(`${outDirectory}.lock`, async () => {
    if (isCurrent()) return false;
    await runBundler(appDirectory, outDirectory);
    writeFileSync(stamp, hash);
    return true;
  });
}
