/**
 * `npm run test:contract`: runs the tests that drive the sites, each site writing down what it is asked and answers, then
 * judges all of it by Jira's documents and by recordings. With paths as arguments only those tests run. Where CONTRACT_REPORT
 * names a folder, no test runs: what the sites of an earlier run, e.g. `npm test`, wrote into it is judged.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { contractFolder, loadContract } from './contract';
import { judgeRecordings } from './judge-recordings';
import { reportOf } from './print-totals';
import { recordings } from './read-recordings';
import { isUsed, WAIVERS } from './waivers';

/** More of them would be a second document; see waivers.ts. */
const MOST_WAIVERS = 12;

const ROOT = resolve(__dirname, '../..');
const ALL_TESTS = [
  ...['test/contract/', 'test/contracts/', 'test/emulator-tests/', 'test/stories/'],
  'test/e2e/journey',
];

/** Resolves to whether everything is well. */
async function main(chosen: readonly string[]): Promise<boolean> {
  const folder = contractFolder();
  if (folder === undefined) {
    throw new Error(
      "CONTRACT_DIR is not set. It names the folder with Jira's OpenAPI documents and recorded shapes, as in\n" +
        '    CONTRACT_DIR=../shared/contract npm run test:contract',
    );
  }
  const written = process.env['CONTRACT_REPORT'];
  if (written !== undefined && written !== '') return isWell(folder, written, true);
  const report = mkdtempSync(join(tmpdir(), 'contract-'));
  try {
    const passed = await runJest(chosen.length > 0 ? chosen : ALL_TESTS, {
      CONTRACT_DIR: folder,
      CONTRACT_REPORT: report,
    });
    if (!passed) process.stdout.write('\nThe tests themselves failed, see above.\n');
    return (await isWell(folder, report, chosen.length === 0)) && passed;
  } finally {
    rmSync(report, { recursive: true, force: true });
  }
}

/** Judges what was written into the folder and prints the result; a whole run has to need every waiver. */
async function isWell(folder: string, report: string, isWhole: boolean): Promise<boolean> {
  if (!existsSync(report) || readdirSync(report).length === 0)
    throw new Error(`no site wrote down anything in ${report}`);
  const totals = await judgeRecordings(await loadContract(folder), recordings(report));
  process.stdout.write(`${reportOf(totals, WAIVERS)}\n`);
  const waiversFit = !isWhole || WAIVERS.every((waiver) => isUsed(waiver, totals.usedWaivers));
  return waiversFit && WAIVERS.length <= MOST_WAIVERS && totals.violations.length === 0;
}

function runJest(paths: readonly string[], extra: Record<string, string>): Promise<boolean> {
  const jest = spawn(process.execPath, [join(ROOT, 'node_modules/jest/bin/jest.js'), ...paths], {
    cwd: ROOT,
    env: { ...process.env, ...extra },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return new Promise((done, fail) => {
    jest.once('error', fail);
    jest.once('exit', (code) => done(code === 0));
  });
}

main(process.argv.slice(2)).then(
  (well) => {
    process.exitCode = well ? 0 : 1;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
