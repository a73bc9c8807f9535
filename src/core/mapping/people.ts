/** People: who is meant over there by an account here, and the other way round. By table, account id, e-mail, default. */
import { z } from 'zod';
import type { Person } from '#core/model/value';
import type { Spot } from './kind';

const rawAccount = z.looseObject({
  accountId: z.string().min(1).max(128),
  emailAddress: z.string().max(255).nullish(),
  displayName: z.string().nullish(),
});

export interface Account {
  id: string;
  mail?: string;
  name: string;
}

/** Undefined for something that is no user of Jira. */
export function readAccount(raw: unknown): Account | undefined {
  const account = rawAccount.safeParse(raw);
  if (!account.success) return undefined;
  const { accountId, emailAddress, displayName } = account.data;
  const name = (displayName ?? 'Somebody').slice(0, 255);
  return { id: accountId, name, ...(emailAddress ? { mail: emailAddress.toLowerCase() } : {}) };
}

/** The person whom an account stands for; undefined where the agreement has no word for them. */
export function personOf(account: Account, spot: Spot, known: readonly Person[]): Person | undefined {
  const said = known.find((person) => standsFor(person, account, spot));
  if (said !== undefined) return said;
  const listed = spot.binding.values?.find(({ locals }) => locals.includes(account.id));
  if (listed !== undefined) return { id: listed.value };
  // Without names nothing of a person leaves the site.
  return spot.field.byName === true ? account : undefined;
}

/** True when writing `person` here would give this account. */
function standsFor(person: Person, account: Account, spot: Spot): boolean {
  const listed = listedHere(person, spot);
  if (listed !== undefined) return listed === account.id;
  if (isListed(person, spot)) return spot.binding.otherwise === account.id;
  const found = spot.here.account(person);
  if (found !== undefined) return found === account.id;
  const isSame = person.id === account.id || (person.mail !== undefined && person.mail === account.mail);
  return isSame || spot.binding.otherwise === account.id;
}

export type FoundAccount = { ok: true; id: string } | { ok: false; reason: string };

/** The account to write. Whom nobody here stands for is named. */
export function accountOf(person: Person, spot: Spot): FoundAccount {
  const { field, binding, here } = spot;
  const listed = listedHere(person, spot);
  if (listed !== undefined) return { ok: true, id: listed };
  const isTold = isListed(person, spot);
  if (!isTold && field.byName !== true) {
    return { ok: false, reason: `The agreement does not let people of ${field.label} travel by name.` };
  }
  const found = isTold ? undefined : here.account(person);
  if (found !== undefined) return { ok: true, id: found };
  if (binding.otherwise !== undefined) return { ok: true, id: binding.otherwise };
  const whyNot = isTold ? undefined : here.whyNot(person);
  const name = nameOf(person, spot);
  return {
    ok: false,
    reason: whyNot ?? `Nobody here stands for ${name}. Choose a counterpart or a default in the mapping.`,
  };
}

/** What to call the person on screen; never an account id. */
export function nameOf(person: Person, { field }: Pick<Spot, 'field'>): string {
  const label = field.values?.find(({ id }) => id === person.id)?.label;
  return label ?? person.name ?? person.mail ?? 'somebody without a name';
}

/** True when the person has to be looked up on this site before it can be written. */
export function needsLookup(person: Person, spot: Pick<Spot, 'field' | 'binding'>): boolean {
  return !isListed(person, spot) && spot.field.byName === true;
}

function isListed(person: Person, { field }: Pick<Spot, 'field'>): boolean {
  return field.values?.some(({ id }) => id === person.id) === true;
}

function listedHere(person: Person, { binding }: Pick<Spot, 'binding'>): string | undefined {
  return binding.values?.find(({ value }) => value === person.id)?.locals[0];
}
