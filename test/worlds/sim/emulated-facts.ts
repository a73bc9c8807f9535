/** What two emulated Jiras are made of, in the form that random worlds know; ids are asked for, as they are the seed's. */
import type { Contract } from '#core/model/contract';
import type { Choice, SiteFacts } from '../site-facts';
import type { EmulatedJira } from './emulated-jira';
import { simAcme, simGlobex } from './facts';

interface Wanted {
  base: SiteFacts;
  project: string;
  type: string;
  statuses: readonly string[];
  priorities: readonly string[];
  select: string;
  text: string;
}

/** Workflows: on acme every status can be reached at once, on globex only the next one. */
const wanted: Record<'acme' | 'globex', Wanted> = {
  acme: {
    base: simAcme,
    project: 'SUP',
    type: 'Bug',
    statuses: ['To Do', 'In Progress', 'In Review'],
    priorities: ['High', 'Medium', 'Low'],
    select: 'Severity',
    text: 'Customer',
  },
  globex: {
    base: simGlobex,
    project: 'GSD',
    type: 'Defect',
    statuses: ['Open', 'Analysis', 'Development'],
    priorities: ['High', 'Normal', 'Low'],
    select: 'Impact',
    text: 'Client',
  },
};

interface Named {
  id: string;
  name?: string;
  value?: string;
}

interface Meta {
  fieldId: string;
  name: string;
  allowedValues?: Named[];
}

/** As many as the site has that has fewest. */
const optionCount = 3;

export async function emulatedFacts(
  name: 'acme' | 'globex',
  { ask, jira }: EmulatedJira,
): Promise<SiteFacts> {
  const { base, project, type, statuses, priorities, select, text } = wanted[name];
  const { id, key, issueTypes } = await ask('GET', `/rest/api/3/project/${project}`);
  const typeId = must(issueTypes as Named[], type).id;
  const meta = await ask(
    'GET',
    `/rest/api/3/issue/createmeta/${project}/issuetypes/${typeId}?maxResults=200`,
  );
  const fields = meta['fields'] as Meta[];
  const field = (wantedName: string): Meta => {
    const found = fields.find((one) => one.name === wantedName);
    if (found === undefined) throw new Error(`${name} has no field ${wantedName}.`);
    return found;
  };
  const all = (await ask('GET', '/rest/api/3/status')) as unknown as Named[];
  const choices = (from: readonly Named[], names: readonly string[]): Choice[] =>
    names.map((one) => ({ id: must(from, one).id, name: one }));
  const selectMeta = field(select);
  return {
    ...base,
    url: jira.publicUrl,
    project: { id: String(id), key: String(key), firstNumber: 1 },
    typeId,
    statuses: choices(all, statuses),
    priorities: choices(field('Priority').allowedValues ?? [], priorities),
    selectField: selectMeta.fieldId,
    options: (selectMeta.allowedValues ?? [])
      .slice(0, optionCount)
      .map((one) => ({ id: one.id, name: one.value ?? '' })),
    freeFields: [field(text).fieldId],
  };
}

function must(from: readonly Named[], name: string): Named {
  const found = from.find((one) => one.name === name);
  if (found === undefined) throw new Error(`There is no ${name}.`);
  return found;
}

/** One project pair with the fields that both have. Only globex moves issues: its workflow has no way back. */
export function emulatedContract(contract: Contract, has: (slot: string) => boolean): Contract {
  const mappings = contract.mappings.slice(0, 1).map((mapping) => ({
    ...mapping,
    fields: mapping.fields
      .filter(({ id }) => has(id))
      .map((field) => (field.id === 'status' ? { ...field, direction: 'toPrimary' as const } : field)),
  }));
  return { ...contract, mappings };
}
