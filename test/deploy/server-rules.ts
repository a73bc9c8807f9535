/**
 * Rules that Atlassian's servers apply when an app is deployed and no offline validator knows: measured by others or
 * documented as limits of the platform.
 */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type AppManifest, type Entity, modulesOf } from './app-manifest';
import { error, type Finding } from './finding';

/** Documented limits of the storage for custom entities. */
const STORAGE = { entities: 20, indexes: 7, attributes: 50, attributeName: 30, entityName: [3, 60] } as const;
/** Measured: an index name outside is refused although the schema allows it. */
const INDEX_NAME = [3, 50] as const;
/** Documented limits of an app and of one resource. */
const APP = { modules: 150, resources: 50, files: 5_000, bytes: 100 * 1024 * 1024 } as const;
/** Documented: five scheduled triggers, one of them every five minutes. */
const SCHEDULED = { all: 5, fiveMinute: 1 } as const;
/** Documented, megabytes. */
const MEMORY = [128, 1_024] as const;
/** Documented, seconds: what a function may ask for by the kind of module that calls it. */
const TIMEOUT = { long: 900, short: 25 } as const;
const LONG_MODULES = ['consumer', 'scheduledTrigger'];

/** All rules. `root` is the folder to which the paths of resources are relative. */
export function serverFindings(root: string, manifest: AppManifest): Finding[] {
  return [
    ...storageFindings(manifest.app.storage?.entities ?? []),
    ...runtimeFindings(manifest),
    ...moduleFindings(manifest),
    ...resourceFindings(root, manifest),
  ].map((message) => error('manifest.yml', message));
}

function storageFindings(entities: readonly Entity[]): string[] {
  const found = entities.flatMap(entityFindings);
  if (entities.length > STORAGE.entities) {
    found.push(`${entities.length} entities; an app can have ${STORAGE.entities}`);
  }
  return found;
}

function entityFindings({ name, attributes, indexes }: Entity): string[] {
  const found: string[] = [];
  const names = Object.keys(attributes);
  const [shortest, longest] = STORAGE.entityName;
  if (name.length < shortest || name.length > longest) found.push(`entity ${name}: 3 to 60 characters`);
  if (names.length > STORAGE.attributes) found.push(`entity ${name}: more than 50 attributes`);
  if (indexes.length > STORAGE.indexes) found.push(`entity ${name}: more than 7 indexes`);
  for (const attribute of names) {
    if (attribute.length > STORAGE.attributeName) found.push(`${name}.${attribute}: at most 30 characters`);
  }
  return [...found, ...indexes.flatMap((index) => indexFindings(index, new Set(names)))];
}

function indexFindings(index: Entity['indexes'][number], attributes: ReadonlySet<string>): string[] {
  if (typeof index === 'string') return [];
  const found: string[] = [];
  const [shortest, longest] = INDEX_NAME;
  const { length } = index.name;
  if (length < shortest || length > longest || /\s/.test(index.name)) {
    found.push(`index ${index.name}: 3 to 50 characters, no spaces`);
  }
  if (index.range?.length !== 1) found.push(`index ${index.name}: exactly one range attribute`);
  for (const part of [...(index.partition ?? []), ...(index.range ?? [])]) {
    if (!attributes.has(part)) found.push(`index ${index.name}: there is no attribute ${part}`);
  }
  return found;
}

function runtimeFindings({ app, modules }: AppManifest): string[] {
  const found: string[] = [];
  if (app.runtime.name !== 'nodejs22.x') found.push(`runtime ${app.runtime.name}: deploy on nodejs22.x`);
  const sizes = [app.runtime.memoryMB, ...modules.function.map(({ runtime }) => runtime?.memoryMB)];
  for (const size of sizes) {
    const isWrong = size !== undefined && (size < MEMORY[0] || size > MEMORY[1]);
    if (isWrong) found.push(`memoryMB ${size}: between 128 and 1024`);
  }
  return found;
}

function moduleFindings(manifest: AppManifest): string[] {
  const { function: functions, ...modules } = manifest.modules;
  const types = Object.keys(modules);
  const all = types.flatMap((type) => modulesOf(manifest, type).map((module) => ({ type, module })));
  const found = [
    ...doubleKeys(functions.map(({ key }) => key)),
    ...doubleKeys(all.map((one) => one.module.key)),
  ];
  if (all.length > APP.modules) found.push(`${all.length} modules; an app can have ${APP.modules}`);
  for (const { key, urlFormat } of modulesOf(manifest, 'webtrigger')) {
    if (urlFormat !== 'v2')
      found.push(`webtrigger ${key}: urlFormat v2, whose host belongs to one installation`);
  }
  const scheduled = modulesOf(manifest, 'scheduledTrigger');
  const often = scheduled.filter(({ interval }) => interval === 'fiveMinute').length;
  if (scheduled.length > SCHEDULED.all) found.push('more than five scheduled triggers');
  if (often > SCHEDULED.fiveMinute) found.push('more than one scheduled trigger every five minutes');
  for (const { key, timeoutSeconds } of functions) {
    const callers = all.filter(({ module }) => module['function'] === key);
    const mayBeLong = callers.length > 0 && callers.every(({ type }) => LONG_MODULES.includes(type));
    const most = mayBeLong ? TIMEOUT.long : TIMEOUT.short;
    if ((timeoutSeconds ?? 0) > most)
      found.push(`function ${key}: at most ${most} seconds for what calls it`);
  }
  return found;
}

function doubleKeys(keys: readonly string[]): string[] {
  const doubles = keys.filter((key, index) => keys.indexOf(key) !== index);
  return doubles.map((key) => `the key ${key} is used twice`);
}

function resourceFindings(root: string, { resources }: AppManifest): string[] {
  const found: string[] = [];
  if (resources.length > APP.resources) found.push(`${resources.length} resources; an app can have 50`);
  for (const { key, path } of resources) {
    const folder = join(root, path);
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
      found.push(`resource ${key}: ${path} is not built; run npm run build:ui`);
      continue;
    }
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
    const bytes = files.reduce((sum, file) => sum + statSync(join(file.parentPath, file.name)).size, 0);
    if (files.length > APP.files) found.push(`resource ${key}: ${files.length} files; 5,000 at most`);
    if (bytes > APP.bytes) found.push(`resource ${key}: ${bytes} bytes; 100 MB at most`);
  }
  return found;
}
