/** Which Node runs what the emulator starts. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const REPOSITORY = join(__dirname, '../../..');
/** The major version of `app.runtime.name: nodejs22.x`. */
const RUNTIME_MAJOR = 22;

/** The Node that runs functions: this one when it is new enough, else the one from the npm package `node`. */
export function functionNode(): string {
  const major = Number(process.versions.node.split('.')[0]);
  const packaged = join(REPOSITORY, 'node_modules/node/bin/node');
  return major < RUNTIME_MAJOR && existsSync(packaged) ? packaged : process.execPath;
}

/** The command which runs one of our TypeScript programs. */
export function tsxCommand(file: string): [string, ...string[]] {
  return [functionNode(), join(REPOSITORY, 'node_modules/tsx/dist/cli.mjs'), file];
}
