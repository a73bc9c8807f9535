/** The document of Data Center, read as it is meant, still catches what a site must not answer. */
import { type Exchange, observed } from '../emulator/contract/record-exchanges';
import { createRandom } from '../emulator/core/random';
import { createDataCenterSite } from '../emulator/data-center/create-data-center-site';
import { checkExchange } from './check-exchange';
import { type Contract, contractFolder, loadContract } from './contract';
import { at, lying, type Mutation } from './mutation';
import { hurriedClock } from './wrong-requests';

const folder = contractFolder();
const ISSUE = 'GET /rest/api/2/issue/{issueIdOrKey}';
const PATHS = [
  ...['serverInfo', 'myself', 'field', 'issuetype', 'status', 'project', 'project/INI'],
  ...[
    'issue/INI-9?expand=changelog',
    'issue/INI-9/comment',
    'issue/INI-9/transitions',
    'search?jql=project=INI',
  ],
];

const LIES: readonly Omit<Mutation, 'caughtBy'>[] = [
  { name: 'a property is invented', operation: ISSUE, lie: at('flavour', () => 'dc') },
  { name: 'an id is a number', operation: ISSUE, lie: at('id', Number) },
  {
    name: 'a moment has the zone of RFC 3339',
    operation: ISSUE,
    lie: at('fields.created', (moment) => String(moment).replace(/(\d\d)$/, ':$1')),
  },
  {
    name: 'the side of a change is a number',
    operation: ISSUE,
    lie: at('changelog.histories.[].items.[].toString', () => 7),
  },
  { name: 'a list is one', operation: 'GET /rest/api/2/status', lie: first },
  { name: 'a flag is text', operation: 'GET /rest/api/2/field', lie: at('[].custom', String) },
  {
    name: 'a user has an account id',
    operation: 'GET /rest/api/2/myself',
    lie: at('accountId', () => '712020:1'),
  },
  { name: 'a count is text', operation: 'GET /rest/api/2/search', lie: at('total', String) },
  {
    name: 'a status that is not documented',
    operation: 'GET /rest/api/2/serverInfo',
    lie: ({ body }) => ({ status: 202, body }),
  },
  {
    name: 'the body is missing',
    operation: 'GET /rest/api/2/issue/{issueIdOrKey}/transitions',
    lie: ({ status }) => ({ status, body: undefined }),
  },
];

(folder === undefined ? describe.skip : describe)(
  'lies of Data Center (skipped without CONTRACT_DIR)',
  () => {
    let contract: Contract;

    beforeAll(async () => {
      contract = await loadContract(folder ?? '');
    });

    test('none: believed', async () => {
      expect(await violations(contract, undefined)).toEqual([]);
    });

    test.each(LIES)('$name: caught', async (lie) => {
      expect((await violations(contract, { ...lie, caughtBy: ['a'] })).length).toBeGreaterThan(0);
    });
  },
);

async function violations({ documents }: Contract, mutation: Mutation | undefined): Promise<string[]> {
  const site = createDataCenterSite({ key: 'initech', clock: hurriedClock(), random: createRandom(3) });
  const exchanges: Exchange[] = [];
  const handle = observed(site, lying(site.handle, mutation), (exchange) => exchanges.push(exchange));
  const accountId = site.users().find(({ admin }) => admin)?.accountId ?? '';
  const edit = { method: 'PUT', body: '{"fields":{"summary":"Once more"}}' };
  const headers = { 'content-type': 'application/json' };
  for (const [path, init] of [
    ['issue/INI-9', { ...edit, headers }] as const,
    ...PATHS.map((one) => [one, {}] as const),
  ]) {
    const request = new Request(new URL(`/rest/api/2/${path}`, site.publicUrl), init);
    await handle(request, { kind: 'user', accountId });
  }
  return exchanges.flatMap((exchange) => {
    const verdict = checkExchange(documents, exchange);
    return verdict.outcome === 'checked' ? verdict.violations : [];
  });
}

function first({ status, body }: { status: number; body: unknown }) {
  return { status, body: (body as unknown[])[0] };
}
