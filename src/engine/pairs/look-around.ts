/** Finds out what translating values needs to know of the outside: accounts behind people, issues behind pairs, files behind pictures. */
import type { Here } from '#core/mapping/here';
import type { SlotValues } from '#core/model/value';
import { blocksIn, inlineFiles } from '../attachments/inline-files';
import type { IssueRead } from '../ports/site';
import type { Session } from '../stream/session';
import { type AgreedMapping, type Agreement, iMaySend, typeSlot } from './agreement';
import { findPeople, type Place } from './find-people';
import type { Later } from './outcome';
import { findPair, originalId, readPair } from './pairs';

export interface Surroundings {
  here: Here;
  /** Before the issue is read in the words of the agreement. `said`: what it may hold. */
  beforeReading(issue: IssueRead, said: readonly SlotValues[]): Promise<Later | undefined>;
  /** Before values are written. `issue`: absent for a new one. */
  beforeWriting(values: SlotValues, issue?: IssueRead): Promise<Later | undefined>;
}

/** Asks nobody where the agreement shares neither people nor parents. */
export function lookAround(session: Session, agreement: Agreement, agreed: AgreedMapping): Surroundings {
  const places = placesOf(agreed);
  const parents = places.filter(({ field }) => field.kind === 'parent');
  const issues = new Map<string, { id: string; key: string }>();
  const pairs = new Map<string, string>();
  const people = findPeople(
    session,
    places.filter(({ field }) => field.kind === 'user' || field.kind === 'users'),
  );
  const shown = inlineFiles(session, agreement, agreed);
  const texts = places.filter(({ field }) => field.kind === 'richText').map(({ binding }) => binding.fieldId);

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

  const here: Here = {
    account: people.account,
    whyNot: people.whyNot,
    issueOf: (pair) => issues.get(pair),
    pairOf: (issueId) => pairs.get(issueId),
    ...(session.ports.site.texts === undefined ? {} : { texts: session.ports.site.texts }),
    files: shown.files,
  };
  return {
    here,
    async beforeReading(issue, said) {
      await readPairs(said);
      await findParents(issue);
      const raw = texts.map((fieldId) => issue.fields[fieldId]);
      const failed = await shown.beforeReading(issue.id, raw, blocksIn(said));
      return failed ?? people.find(said, issue, true);
    },
    async beforeWriting(values, issue) {
      await readPairs([values]);
      const failed = await shown.beforeWriting(issue?.id, blocksIn([values]));
      return failed ?? people.find([values], issue, false);
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
