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
};

/** By the part behind the colon of `com.atlassian.jira.plugin.system.customfieldtypes:textarea`. */
const customKinds: Readonly<Record<string, FieldKind>> = {
  textarea: 'richText',
  labels: 'labels',
  datepicker: 'date',
  select: 'select',
  radiobuttons: 'select',
};
const atlassianPrefix = 'com.atlassian.jira.plugin.system.customfieldtypes:';

/** Undefined: not shareable today. */
export function fieldKind(schema: FieldSchema): FieldKind | undefined {
  if (schema.system !== undefined) return systemKinds[schema.system];
  if (schema.custom?.startsWith(atlassianPrefix) !== true) return undefined;
  return customKinds[schema.custom.slice(atlassianPrefix.length)];
}
