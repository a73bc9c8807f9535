/** Values of a bulk edit: Jira groups them by type of field, an edit of one issue wants them by field. */
import { z } from 'zod';
import type { FieldKind, FieldRow } from '../entities';
import { BULK_FIELDS } from '../limits';
import { refuse } from '../problem';
import type { Session } from '../world';

const id = z.number().int();
const fieldId = z.string();
const howToMix = z.enum(['ADD', 'REMOVE', 'REPLACE', 'REMOVE_ALL']);
const option = z.strictObject({ optionId: id.optional() });
const account = z.strictObject({ accountId: z.string() });
const group = z.strictObject({ groupName: z.string() });
const version = z.strictObject({ versionId: z.string().optional() });
const many = <S extends z.ZodType>(schema: S) => z.array(schema).optional();

/** `editedFieldsInput` as Jira's document describes it. */
export const EditedFields = z.strictObject({
  cascadingSelectFields: many(
    z.strictObject({ fieldId, parentOptionValue: option, childOptionValue: option.optional() }),
  ),
  clearableNumberFields: many(z.strictObject({ fieldId, value: z.number().nullish() })),
  colorFields: many(z.strictObject({ fieldId, color: z.strictObject({ name: z.string() }) })),
  datePickerFields: many(
    z.strictObject({ fieldId, date: z.strictObject({ formattedDate: z.string() }).optional() }),
  ),
  dateTimePickerFields: many(
    z.strictObject({ fieldId, dateTime: z.strictObject({ formattedDateTime: z.string() }) }),
  ),
  issueType: z.strictObject({ issueTypeId: z.string() }).optional(),
  labelsFields: many(
    z.strictObject({
      fieldId,
      bulkEditMultiSelectFieldOption: howToMix,
      labels: z.array(z.strictObject({ name: z.string() })),
      labelProperties: many(z.strictObject({ name: z.string().optional(), color: z.string().optional() })),
    }),
  ),
  multipleGroupPickerFields: many(z.strictObject({ fieldId, groups: z.array(group) })),
  multipleSelectClearableUserPickerFields: many(z.strictObject({ fieldId, users: many(account) })),
  multipleSelectFields: many(z.strictObject({ fieldId, options: z.array(option) })),
  multipleVersionPickerFields: many(
    z.strictObject({ fieldId, bulkEditMultiSelectFieldOption: howToMix, versions: z.array(version) }),
  ),
  multiselectComponents: z
    .strictObject({
      fieldId,
      bulkEditMultiSelectFieldOption: howToMix,
      components: z.array(z.strictObject({ componentId: id })),
    })
    .optional(),
  originalEstimateField: z.strictObject({ originalEstimateField: z.string() }).optional(),
  priority: z.strictObject({ priorityId: z.string() }).optional(),
  richTextFields: many(
    z.strictObject({ fieldId, richText: z.strictObject({ adfValue: z.record(z.string(), z.unknown()) }) }),
  ),
  singleGroupPickerFields: many(z.strictObject({ fieldId, group })),
  singleLineTextFields: many(z.strictObject({ fieldId, text: z.string() })),
  singleSelectClearableUserPickerFields: many(z.strictObject({ fieldId, user: account.optional() })),
  singleSelectFields: many(z.strictObject({ fieldId, option })),
  singleVersionPickerFields: many(z.strictObject({ fieldId, version })),
  status: z.strictObject({ statusId: z.string() }).optional(),
  timeTrackingField: z.strictObject({ timeRemaining: z.string() }).optional(),
  urlFields: many(z.strictObject({ fieldId, url: z.string() })),
});

/** A body of PUT issue, which the worker gives to each issue. */
export interface EditDetails {
  fields: Record<string, unknown>;
  update: Record<string, unknown[]>;
}

type Mix = z.infer<typeof howToMix>;

interface Entry {
  field: string;
  kinds: readonly FieldKind[];
  value: unknown;
  /** Absent: the value is set. */
  mix?: Mix;
}

/** The edit that the input stands for. `actions` and the fields of the input must be the same set. */
export function editDetails(
  session: Session,
  input: z.infer<typeof EditedFields>,
  actions: readonly string[],
): EditDetails {
  if (actions.length > BULK_FIELDS)
    throw refuse(400, `The maximum number of fields for one bulk edit is ${BULK_FIELDS}.`);
  if (input.status !== undefined) throw refuse(400, 'The status is changed by a bulk transition.');
  if (input.colorFields !== undefined) throw refuse(400, 'The site has no colour fields.');
  const entries = [
    ...choiceEntries(input),
    ...plainEntries(input),
    ...listEntries(input),
    ...systemEntries(input),
  ];
  const given = new Set(entries.map((entry) => entry.field));
  const loose = [
    ...actions.filter((field) => !given.has(field)),
    ...[...given].filter((field) => !actions.includes(field)),
  ];
  if (loose.length > 0) {
    throw refuse(400, `selectedActions and editedFieldsInput do not agree about ${loose.join(', ')}.`);
  }
  if (entries.length === 0) throw refuse(400, 'At least one field must be edited.');
  const details: EditDetails = { fields: {}, update: {} };
  for (const entry of entries) {
    demandKind(session.store.fields.get(entry.field), entry);
    place(details, entry);
  }
  return details;
}

function demandKind(field: FieldRow | undefined, { field: name, kinds }: Entry): void {
  const fits = field !== undefined && (kinds.includes(field.kind) || kinds.length === 0);
  if (!fits) throw refuse(400, `Field '${name}' does not exist or has another type.`);
}

