/** Several people: user pickers for many. */
import type { Person } from '#core/model/value';
import { defineKind, knownOf } from '../kind';
import { type Account, accountOf, personOf, readAccount } from '../people';

export const usersKind = defineKind({
  type: 'users',
  toContract(raw, spot) {
    const accounts = readAccounts(raw);
    if (accounts === undefined) return { ok: false, unmapped: 'people in an unknown form' };
    const known = knownOf(spot, 'users').flat();
    const people = new Map<string, Person>();
    const unmapped: string[] = [];
    for (const account of accounts) {
      const person = personOf(account, spot, known);
      if (person === undefined) unmapped.push(account.name);
      else people.set(person.id, person);
    }
    return {
      ok: true,
      value: { t: 'users', v: [...people.keys()].sort().flatMap((id) => people.get(id) ?? []) },
      ...(unmapped.length === 0 ? {} : { unmapped: unmapped.join(', ') }),
    };
  },
  toLocal(people, spot, current) {
    const ids = new Set<string>();
    for (const person of people) {
      const account = accountOf(person, spot);
      if (!account.ok) return account;
      ids.add(account.id);
    }
    // Whom the agreement has no word for stays.
    const known = [...people, ...knownOf(spot, 'users').flat()];
    for (const account of readAccounts(current) ?? []) {
      if (personOf(account, spot, known) === undefined) ids.add(account.id);
    }
    return { ok: true, raw: [...ids].map((accountId) => ({ accountId })) };
  },
});

function readAccounts(raw: unknown): Account[] | undefined {
  if (raw === null || raw === undefined) return [];
  if (!Array.isArray(raw)) return undefined;
  const accounts = raw.map(readAccount);
  return accounts.every((account) => account !== undefined) ? accounts : undefined;
}
