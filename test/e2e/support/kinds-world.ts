/** Two running sites which share a field of every kind, and what tests of fields say and read there. */
import type { EditorMapping } from '../../../src/api/views';
import type { StartWorldOptions } from '../../emulator/start-world';
import { connect } from './agreement';
import { agreeOn, type MappingWish, mappingOf } from './all-kinds';
import { twinOf } from './compare';
import type { IssueRef } from './issues';
import { type Json, type RunningApp, startApp } from './running-app';

export const ada = '712020:5d0a4c3e-91f7-4b6e-a2d8-1c7f0b9e6a01';
export const ben = '712020:8e2f6b1d-40c9-4a57-93be-6d5a2f7c1b02';
const greta = '712020:b5f7d3a9-4e16-4c82-90bd-6c2d8e1fad10';
export const jamal = '557058:d4a7f1b5-6e9a-4123-a8df-1a5b2c4e7f04';
/** Works for both companies: another account on each site, the same e-mail address. */
export const noor = '712020:e8d4b2f7-16c9-4a3d-b5e0-8a7f3c9d8b08';
export const henrik = '557058:b2e5d8f3-4c7e-4901-86bd-8e3f9a2c5d02';
export const ines = '557058:c3f6e9a4-5d8f-4012-97ce-9f4a1b3d6e03';

/** People whom the agreement lists. */
const listed = [
  { value: 'v-desk', label: 'Desk', mine: [ben], theirs: [henrik] },
  { value: 'v-lead', label: 'Lead', mine: [ada], theirs: [ines] },
  // Her account on acme is not active any more.
  { value: 'v-gone', label: 'Greta', mine: [greta], theirs: [jamal] },
];

const groups = [
  {
    value: 'v-leads',
    label: 'Leads',
    mine: ['a4e2b9d8-7c15-4f3a-91be-08d6f5c3e9b3'],
    theirs: ['92f4e6b8-1d7c-4a35-8e9b-3c5f7d1a6e63'],
  },
];

const support: MappingWish = {
  id: 'support',
  acme: 'SUP',
  globex: 'GSD',
  types: [
    ['Bug', 'Defect'],
    ['Task', 'Task'],
    ['Epic', 'Theme'],
    ['Sub-task', 'Work Step'],
  ],
  fields: [
    { mine: 'Summary', theirs: 'Summary' },
    { mine: 'Description', theirs: 'Description' },
    { mine: 'Labels', theirs: 'Labels' },
    { mine: 'Due date', theirs: 'Due date' },
    {
      mine: 'Priority',
      theirs: 'Priority',
      pairs: [
        ['High', 'Critical'],
        ['Medium', 'Normal'],
        ['Low', 'Low'],
      ],
    },
    { mine: 'Customer', theirs: 'Client' },
    { mine: 'Runbook', theirs: 'Ticket link' },
    { mine: 'Incident start', theirs: 'Downtime start' },
    {
      mine: 'Severity',
      theirs: 'Impact',
      pairs: [
        ['S1 Outage', 'High'],
        ['S8 Typo', 'Low'],
      ],
    },
    {
      mine: 'Hosting',
      theirs: 'Found in',
      pairs: [
        ['Cloud', 'Production'],
        ['Customer site', 'Field'],
      ],
    },
    {
      mine: 'Regions',
      theirs: 'Plants',
      pairs: [
        ['Europe', 'Kassel'],
        ['Asia', 'Penang'],
      ],
    },
    {
      mine: 'Product area',
      theirs: 'Machine',
      pairs: [
        ['Planning / Routes', 'P-line / P100'],
        ['Billing', 'K-line / K9'],
      ],
    },
    { mine: 'Assignee', theirs: 'Assignee', more: { values: listed } },
    { mine: 'Account manager', theirs: 'Responsible engineer', more: { byName: true } },
    { mine: 'Owning group', theirs: 'Team', more: { values: groups } },
    {
      mine: 'Fix versions',
      theirs: 'Fix versions',
      pairs: [['6.0', 'R13']],
      more: { byName: true, theirUse: { create: true } },
    },
    {
      mine: 'Components',
      theirs: 'Components',
      pairs: [['Reports', 'Hotline']],
      more: { byName: true, theirUse: { create: true } },
    },
    { mine: 'Resolution', theirs: 'Resolution', more: { byName: true } },
    {
      mine: 'Issue type',
      theirs: 'Issue type',
      pairs: [
        ['Bug', 'Defect'],
        ['Task', 'Task'],
        ['Epic', 'Theme'],
        ['Sub-task', 'Work Step'],
      ],
    },
    { mine: 'Time tracking', theirs: 'Time tracking' },
    { mine: 'Parent', theirs: 'Parent' },
    {
      mine: 'Watchers',
      theirs: 'Root cause',
      more: { byName: true, direction: 'toSecondary', theirUse: { as: 'richText' } },
    },
  ],
};

