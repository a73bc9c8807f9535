/** Finds the accounts of this site behind people of the partner: first on the issue itself, then by asking Jira. */
import type { Here } from '#core/mapping/here';
import { needsLookup, readAccount } from '#core/mapping/people';
import type { FieldBinding } from '#core/model/binding';
import type { ContractField } from '#core/model/contract';
import type { Person, SlotValues } from '#core/model/value';
import type { IssueRead } from '../ports/site';
import type { Session } from '../stream/session';
import { isPassing, type Later, later } from './outcome';

/** A shared field with what stands behind it here. */
export interface Place {
  field: ContractField;
  binding: FieldBinding;
}

/** In one run; a partner must not be able to spend all our calls with one list of people. */
const mostLookups = 200;

export interface PeopleFinder extends Pick<Here, 'account' | 'whyNot'> {
  /** `isReading`: who is on the issue has to be understood, nobody else. */
  find(
    values: readonly SlotValues[],
    issue: IssueRead | undefined,
    isReading: boolean,
  ): Promise<Later | undefined>;
}

/** `places`: the fields which hold people. */
export function findPeople(session: Session, places: readonly Place[]): PeopleFinder {
  /** By the partner's id of a person; `known`: the accounts found so. */
  const accounts = new Map<string, string>();
  const known = new Set<string>();

  /** The same account, or the same e-mail address, on the issue. */
  function isThere(person: Person, there: readonly { id: string; mail?: string }[]): boolean {
    const same = there.find(
      ({ id, mail }) => id === person.id || (mail !== undefined && mail === person.mail),
    );
    if (same === undefined) return false;
    accounts.set(person.id, same.id);
    known.add(same.id);
    return true;
  }

  return {
    account: ({ id }) => accounts.get(id) ?? session.people.get(id)?.account,
    whyNot: ({ id }) => session.people.get(id)?.whyNot,
    async find(values, issue, isReading) {
      for (const place of places) {
        const said = values.flatMap((one) => peopleIn(one, place.field.id));
        const there = accountsIn(issue, place.binding.fieldId);
        const wanted = said.filter((person) => needsLookup(person, place));
        const left = wanted.filter((person) => !isThere(person, there));
        // What is there is understood already: nobody has to be asked.
        if (isReading && there.every(({ id }) => known.has(id))) continue;
        for (const person of left) {
          const failed = await lookUp(session, person);
          if (failed !== undefined) return failed;
        }
      }
      return undefined;
    },
  };
}

/** Asked once in a run; a person whom nobody stands for is remembered too. */
async function lookUp(session: Session, person: Person): Promise<Later | undefined> {
  if (session.people.has(person.id)) return undefined;
  if (session.people.size >= mostLookups) {
    session.people.set(person.id, { whyNot: 'Too many people came at once. Try again.' });
    return undefined;
  }
  const answer = await session.ports.site.findAccount({ id: person.id, mail: person.mail });
  if (!answer.ok && isPassing(answer.failure)) return later(answer.failure);
  const account = answer.ok ? answer.value : undefined;
  const name = (account?.name ?? '').slice(0, 255);
  if (account === undefined) session.people.set(person.id, {});
  else if (account.active) session.people.set(person.id, { account: account.id });
  else session.people.set(person.id, { whyNot: `The account of ${name} is not active on this site.` });
  return undefined;
}

function peopleIn(values: SlotValues, slot: string): Person[] {
  const value = values[slot];
  if (value?.t === 'users') return value.v;
  return value?.t === 'user' && value.v !== null ? [value.v] : [];
}

function accountsIn(issue: IssueRead | undefined, fieldId: string): { id: string; mail?: string }[] {
  const raw = issue?.fields[fieldId];
  const all: unknown[] = Array.isArray(raw) ? raw : [raw];
  return all.flatMap((one) => readAccount(one) ?? []);
}
