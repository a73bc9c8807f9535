/** Two different Jiras and what their admins agreed on: nothing but the meaning of things is the same on both. */
import type { MappingBinding } from '#core/model/binding';
import type { Contract, ContractField, Mapping } from '#core/model/contract';

export interface Choice {
  id: string;
  name: string;
}

/** What a site in memory is made of. */
export interface SiteFacts {
  name: string;
  url: string;
  project: { id: string; key: string; firstNumber: number };
  /** A project that nobody shares. */
  privateProject: { id: string; key: string; firstNumber: number };
  typeId: string;
  firstIssueId: number;
  /** In the order of the workflow; `steps`: which status leads to which. */
  statuses: Choice[];
  steps: Record<string, string[]>;
  priorities: Choice[];
  selectField: string;
  options: Choice[];
  /** More fields, which take whatever is written. */
  freeFields?: string[];
}

export const acmeFacts: SiteFacts = {
  name: 'acme',
  url: 'https://acme.atlassian.net',
  project: { id: '10000', key: 'ACME', firstNumber: 40 },
  privateProject: { id: '10009', key: 'SECRET', firstNumber: 1 },
  typeId: '10001',
  firstIssueId: 10_100,
  statuses: [
    { id: '1', name: 'To Do' },
    { id: '3', name: 'In Progress' },
    { id: '10003', name: 'Done' },
  ],
  steps: { '1': ['3'], '3': ['1', '10003'], '10003': ['3'] },
  priorities: [
    { id: '2', name: 'High' },
    { id: '3', name: 'Medium' },
    { id: '4', name: 'Low' },
  ],
  selectField: 'customfield_10042',
  options: [
    { id: '10110', name: 'Red' },
    { id: '10111', name: 'Blue' },
  ],
};

export const globexFacts: SiteFacts = {
  name: 'globex',
  url: 'https://globex.atlassian.net',
  project: { id: '20500', key: 'GLX', firstNumber: 7 },
  privateProject: { id: '20599', key: 'HIDDEN', firstNumber: 1 },
  typeId: '20007',
  firstIssueId: 77_000,
  statuses: [
    { id: '501', name: 'Open' },
    { id: '502', name: 'Working' },
    { id: '503', name: 'Closed' },
  ],
  // No way back to the first but through the last.
  steps: { '501': ['502'], '502': ['503'], '503': ['501'] },
  priorities: [
    { id: '31', name: 'Urgent' },
    { id: '32', name: 'Normal' },
    { id: '33', name: 'Whenever' },
  ],
  selectField: 'customfield_20777',
  options: [
    { id: '901', name: 'Rouge' },
    { id: '902', name: 'Bleu' },
  ],
};

const values = {
  priority: ['p-high', 'p-mid', 'p-low'],
  select: ['c-red', 'c-blue'],
  status: ['s-new', 's-doing', 's-done'],
};

function named(ids: string[]): { id: string; label: string }[] {
  return ids.map((id) => ({ id, label: id.slice(2) }));
}

const both = { direction: 'both', policy: 'newest' } as const;
const fields: ContractField[] = [
  { id: 'summary', kind: 'summary', label: 'Summary', ...both },
  { id: 'body', kind: 'richText', label: 'Description', ...both },
  { id: 'labels', kind: 'labels', label: 'Labels', ...both },
  { id: 'due', kind: 'date', label: 'Due date', ...both },
  { id: 'priority', kind: 'priority', label: 'Priority', ...both, values: named(values.priority) },
  { id: 'colour', kind: 'select', label: 'Colour', ...both, values: named(values.select) },
  { id: 'status', kind: 'status', label: 'Status', ...both, values: named(values.status) },
];

export const mapping: Mapping = {
  id: 'm1',
  label: 'Support',
  enabled: true,
  types: [{ id: 't-task', label: 'Task' }],
  fields,
  comments: 'both',
  creates: 'both',
};

export const contract: Contract = { revision: 1, note: 'First agreement', mappings: [mapping] };

export function bindingOf(site: SiteFacts): MappingBinding {
  const pairUp = (ids: string[], locals: Choice[]) =>
    ids.map((value, index) => ({ value, locals: [locals[index]?.id ?? ''] }));
  return {
    mapping: 'm1',
    projectId: site.project.id,
    types: [{ slot: 't-task', typeId: site.typeId }],
    fields: [
      { slot: 'summary', fieldId: 'summary' },
      { slot: 'body', fieldId: 'description' },
      { slot: 'labels', fieldId: 'labels' },
      { slot: 'due', fieldId: 'duedate' },
      { slot: 'priority', fieldId: 'priority', values: pairUp(values.priority, site.priorities) },
      { slot: 'colour', fieldId: site.selectField, values: pairUp(values.select, site.options) },
      { slot: 'status', fieldId: 'status', values: pairUp(values.status, site.statuses) },
    ],
  };
}
