/**
 * Makes the deploy bundle of a Forge app with Atlassian's own bundler, offline:
 * `tsx test/emulator/platform/bundle-cli.ts [--app <directory>] [--out <directory>]`.
 * Runs as a program of its own because the bundler wants the app as working directory and a main module.
 */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { getEntryPoints, getNodeBundler } from '@forge/bundler';
import { ConfigFile, FileSystemReader, FileSystemWriter } from '@forge/cli-shared';
import { errorText } from '../core/error-text';

type Bundler = typeof getNodeBundler;
type WrapperProvider = Parameters<Bundler>[1];
type Logger = Parameters<Bundler>[0];

const RUNTIME_DIRECTORY = join(__dirname, 'runtime');

/** Atlassian's wrapper comes from their network at deploy; ours takes its place, the app's own code stays as deployed. */
const localRuntime: WrapperProvider = {
  getNodeRuntimeWrapper: async () => readRuntimeFile('wrapper.cjs'),
  getNodeRuntimeLoader: async () => readRuntimeFile('loader.cjs'),
};

function readRuntimeFile(name: string): { script: string; source: string; version: string } {
  const source = join(RUNTIME_DIRECTORY, name);
  return { script: readFileSync(source, 'utf8'), source, version: 'emulator' };
}

const logger: Logger = {
  traceEnabled: false,
  debugEnabled: false,
  trace: () => {},
  debug: () => {},
  info: (text: string) => process.stderr.write(`${text}\n`),
  warn: (text: string) => process.stderr.write(`${text}\n`),
  error: (error: Error) => process.stderr.write(`${errorText(error)}\n`),
};

async function bundle(appDirectory: string, outDirectory: string): Promise<void> {
  process.chdir(appDirectory);
  const config = new ConfigFile(new FileSystemReader(), new FileSystemWriter());
  const bundler = getNodeBundler(logger, localRuntime, config);
  const entryPoints = getEntryPoints(await config.getAppHandlers());
  const output = await bundler.bundle({ appDirectory, entryPoints });
  rmSync(outDirectory, { recursive: true, force: true });
  mkdirSync(outDirectory, { recursive: true });
  cpSync(output.outputDir, outDirectory, { recursive: true });
  for (const [name, content] of output.additionalOutputs ?? []) {
    const target = join(outDirectory, name);
    mkdirSync(dirname(target), { recursive: true });
    if (typeof content === 'string') cpSync(content, target);
    else writeFileSync(target, content);
  }
  rmSync(output.outputDir, { recursive: true, force: true });
}

const { values } = parseArgs({ options: { app: { type: 'string' }, out: { type: 'string' } } });
const appDirectory = resolve(values.app ?? process.cwd());
const outDirectory = resolve(values.out ?? join(appDirectory, 'dist/forge'));
bundle(appDirectory, outDirectory).then(
  () => process.stdout.write(`bundle: ${outDirectory}\n`),
  (error: unknown) => {
    process.stderr.write(`The app could not be bundled: ${errorText(error)}\n`);
    process.exitCode = 1;
  },
);
