/** One person: assignee, reporter and user pickers. */
import { defineKind, knownOf } from '../kind';
import { accountOf, personOf, readAccount } from '../people';

export const userKind = defineKind({
  type: 'user',
  toContract(raw, spot) {
    if (raw === null || raw === undefined) return { ok: true, value: { t: 'user', v: null } };
    const account = readAccount(raw);
    if (account === undefined) return { ok: false, unmapped: 'a person in an unknown form' };
    const known = knownOf(spot, 'user').filter((person) => person !== null);
    const person = personOf(account, spot, known);
    if (person === undefined) return { ok: false, unmapped: account.name };
    return { ok: true, value: { t: 'user', v: person } };
  },
  toLocal(person, spot) {
    if (person === null) return { ok: true, raw: null };
    const account = accountOf(person, spot);
    return account.ok ? { ok: true, raw: { accountId: account.id } } : account;
  },
  fromText: (accountId) => (accountId === '' ? undefined : { accountId }),
});
