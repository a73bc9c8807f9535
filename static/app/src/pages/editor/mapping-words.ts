/** Words of the mapping editor: the contract speaks of primary and secondary, a person of here and there. */
import type { CallAnswer } from '../../../../../src/api/calls';
import type { EditorMapping } from '../../../../../src/api/views';

export type Editor = CallAnswer<'editor'>;
export type Catalog = Editor['mine'];
export type CatalogProject = Catalog['projects'][number];
export type CatalogField = CatalogProject['types'][number]['fields'][number];
export type Role = Editor['role'];
export type DraftType = EditorMapping['types'][number];
export type DraftField = EditorMapping['fields'][number];
export type DraftValue = NonNullable<DraftField['values']>[number];
export type Direction = DraftField['direction'];
export type Comments = EditorMapping['comments'];

export interface Choice<V extends string = string> {
  value: V;
  label: string;
}

/** Directions as `role` sees them, the arrow before the words. */
export function directionChoices(role: Role): Choice<Direction>[] {
  const [out, back] =
    role === 'primary' ? (['toSecondary', 'toPrimary'] as const) : (['toPrimary', 'toSecondary'] as const);
  return [
    { value: 'both', label: '⇄ Both ways' },
    { value: out, label: '→ To the partner' },
    { value: back, label: '← To this site' },
  ];
}

export function commentChoices(role: Role): Choice<Comments>[] {
  return [...directionChoices(role), { value: 'off', label: '– Not shared' }];
}

export function deletionChoices(): Choice<NonNullable<EditorMapping['lifecycle']>['deletion']>[] {
  return [
    { value: 'ignore', label: 'Its twin stays' },
    { value: 'mark', label: 'Its twin stays, and is marked' },
    { value: 'delete', label: 'Its twin is deleted, too' },
  ];
}

export function policyChoices(role: Role): Choice<DraftField['policy']>[] {
  const other = role === 'primary' ? ('secondary' as const) : ('primary' as const);
  return [
    { value: 'newest', label: 'Newest change wins' },
    { value: role, label: 'This site wins' },
    { value: other, label: 'Partner wins' },
    { value: 'ask', label: 'Ask a person' },
  ];
}

export const kindNames: Record<DraftField['kind'], string> = {
  summary: 'Text',
  richText: 'Rich text',
  priority: 'Priority',
  labels: 'Labels',
  date: 'Date',
  select: 'Choice',
  status: 'Status',
  text: 'Text',
  number: 'Number',
  dateTime: 'Date and time',
  url: 'Web address',
  multiSelect: 'Several choices',
  cascading: 'Choice in two levels',
  user: 'Person',
  users: 'Several people',
  group: 'Group',
  groups: 'Several groups',
  resolution: 'Resolution',
  issueType: 'Issue type',
  versions: 'Versions',
  components: 'Components',
  parent: 'Parent',
  sprint: 'Sprint',
  timeTracking: 'Estimates',
  watchers: 'Watchers',
  votes: 'Votes',
};

export function labelOf<V extends string>(choices: Choice<V>[], value: V): string {
  return choices.find((choice) => choice.value === value)?.label ?? value;
}