const development: MappingWish = {
  id: 'development',
  acme: 'DEV',
  globex: 'ENG',
  types: [
    ['Task', 'Task'],
    ['Bug', 'Defect'],
  ],
  fields: [
    { mine: 'Summary', theirs: 'Summary' },
    { mine: 'Story Points', theirs: 'Effort' },
    { mine: 'Reviewers', theirs: 'Watch list', more: { values: listed } },
    {
      mine: 'Sprint',
      theirs: 'Sprint',
      pairs: [
        ['DEV Sprint 18', 'Takt 46'],
        ['DEV Sprint 19', 'Takt 48'],
      ],
    },
  ],
};

export interface KindsWorld {
  app: RunningApp;
  id: string;
  /** Values by the names that fields have on acme, as REST of that site takes them. */
  on(site: 'acme' | 'globex', values: Record<string, unknown>): Record<string, unknown>;
  fieldId(site: 'acme' | 'globex', name: string): string;
  /** What a person reads, by the same names. */
  read(site: 'acme' | 'globex', key: string): Promise<Record<string, unknown>>;
  /** What waits on either site. */
  waiting(): Promise<string[]>;
  twin(site: 'acme' | 'globex', issue: IssueRef): Promise<string>;
}

export interface KindsOptions {
  start?: StartWorldOptions;
  /** What the mappings share besides fields. */
  more?: Partial<EditorMapping>;
  /** Fields of acme that are left out. */
  without?: string[];
  /** The status too. */
  status?: boolean;
}

const status: MappingWish['fields'][number] = {
  mine: 'Status',
  theirs: 'Status',
  pairs: [
    ['To Do', 'Open'],
    ['In Progress', 'Analysis'],
    ['In Review', 'Development'],
  ],
};

export async function startKinds(options: KindsOptions = {}): Promise<KindsWorld> {
  const app = await startApp(options.start);
  const id = await connect(app);
  const usual = support.fields.filter(({ mine }) => options.without?.includes(mine) !== true);
  const fields = options.status === true ? [...usual, status] : usual;
  const wanted = [await mappingOf(app, id, { ...support, fields }), await mappingOf(app, id, development)];
  const mappings = wanted.map((mapping) => ({ ...mapping, ...options.more }));
  const fieldIds = new Map<string, string>();
  for (const field of mappings.flatMap(({ fields }) => fields)) {
    fieldIds.set(`acme ${field.label}`, field.mine ?? '');
    fieldIds.set(`globex ${field.label}`, field.theirs ?? '');
  }
  const severity = mappings[0]?.fields.find(({ label }) => label === 'Severity');
  const client = mappings[0]?.fields.find(({ label }) => label === 'Customer');
  // What ENG demands of a new Defect, and a text that is kept up to date. DEV gives nothing of its own.
  await agreeOn(app, id, mappings, {
    development: [
      {
        fieldId: severity?.theirs ?? '',
        kind: 'select',
        text: severity?.values?.[1]?.theirs[0] ?? '',
        when: 'create',
      },
      { fieldId: client?.theirs ?? '', kind: 'text', text: '{{partner.key}}: {{Summary}}', when: 'always' },
    ],
  });

  function fieldId(site: 'acme' | 'globex', name: string): string {
    const found = fieldIds.get(`${site} ${name}`);
    if (found === undefined) throw new Error(`No field ${name}`);
    return found;
  }
  async function waiting(): Promise<string[]> {
    const lists = await Promise.all(
      (['acme', 'globex'] as const).map(async (site) => (await app.call(site, 'problems', { id })).problems),
    );
    return lists.flat().map((problem) => JSON.stringify(problem));
  }
  return {
    app,
    id,
    fieldId,
    waiting,
    on: (site, values) =>
      Object.fromEntries(Object.entries(values).map(([name, value]) => [fieldId(site, name), value])),
    async read(site, key) {
      const { body } = await app.rest(site, 'GET', `issue/${key}?fields=*all`);
      const fields = body['fields'] as Json;
      const names = [...fieldIds.keys()].filter((name) => name.startsWith(site));
      return Object.fromEntries(
        names.map((name) => [name.slice(site.length + 1), shown(fields[fieldIds.get(name) ?? ''] ?? null)]),
      );
    },
    async twin(site, issue) {
      const key = await twinOf(app, site, issue);
      if (key === undefined) throw new Error(`${issue.key} has no twin: ${(await waiting()).join('\n')}`);
      return key;
    },
  };
}

/** What a person reads. */
function shown(raw: unknown): unknown {
  if (Array.isArray(raw)) return raw.map(shown).sort();
  if (typeof raw !== 'object' || raw === null) return raw;
  const one = raw as Record<string, unknown>;
  if (one['type'] === 'doc')
    return (
      JSON.stringify(raw)
        .match(/"text":"[^"]*"/g)
        ?.join(' ') ?? ''
    );
  if ('originalEstimate' in one) return [one['originalEstimate'], one['remainingEstimate']].join(' ');
  if ('child' in one) return `${one['value']} / ${(one['child'] as { value?: unknown }).value}`;
  return one['displayName'] ?? one['name'] ?? one['value'] ?? one['key'];
}
