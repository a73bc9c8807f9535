/** Atlassian's own client-side linters, run as `forge lint` runs them, without the network. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lint } from '@forge/lint';
import { parse } from 'yaml';
import { SCOPE_TABLE, type ScopeNeed } from '../emulator/platform/scope-table';
import { error, type Finding, warning } from './finding';
import { sourceFiles } from './rest-calls';

/** Documents that the linters fetch unless these variables name files. */
const OTHER_DOCUMENTS = ['JSM', 'JSW', 'CONF', 'CONF_V2', 'BB'];

/**
 * Findings of every linter. They read files relative to the working directory, so it must be `root`; the scopes of Jira's
 * operations come from the emulator's table, which a test holds equal to Jira's documents.
 */
export async function runForgeLinters(root: string): Promise<Finding[]> {
  if (process.cwd() !== root) throw new Error(`The linters read ${process.cwd()}; start them in ${root}.`);
  const folder = mkdtempSync(join(tmpdir(), 'forge-lint-'));
  try {
    const empty = join(folder, 'empty.json');
    const jira = join(folder, 'jira.json');
    writeFileSync(empty, JSON.stringify({ paths: {} }));
    writeFileSync(jira, JSON.stringify(scopeDocument(SCOPE_TABLE)));
    process.env['USE_LOCAL_SWAGGER'] = '1';
    process.env['LOCAL_JIRA_SWAGGER'] = jira;
    for (const name of OTHER_DOCUMENTS) process.env[`LOCAL_${name}_SWAGGER`] = empty;
    const manifest = parse(readFileSync('manifest.yml', 'utf8'));
    const service = { getDeprecatedRuntimes: async () => [], checkGate: async () => false };
    // The package publishes its parameters as classes of another package; the shapes below are what it uses of them.
    const results = await (lint as unknown as LintFiles)(
      sourceFiles(root),
      manifest,
      'development',
      silent,
      service,
      { linter: { mode: 'client-side' } },
    );
    return results.flatMap((one) => [
      ...findingsOf(one.file, one.errors, error),
      ...findingsOf(one.file, one.warnings, warning),
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Problem {
  line?: number;
  message: string;
}
interface FileResult {
  file: string;
  errors: Problem[];
  warnings: Problem[];
}
type LintFiles = (
  files: string[],
  manifest: unknown,
  environment: string,
  logger: typeof silent,
  service: object,
  options: object,
) => Promise<FileResult[]>;

const nothing = () => undefined;
const silent = { info: nothing, warn: nothing, error: nothing, debug: nothing, trace: nothing };

function findingsOf(
  file: string,
  problems: readonly Problem[],
  make: (where: string, message: string) => Finding,
): Finding[] {
  return problems.map(({ line, message }) => make(line === undefined ? file : `${file}:${line}`, message));
}

/** The scope table in the form in which Atlassian publishes scopes: an OpenAPI document with one extension. */
function scopeDocument(table: readonly ScopeNeed[]): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const { operation, classic, granular } of table) {
    const [method = '', path = ''] = operation.split(' ');
    const scopes = [
      ...(classic ? [{ scheme: 'OAuth2', state: 'Current', scopes: classic }] : []),
      ...(granular ? [{ scheme: 'OAuth2', state: 'Beta', scopes: granular }] : []),
    ];
    paths[path] = { ...paths[path], [method.toLowerCase()]: { 'x-atlassian-oauth2-scopes': scopes } };
  }
  return { openapi: '3.0.1', info: { title: 'scopes', version: '1' }, paths };
}
