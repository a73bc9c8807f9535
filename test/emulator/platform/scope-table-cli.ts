/** Writes `scope-table.txt` anew: `CONTRACT_DIR=... npx tsx test/emulator/platform/scope-table-cli.ts`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deriveScopeTable, SCOPE_DOCUMENTS, SCOPE_TABLE_FILE } from './derive-scope-table';

const directory = process.env['CONTRACT_DIR'];
if (directory === undefined) throw new Error('Set CONTRACT_DIR to the folder with the OpenAPI documents');

const lines = SCOPE_DOCUMENTS.flatMap((name) =>
  deriveScopeTable(JSON.parse(readFileSync(join(directory, name), 'utf8'))),
);
writeFileSync(SCOPE_TABLE_FILE, `${lines.join('\n')}\n`);
