/** Rules of the house that no tool expresses. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const repository = join(__dirname, '../..');

function filesUnder(folder: string): string[] {
  return readdirSync(join(repository, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

it('keeps chance out of core', () => {
  const files = filesUnder('src/core').filter((file) => file.endsWith('.ts'));
  expect(files.length).toBeGreaterThan(20);
  expect(files.filter((file) => /Math\.random|performance\.now/.test(readFileSync(file, 'utf8')))).toEqual(
    [],
  );
});

it('exports exactly the handlers that the manifest names', () => {
  const manifest = parse(readFileSync(join(repository, 'manifest.yml'), 'utf8'));
  const handlers = manifest.modules.function.map((one: { handler: string }) =>
    one.handler.replace('index.', ''),
  );
  const index = readFileSync(join(repository, 'src/index.ts'), 'utf8');
  const exported = [...index.matchAll(/export \{ ([^}]+) \}/g)].flatMap(([, names = '']) =>
    names.split(', '),
  );
  expect([...exported].sort()).toEqual([...handlers].sort());
});

it('declares one entity per table of the store, and one for the patches of pairs', () => {
  const manifest = parse(readFileSync(join(repository, 'manifest.yml'), 'utf8'));
  const entities = manifest.app.storage.entities.map((one: { name: string }) => one.name);
  const tables = readFileSync(join(repository, 'src/forge/kvs-tables.ts'), 'utf8');
  const names = /const entityNames[^{]*\{([^}]+)\}/.exec(tables)?.[1] ?? '';
  const named = [...names.matchAll(/: '([^']+)'/g)].map(([, name]) => name);
  expect([...named, 'pair-patch'].sort()).toEqual([...entities].sort());
});

it('gives every screen of the manifest a resource, so that nothing of UI Kit 1 slips in', () => {
  const manifest = parse(readFileSync(join(repository, 'manifest.yml'), 'utf8'));
  const screens = Object.entries(manifest.modules)
    .filter(([type]) => type.startsWith('jira:'))
    .flatMap(([, modules]) => modules as { resource?: string }[]);
  expect(screens.length).toBeGreaterThan(0);
  for (const screen of screens) expect(screen.resource).toBeDefined();
});
