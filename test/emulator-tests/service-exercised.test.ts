/** Each call of the Forge packages that the emulator serves in full is made by a test, named here. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SDK_SURFACE, type SdkCall } from '../emulator/coverage/sdk-surface';

const ENTITY = 'entity queries use partition, range, filters and sort';
const VIEW = 'view: a modal can %s, and hears of it';
const WORD = 'view: title, ready event, refresh and close only where there is something to refresh or close';
const EVENTS = 'events of the app and public events do not mix, blobs travel, unsubscribing ends it';

type Rows = readonly [file: string, title: string, ...calls: string[]];

/** File, title, and the calls that the test makes. */
const TESTS: Readonly<Record<SdkCall['package'], readonly Rows[]>> = {
  '@forge/api': [
    ['runtime-backplane', 'asApp is the app user of the installation', 'asApp', 'asApp().requestJira'],
    ['runtime-backplane', 'asUser needs a user in the invocation', 'asUser', 'asUser().requestJira'],
    ['runtime-services', 'a function on one site calls the webtrigger of another', 'fetch'],
    [
      'service-sdk',
      'webtriggers are made, listed and deleted by a function; a shared secret is refused',
      'webTrigger.queryUrls',
      'webTrigger.deleteUrl',
    ],
    ['service-sdk', 'a bound function keeps the invocation that bound it', 'bindInvocationContext'],
    [
      'service-sdk',
      'a function knows its app and what it is permitted',
      'getAppContext',
      'permissions.hasPermission',
      'permissions.hasScope',
      'permissions.canFetchFrom',
      'permissions.canLoadResource',
    ],
  ],
  '@forge/kvs': [
    [
      'kvs-sdk',
      'a value written is the value read, and a deleted one is undefined',
      'kvs.get',
      'kvs.set',
      'kvs.delete',
    ],
    ['kvs-sdk', 'secrets are kept apart from values', 'kvs.getSecret', 'kvs.setSecret', 'kvs.deleteSecret'],
    [
      'kvs-sdk',
      'queries page by key prefix',
      'kvs.query',
      'kvs.query().where',
      'kvs.query().limit',
      'kvs.query().cursor',
      'kvs.query().getMany',
    ],
    [
      'kvs-sdk',
      'getOne without an index, delete of a row',
      'kvs.query().getOne',
      'kvs.entity().get',
      'kvs.entity().delete',
    ],
    [
      'kvs-sdk',
      'batches report what succeeded and what failed',
      'kvs.batchGet',
      'kvs.batchSet',
      'kvs.batchDelete',
    ],
    [
      'kvs-sdk',
      ENTITY,
      'kvs.entity',
      'kvs.entity().set',
      'kvs.entity().query',
      'kvs.entity().query().index',
      'kvs.entity().query().index().where',
      'kvs.entity().query().index().filters',
      'kvs.entity().query().index().sort',
      'kvs.entity().query().index().getOne',
      'kvs.entity().query().index().getMany',
    ],
    [
      'kvs-sdk',
      'pages of an index',
      'kvs.entity().query().index().limit',
      'kvs.entity().query().index().cursor',
    ],
    [
      'kvs-sdk',
      'a transaction happens wholly or not at all',
      'kvs.transact',
      'kvs.transact().set',
      'kvs.transact().delete',
      'kvs.transact().check',
      'kvs.transact().execute',
    ],
    ['kvs-sdk', 'where beginsWith', 'WhereConditions.beginsWith'],
    ['kvs-sdk', 'where %s', ...conditions('WhereConditions')],
    ['kvs-sdk', 'filter %s', ...conditions('FilterConditions')],
  ],
  '@forge/events': [
    ['queue', 'an event reaches its consumer in the documented shape', 'Queue#push'],
    ['queue', 'a job tells its counts and can be cancelled', 'Queue#getStats', 'Queue#cancel'],
    [
      'service-sdk',
      'a job of a function tells its counts; one that does not exist is an error',
      'Queue#getJob',
      'JobProgress#getStats',
      'JobProgress#cancel',
    ],
    ['queue', 'a returned InvocationError is a retry at the time it names, with its data', 'InvocationError'],
  ],
  '@forge/resolver': [
    [
      'runtime-functions',
      'runs a resolver with the payload and the context of the page',
      'default',
      'default#getDefinitions',
    ],
  ],
  '@forge/bridge': [
    ['web-bridge-surface', 'invoke: 500 KB may go in, 5 MB come out', 'invoke'],
    [
      'web-bridge-surface',
      'invoke: metadata wraps the answer; functions in the payload and wrong keys are errors of the package',
      'makeInvoke',
    ],
    ['web-bridge-surface', 'requestJira: binary answers arrive byte by byte', 'requestJira'],
    ['web-bridge-surface', VIEW, 'view.close', 'view.onClose', 'Modal', 'Modal#open'],
    ['web-bridge', 'theme.enable loads the tokens and follows the page', 'view.theme.enable'],
    ['web-bridge-surface', WORD, 'view.changeWindowTitle', 'view.emitReadyEvent'],
    ['web-bridge-surface', 'router: reload loads the page again', 'router.reload'],
    [
      'web-bridge',
      'a flag is drawn by the page, its action runs in the app, and it can be closed',
      'showFlag',
    ],
    ['web-bridge-surface', EVENTS, 'events.emit', 'events.on', 'events.emitPublic', 'events.onPublic'],
    [
      'web-bridge-surface',
      'answers that say there is nothing',
      'rovo.isEnabled',
      'getCookieConsentPreferences',
    ],
  ],
};

