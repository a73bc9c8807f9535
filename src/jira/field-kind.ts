/** Says which fields of a site Concord can share, by their schema. */
import { z } from 'zod';
import type { FieldKind } from '#core/model/value';

export const fieldSchemaSchema = z.looseObject({
  type: z.string().optional(),
  items: z.string().optional(),
  system: z.string().optional(),
  custom: z.string().optional(),
});
export type FieldSchema = z.infer<typeof fieldSchemaSchema>;

const systemKinds: Readonly<Record<string, FieldKind>> = {
  summary: 'summary',
  description: 'richText',
  environment: 'richText',
  priority: 'priority',
  labels: 'labels',
  duedate: 'date',
  assignee: 'user',
  reporter: 'user',
  fixVersions: 'versions',
  versions: 'versions',
  components: 'components',
  resolution: 'resolution',
  parent: 'parent',
  timetracking: 'timeTracking',
};

/** By the whole `schema.custom`, or by what follows the colon of `com.atlassian.jira.plugin.system.customfieldtypes:textarea`. */
const customKinds: Readonly<Record<string, FieldKind>> = {
  textarea: 'richText',
  textfield: 'text',
  labels: 'labels',
  datepicker: 'date',
  datetime: 'dateTime',
  float: 'number',
  url: 'url',
  select: 'select',
  radiobuttons: 'select',
  multiselect: 'multiSelect',
  multicheckboxes: 'multiSelect',
  cascadingselect: 'cascading',
  userpicker: 'user',
  multiuserpicker: 'users',
  grouppicker: 'group',
  multigrouppicker: 'groups',
  multiversion: 'versions',
  'com.pyxis.greenhopper.jira:gh-sprint': 'sprint',
};
const atlassianPrefix = 'com.atlassian.jira.plugin.system.customfieldtypes:';

/** Undefined: not shareable today. */
export function fieldKind(schema: FieldSchema): FieldKind | undefined {
  if (schema.system !== undefined) return systemKinds[schema.system];
  const custom = schema.custom ?? '';
  return customKinds[custom.startsWith(atlassianPrefix) ? custom.slice(atlassianPrefix.length) : custom];
}
