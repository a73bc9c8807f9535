/** The list of calls is what the installed packages export: nothing missing, nothing invented. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REFUSED_BRIDGE_COMMANDS, SDK_SURFACE, type SdkCall } from '../emulator/coverage/sdk-surface';

const MODULES = join(__dirname, '../../node_modules/@forge');

beforeAll(() => {
  // `@forge/bridge` looks for its page while it loads.
  Object.assign(globalThis, { __bridge: { callBridge: async () => ({}) }, window: globalThis, document: {} });
});
afterAll(() => {
  for (const name of ['__bridge', 'window', 'document']) Reflect.deleteProperty(globalThis, name);
});

const isClass = (value: unknown): value is { prototype: object } =>
  typeof value === 'function' && /^class\b/.test(Function.prototype.toString.call(value));
const isPlain = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Names of the functions an object has, those of its class included. */
function methodsOf(target: object): string[] {
  const names = new Set<string>();
  // Packages may come from another realm, whose Object.prototype is not the one of this file.
  const isRoot = (at: object) => Object.hasOwn(at, 'isPrototypeOf');
  for (let at: object | null = target; at !== null && !isRoot(at); at = Object.getPrototypeOf(at))
    for (const name of Object.getOwnPropertyNames(at))
      if (name !== 'constructor' && typeof Reflect.get(target, name) === 'function') names.add(name);
  return [...names];
}

function callsOf(name: string, value: unknown): string[] {
  if (isClass(value)) {
    const methods = Object.getOwnPropertyNames(value.prototype).filter((method) => method !== 'constructor');
    return [name, ...methods.map((method) => `${name}#${method}`)];
  }
  if (!isPlain(value)) return [name];
  const members = Object.entries(value).filter(
    ([, member]) => isPlain(member) && methodsOf(member).length > 0,
  );
  const nested = members
    .filter(([member]) => member !== 'storageApi')
    .flatMap(([member, inner]) => callsOf(`${name}.${member}`, inner));
  const calls = [...methodsOf(value).map((method) => `${name}.${method}`), ...nested];
  return calls.length === 0 ? [name] : calls;
}

const exportsOf = (module: object): string[] =>
  Object.entries(module).flatMap(([name, value]) =>
    name === 'default' && !isClass(value) ? ['default'] : callsOf(name, value),
  );

function listed(name: SdkCall['package']): string[] {
  return SDK_SURFACE.filter((row) => row.package === name)
    .map(({ call }) => call)
    .sort();
}

const of = (prefix: string, target: object) => methodsOf(target).map((method) => `${prefix}.${method}`);

/** What the calls of `@forge/kvs` hand out: builders with calls of their own. */
async function kvsBuilders(): Promise<string[]> {
  const { kvs, Filter } = await import('@forge/kvs');
  const entity = kvs.entity('note');
  const filter = new Filter();
  return [
    ...of('kvs.entity()', entity),
    ...of('kvs.entity().query()', entity.query()),
    ...of('kvs.entity().query().index()', entity.query().index('by-key')),
    ...of('kvs.query()', kvs.query()),
    ...of('kvs.transact()', kvs.transact()),
    ...['filters', 'operator'].filter((name) => name in filter).map((name) => `Filter#${name}`),
  ];
}

test('@forge/kvs', async () => {
  const calls = [...exportsOf(await import('@forge/kvs')), ...(await kvsBuilders())];
  expect(listed('@forge/kvs')).toEqual([...new Set(calls)].sort());
});

test('@forge/events', async () => {
  expect(listed('@forge/events')).toEqual(exportsOf(await import('@forge/events')).sort());
});

test('@forge/resolver', async () => {
  expect(listed('@forge/resolver')).toEqual(exportsOf(await import('@forge/resolver')).sort());
});

test('@forge/api', async () => {
  const api = await import('@forge/api');
  const calls = [...exportsOf(api), ...of('asApp()', api.asApp()), ...of('asUser()', api.asUser())];
  expect(listed('@forge/api')).toEqual([...calls].sort());
  expect(Object.keys(api)).toEqual(expect.arrayContaining(Object.keys(api.default)));
});

test('@forge/bridge', async () => {
  expect(listed('@forge/bridge')).toEqual(exportsOf(await import('@forge/bridge')).sort());
});

test('every row that is not whole says what is missing, and none stands twice', () => {
  expect(SDK_SURFACE.filter(({ level, note }) => level !== 'full' && note === '')).toEqual([]);
  expect(new Set(SDK_SURFACE.map((row) => `${row.package} ${row.call}`)).size).toBe(SDK_SURFACE.length);
});

test('every command of the bridge is answered by the page, or on the list of refused ones', () => {
  const out = join(MODULES, 'bridge/out');
  const files = readdirSync(out, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.js'),
  );
  const commands = new Set(
    files.flatMap((file) =>
      [...readFileSync(join(out, file), 'utf8').matchAll(/callBridge\(['"](\w+)/g)].map(([, name]) =>
        String(name),
      ),
    ),
  );
  const page = readFileSync(join(__dirname, '../emulator/web/browser/host/bridge-calls.js'), 'utf8');
  const table = page.slice(page.indexOf('export const handlers = {'));
  const answered = [...table.matchAll(/^ {2}(?:async )?(\w+)(?=[,:(])/gm)].map(([, name]) => String(name));
  expect([...commands].filter((name) => !answered.includes(name)).sort()).toEqual([
    ...REFUSED_BRIDGE_COMMANDS,
  ]);
  expect(REFUSED_BRIDGE_COMMANDS.filter((name) => answered.includes(name))).toEqual([]);
});
