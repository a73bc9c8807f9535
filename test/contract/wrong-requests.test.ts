/** Every operation that is emulated refuses wrong requests, strangers and what does not exist in the documented way. */
import type { Exchange } from '../emulator/contract/record-exchanges';
import { createRandom } from '../emulator/core/random';
import { createDataCenterSite } from '../emulator/data-center/create-data-center-site';
import { createCloudSite } from '../emulator/jira/create-cloud-site';
import { checkExchange } from './check-exchange';
import { type Contract, contractFolder, loadContract } from './contract';
import { askWrongly, hurriedClock } from './wrong-requests';

const folder = contractFolder();

(folder === undefined ? describe.skip : describe)('wrong requests (skipped without CONTRACT_DIR)', () => {
  let contract: Contract;

  beforeAll(async () => {
    contract = await loadContract(folder ?? '');
  });

  test('Cloud refuses them as documented', async () => {
    const options = { key: 'acme', random: createRandom(3) };
    const known = { issue: 'SUP-3', project: 'SUP', other: '10000' };
    const exchanges = await askWrongly(() => createCloudSite({ ...options, clock: hurriedClock() }), known);
    expect(exchanges.filter(({ status }) => status >= 400).length).toBeGreaterThan(3_000);
    expect(violations(contract, exchanges)).toEqual([]);
  }, 120_000);

  test('Data Center refuses them as documented', async () => {
    const options = { key: 'initech', random: createRandom(3) };
    const known = { issue: 'INI-9', project: 'INI', other: '10000' };
    const exchanges = await askWrongly(
      () => createDataCenterSite({ ...options, clock: hurriedClock() }),
      known,
    );
    expect(exchanges.filter(({ status }) => status >= 400).length).toBeGreaterThan(500);
    expect(violations(contract, exchanges)).toEqual([]);
  }, 120_000);
});

/** One line for each kind of mistake, with the first request that showed it. */
function violations({ documents }: Contract, exchanges: readonly Exchange[]): string[] {
  const found = new Map<string, string>();
  for (const exchange of exchanges) {
    const verdict = checkExchange(documents, exchange);
    if (verdict.outcome !== 'checked') continue;
    for (const text of verdict.violations) {
      const mistake = `${verdict.operation} -> ${exchange.status}: ${text}`;
      found.set(mistake, found.get(mistake) ?? `${exchange.path} ${exchange.requestBody ?? ''}`);
    }
  }
  return [...found].map(([mistake, example]) => `${mistake} (${example})`);
}