function place({ fields, update }: EditDetails, { field, value, mix }: Entry): void {
  if (mix === undefined || mix === 'REPLACE') {
    const before = fields[field];
    // Both estimates are parts of one field.
    fields[field] = field === 'timetracking' ? { ...(before as object), ...(value as object) } : value;
  } else if (mix === 'REMOVE_ALL') fields[field] = [];
  else
    update[field] = (value as unknown[]).map((element) => ({ [mix === 'ADD' ? 'add' : 'remove']: element }));
}

function optionOf(given: { optionId?: number | undefined }): { id: string } | null {
  // Minus one stands for no option, as in forms.
  return given.optionId === undefined || given.optionId < 0 ? null : { id: String(given.optionId) };
}

type Input = z.infer<typeof EditedFields>;

/** Fields with one value out of a list. */
function choiceEntries(input: Input): Entry[] {
  const cascades = (input.cascadingSelectFields ?? []).map(
    ({ fieldId: field, parentOptionValue, childOptionValue }): Entry => {
      const parent = optionOf(parentOptionValue);
      const child = childOptionValue === undefined ? null : optionOf(childOptionValue);
      const value = parent === null || child === null ? parent : { ...parent, child };
      return { field, kinds: ['cascade'], value };
    },
  );
  return [
    ...cascades,
    ...entriesOf(input.singleGroupPickerFields, 'group', (row) => ({ name: row.group.groupName })),
    ...entriesOf(input.singleSelectClearableUserPickerFields, 'user', (row) => row.user ?? null),
    ...entriesOf(input.singleSelectFields, 'option', (row) => optionOf(row.option)),
  ];
}

function entriesOf<R extends { fieldId: string }>(
  rows: readonly R[] | undefined,
  kind: FieldKind,
  read: (row: R) => unknown,
): Entry[] {
  return (rows ?? []).map((row) => ({ field: row.fieldId, kinds: [kind], value: read(row) }));
}

/** Texts, numbers and dates. */
function plainEntries(input: Input): Entry[] {
  const texts = input.richTextFields ?? [];
  return [
    ...entriesOf(input.clearableNumberFields, 'number', (row) => row.value ?? null),
    ...entriesOf(input.datePickerFields, 'date', (row) => row.date?.formattedDate ?? null),
    ...entriesOf(input.dateTimePickerFields, 'datetime', (row) => row.dateTime.formattedDateTime),
    ...entriesOf(input.singleLineTextFields, 'text', (row) => row.text),
    ...entriesOf(input.urlFields, 'url', (row) => row.url),
    ...entriesOf(
      texts.filter((row) => row.fieldId !== 'comment'),
      'document',
      (row) => row.richText.adfValue,
    ),
    ...texts
      .filter((row) => row.fieldId === 'comment')
      .map((row): Entry => {
        const value = [{ body: row.richText.adfValue }];
        return { field: 'comment', kinds: [], value, mix: 'ADD' };
      }),
  ];
}

/** Fields with many values; some can be mixed with what an issue has. */
function listEntries(input: Input): Entry[] {
  const entries: Entry[] = [];
  for (const row of input.labelsFields ?? []) {
    const value = row.labels.map((label) => label.name);
    entries.push({ field: row.fieldId, kinds: ['labels'], value, mix: row.bulkEditMultiSelectFieldOption });
  }
  for (const row of input.multipleGroupPickerFields ?? []) {
    const value = row.groups.map((one) => ({ name: one.groupName }));
    entries.push({ field: row.fieldId, kinds: ['groups'], value });
  }
  for (const row of input.multipleSelectClearableUserPickerFields ?? [])
    entries.push({ field: row.fieldId, kinds: ['users'], value: row.users ?? [] });
  for (const row of input.multipleSelectFields ?? [])
    entries.push({ field: row.fieldId, kinds: ['options'], value: row.options.map(optionOf) });
  for (const row of input.multipleVersionPickerFields ?? []) {
    const value = row.versions.map((one) => ({ id: one.versionId }));
    entries.push({ field: row.fieldId, kinds: ['versions'], value, mix: row.bulkEditMultiSelectFieldOption });
  }
  for (const row of input.singleVersionPickerFields ?? [])
    entries.push({ field: row.fieldId, kinds: ['versions'], value: [{ id: row.version.versionId }] });
  const components = input.multiselectComponents;
  if (components !== undefined) {
    const value = components.components.map((one) => ({ id: String(one.componentId) }));
    const { fieldId: field, bulkEditMultiSelectFieldOption: mix } = components;
    entries.push({ field, kinds: ['components'], value, mix });
  }
  return entries;
}

/** Fields that have a place of their own. */
function systemEntries(input: Input): Entry[] {
  const entries: Entry[] = [];
  if (input.issueType !== undefined)
    entries.push({ field: 'issuetype', kinds: [], value: { id: input.issueType.issueTypeId } });
  if (input.priority !== undefined)
    entries.push({ field: 'priority', kinds: [], value: { id: input.priority.priorityId } });
  const originalEstimate = input.originalEstimateField?.originalEstimateField;
  const remainingEstimate = input.timeTrackingField?.timeRemaining;
  if (originalEstimate !== undefined)
    entries.push({ field: 'timetracking', kinds: [], value: { originalEstimate } });
  if (remainingEstimate !== undefined)
    entries.push({ field: 'timetracking', kinds: [], value: { remainingEstimate } });
  return entries;
}
