/** Adds up what the documents and the recordings say of all exchanges of a run. */
import type { Exchange } from '../emulator/contract/record-exchanges';
import type { AllowedStatus } from './allowed-statuses';
import { checkExchange } from './check-exchange';
import type { Contract } from './contract';

export interface Violation {
  operation: string;
  text: string;
  /** How often it was seen. */
  count: number;
  /** The first exchange that showed it. */
  example: Exchange;
}

export interface Totals {
  operations: ReadonlyMap<string, { exchanges: number; bodies: number }>;
  /** Entities compared with recordings, by kind. */
  entities: ReadonlyMap<string, number>;
  violations: readonly Violation[];
  /** Exchanges that no document covers, and operations which the emulator said it does not know. */
  outside: number;
  refused: number;
  usedWaivers: ReadonlySet<string>;
  /** How often each rule admitted a status that a document leaves out. */
  usedAllowances: ReadonlyMap<AllowedStatus, number>;
}

/** Judges every exchange once. */
export async function judgeRecordings(
  contract: Contract,
  exchanges: AsyncIterable<Exchange>,
): Promise<Totals> {
  const operations = new Map<string, { exchanges: number; bodies: number }>();
  const entities = new Map<string, number>();
  const allowances = new Map<AllowedStatus, number>();
  const violations = new Map<string, Violation>();
  let outside = 0;
  let refused = 0;

  function note(operation: string, text: string, example: Exchange): void {
    const key = `${operation} ${example.status} ${withoutValues(text)}`;
    const known = violations.get(key);
    if (known === undefined) violations.set(key, { operation, text, count: 1, example });
    else known.count += 1;
  }

  for await (const exchange of exchanges) {
    const verdict = checkExchange(contract.documents, exchange);
    if (verdict.outcome === 'outside') outside += 1;
    else if (verdict.outcome === 'refused') refused += 1;
    else {
      const { operation, bodies, allowed } = verdict;
      if (allowed !== undefined) increment(allowances, allowed);
      const sum = operations.get(operation) ?? { exchanges: 0, bodies: 0 };
      operations.set(operation, { exchanges: sum.exchanges + 1, bodies: sum.bodies + bodies });
      for (const text of verdict.violations) note(operation, text, exchange);
      for (const { entity, errors } of contract.entities.check(operation, exchange)) {
        increment(entities, entity);
        for (const text of errors) note(operation, text, exchange);
      }
    }
  }
  const used = [...Object.values(contract.documents).flat(), contract.entities].map((one) =>
    one.usedWaivers(),
  );
  return {
    operations,
    entities,
    violations: [...violations.values()],
    outside,
    refused,
    usedWaivers: new Set(used.flatMap((ids) => [...ids])),
    usedAllowances: allowances,
  };
}

function increment<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** The same mistake in another place of a list, or with another value, is one mistake. */
function withoutValues(text: string): string {
  return text.replace(/\/\d+(?=\/|\s|$)/g, '/n').replace(/'[^']*'/g, "''");
}
