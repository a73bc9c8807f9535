/** Finds out what translating values needs to know of the outside: accounts behind people, issues behind pairs. */
import type { Here } from '#core/mapping/here';
import { needsLookup, readAccount } from '#core/mapping/people';
import type { FieldBinding } from '#core/model/binding';
import type { ContractField } from '#core/model/contract';
import type { Person, SlotValues } from '#core/model/value';
import type { IssueRead } from '../ports/site';
import type { Session } from '../stream/session';
import { type AgreedMapping, type Agreement, iMaySend, typeSlot } from './agreement';
import { isPassing, type Later, later } from './outcome';
import { findPair, originalId, readPair } from './pairs';

export interface Surroundings {
  here: Here;
  /** Before the issue is read in the words of the agreement. `said`: what it may hold. */
  beforeReading(issue: IssueRead, said: readonly SlotValues[]): Promise<Later | undefined>;
  /** Before values are written. `issue`: absent for a new one. */
  beforeWriting(values: SlotValues, issue?: IssueRead): Promise<Later | undefined>;
}

type Place = { field: ContractField; binding: FieldBinding };

/** Asks nobody where the agreement shares neither people nor parents. */
export function lookAround(session: Session, agreement: Agreement, agreed: AgreedMapping): Surroundings {
  const places = placesOf(agreed);
  const people = places.filter(({ field }) => field.kind === 'user' || field.kind === 'users');
  const parents = places.filter(({ field }) => field.kind === 'parent');
  const issues = new Map<string, { id: string; key: string }>();
  const pairs = new Map<string, string>();
  /** By the partner's id of a person; `known`: the accounts found so. */
  const accounts = new Map<string, string>();
  const known = new Set<string>();

  async function readPairs(values: readonly SlotValues[]): Promise<void> {
    for (const { field } of parents) {
      for (const one of values) {
        const value = one[field.id];
        if (value?.t !== 'issue' || value.v === null || issues.has(value.v)) continue;
        const local = (await readPair(session, value.v))?.local;
        if (local !== undefined) issues.set(value.v, local);
      }
    }
  }

  async function findParents(issue: IssueRead): Promise<void> {
    for (const { binding } of parents) {
      const parent = parentIn(issue, binding.fieldId);
      if (parent === undefined || pairs.has(parent.id)) continue;
      const pair = await findPair(session, parent.id);
      if (pair !== undefined) pairs.set(parent.id, pair.pair);
      // It takes part as well and is only later than its child: its id is known beforehand.
      else if (takesPart(agreement, agreed, issue, parent)) {
        pairs.set(parent.id, originalId(session.box.salt, 'issue', parent.id));
      }
    }
  }

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

  async function findPeople(
    values: readonly SlotValues[],
    issue: IssueRead | undefined,
    isReading: boolean,
  ): Promise<Later | undefined> {
    for (const place of people) {
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
  }

  const here: Here = {
    account: ({ id }) => accounts.get(id) ?? activeAccount(session, id),
    whyNot: ({ id }) => session.people.get(id)?.whyNot,
    issueOf: (pair) => issues.get(pair),
    pairOf: (issueId) => pairs.get(issueId),
  };
  return {
    here,
    async beforeReading(issue, said) {
      await readPairs(said);
      await findParents(issue);
      return findPeople(said, issue, true);
    },
    async beforeWriting(values, issue) {
      await readPairs([values]);
      return findPeople([values], issue, false);
    },
  };
}

function placesOf({ mapping, binding }: AgreedMapping): Place[] {
  const bindings = new Map(binding.fields.map((one) => [one.slot, one]));
  return mapping.fields.flatMap((field) => {
    const bound = bindings.get(field.id);
    return bound === undefined ? [] : [{ field, binding: bound }];
  });
}

/** Asked once in a run; a person whom nobody stands for is remembered too. */
async function lookUp(session: Session, person: Person): Promise<Later | undefined> {
  if (session.people.has(person.id)) return undefined;
  const answer = await session.ports.site.findAccount({ id: person.id, mail: person.mail });
  if (!answer.ok && isPassing(answer.failure)) return later(answer.failure);
  const account = answer.ok ? answer.value : undefined;
  const name = (account?.name ?? '').slice(0, 255);
  if (account === undefined) session.people.set(person.id, {});
  else if (account.active) session.people.set(person.id, { account: account.id });
  else session.people.set(person.id, { whyNot: `The account of ${name} is not active on this site.` });
  return undefined;
}

function activeAccount(session: Session, person: string): string | undefined {
  return session.people.get(person)?.account;
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

interface Parent {
  id: string;
  key: string;
  typeId: string | undefined;
}

function parentIn(issue: IssueRead, fieldId: string): Parent | undefined {
  const raw = issue.fields[fieldId] as
    | { id?: unknown; key?: unknown; fields?: { issuetype?: { id?: unknown } } }
    | null
    | undefined;
  if (raw === null || raw === undefined || typeof raw !== 'object' || raw.id === undefined) return undefined;
  const typeId = raw.fields?.issuetype?.id;
  return {
    id: String(raw.id),
    key: String(raw.key ?? ''),
    typeId: typeId === undefined ? undefined : String(typeId),
  };
}

/** Of the same project and of a type that is shared, and our new issues get a twin. */
function takesPart(agreement: Agreement, agreed: AgreedMapping, child: IssueRead, parent: Parent): boolean {
  const isSameProject = projectKeyOf(parent.key) === projectKeyOf(child.key);
  const isShared = parent.typeId !== undefined && typeSlot(agreed.binding, parent.typeId) !== undefined;
  return isSameProject && isShared && iMaySend(agreement, agreed.mapping.creates);
}

function projectKeyOf(key: string): string {
  return key.slice(0, key.lastIndexOf('-'));
}
