/** Each contract layer is shown to catch the lies that it can see, and to believe a site that does not lie. */
import { type Contract, contractFolder, loadContract } from './contract';
import { type Findings, judge } from './lying-sites';
import type { Layer } from './mutation';
import { MUTATIONS } from './mutations';

const folder = contractFolder();
const LAYERS: readonly Layer[] = ['a', 'b', 'c'];

(folder === undefined ? describe.skip : describe)('contract layers (skipped without CONTRACT_DIR)', () => {
  let findings: Map<string, Findings>;

  beforeAll(async () => {
    const contract: Contract = await loadContract(folder ?? '');
    findings = await judge([undefined, ...MUTATIONS], contract);
  }, 120_000);

  test('a site that does not lie is believed by all layers', () => {
    expect(findings.get('no lie')).toEqual({ a: [], b: [], c: [] });
  });

  test.each(MUTATIONS)('$name: caught by $caughtBy', ({ name, caughtBy }) => {
    const found = findings.get(name);
    const caught = LAYERS.filter((layer) => (found?.[layer].length ?? 0) > 0);
    expect(caught).toEqual(caughtBy);
  });

  test.each(LAYERS)('layer %s catches at least ten kinds of lie', (layer) => {
    expect(MUTATIONS.filter(({ caughtBy }) => caughtBy.includes(layer)).length).toBeGreaterThanOrEqual(10);
  });
});
