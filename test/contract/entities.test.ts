/** Every entity of the seeded sites has the keys and types that real sites were recorded with. */
import type { Exchange } from '../emulator/contract/record-exchanges';
import { checkExchange } from './check-exchange';
import { type Contract, contractFolder, loadContract } from './contract';
import { readSite } from './read-site';

const folder = contractFolder();

/** Entities that a seeded site answers when it is read and touched once. */
const EXPECTED = [
  'changelog entry',
  'issue fields',
  'issue',
  'comment',
  'worklog',
  'remote link',
  'user',
  'field',
  'issue type',
  'status',
  'project',
  'server information',
];

(folder === undefined ? describe.skip : describe)('recorded shapes (skipped without CONTRACT_DIR)', () => {
  let contract: Contract;

  beforeAll(async () => {
    contract = await loadContract(folder ?? '');
  });

  test.each(['acme', 'globex'])('the entities of %s', async (key) => {
    const exchanges = await readSite(key);
    expect(exchanges.filter(({ status }) => status >= 400)).toEqual([]);
    const found = exchanges.flatMap((exchange) => inspect(contract, exchange));
    expect(found.flatMap(({ errors }) => errors)).toEqual([]);
    expect([...new Set(found.map(({ entity }) => entity))].sort()).toEqual([...EXPECTED].sort());
  });

  test.each(['acme', 'globex', 'directory'])('the answers of %s are as documented', async (key) => {
    const exchanges = await readSite(key);
    const verdicts = exchanges.map((exchange) => checkExchange(contract.documents, exchange));
    const violations = verdicts.flatMap((verdict) =>
      verdict.outcome === 'checked' ? verdict.violations : [verdict.outcome],
    );
    expect(violations).toEqual([]);
  });
});

function inspect(contract: Contract, exchange: Exchange) {
  const verdict = checkExchange(contract.documents, exchange);
  return verdict.outcome === 'checked' ? contract.entities.check(verdict.operation, exchange) : [];
}