/** The table of such a test must have a case for each. */
function conditions(of: 'WhereConditions' | 'FilterConditions'): string[] {
  const shared = ['between', 'equalTo', 'greaterThan', 'greaterThanEqualTo', 'lessThan', 'lessThanEqualTo'];
  const filters = ['beginsWith', 'notEqualTo', 'exists', 'notExists', 'contains', 'notContains'];
  return [...shared, ...(of === 'FilterConditions' ? filters : [])].map((name) => `${of}.${name}`);
}

/** Calls that a test makes through a function or a button of a fixture, so that its own text does not name them. */
const BY_FIXTURE: Readonly<Record<string, RegExp>> = {
  asApp: /jiraAsApp/,
  'asApp().requestJira': /jiraAsApp/,
  asUser: /jiraAsUser/,
  'asUser().requestJira': /jiraAsUser/,
  bindInvocationContext: /'bind'/,
  default: /runtime\.value/,
  'default#getDefinitions': /runtime\.value/,
  'view.theme.enable': /run\('theme'\)/,
  showFlag: /run\('flag'\)/,
  'view.close': /bridge\.view\.\$\{verb\}/,
};

/** The text of a test, from the table before it to the next test. */
function textOf(file: string, title: string): string {
  const text = readFileSync(join(__dirname, `${file}.test.ts`), 'utf8');
  const at = text.indexOf(`('${title}'`);
  if (at < 0) return '';
  const isStart = /\n\s*(?:test|describe|beforeEach|afterEach)\b/g;
  const starts = [...text.matchAll(isStart)].map(({ index }) => index);
  const from = starts.findLast((start) => start < at) ?? 0;
  return text.slice(from, starts.find((start) => start > at) ?? text.length);
}

const nameOf = (call: string) => (call.split(/[.#]/).at(-1) as string).replace('()', '');

const isServed = ({ level, note }: SdkCall) => level === 'full' && note !== 'the package does it alone';

test.each(Object.entries(TESTS))('%s: every call in full is made by a test', (name, rows) => {
  const served = SDK_SURFACE.filter((row) => row.package === name && isServed(row)).map(({ call }) => call);
  expect(rows.flatMap(([, , ...calls]) => calls).sort()).toEqual([...served].sort());
});

test('the tests are there and make the calls', () => {
  const missing = Object.values(TESTS)
    .flat()
    .flatMap(([file, title, ...calls]) => {
      const text = textOf(file, title);
      const isMade = (call: string) => (BY_FIXTURE[call] ?? new RegExp(`\\b${nameOf(call)}\\b`)).test(text);
      return calls.filter((call) => !isMade(call)).map((call) => `${file}: ${title}: ${call}`);
    });
  expect(missing).toEqual([]);
});
