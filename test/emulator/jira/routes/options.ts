/** Options of select fields: the values their contexts offer. */
import { z } from 'zod';
import { optionsIn } from '../admin/contexts';
import { hasOptions } from '../admin/field-types';
import { bodyAs } from '../admin/read-body';
import { swapIn } from '../admin/replace-values';
import type { ContextRow, OptionRow } from '../entities';
import { withValues } from '../issues/commit';
import { refuse } from '../problem';
import { type Call, NO_CONTENT, ok, type Reply, type Route, route } from '../router';
import { contextAt } from './contexts';
import { page } from './read-query';

const O = '/rest/api/3/field/{fieldId}/context/{contextId}/option';
/** Options of one request and of one field, by the document. */
const MOST_AT_ONCE = 1000;
const MOST_OF_FIELD = 10_000;

export const optionRoutes: readonly Route[] = [
  route(`GET ${O}`, pageOfOptions),
  route(`POST ${O}`, createOptions),
  route(`PUT ${O}`, updateOptions),
  route(`PUT ${O}/move`, moveOptions),
  route(`DELETE ${O}/{optionId}`, deleteOption),
];

/** The context of the path; its field must be one with options. */
export function optionContextAt(call: Call): ContextRow {
  const context = contextAt(call);
  if (!hasOptions(call.store.fields.must(context.fieldId))) {
    throw refuse(400, "The custom field doesn't support options.");
  }
  return context;
}

function optionView(row: OptionRow) {
  return {
    id: row.id,
    value: row.value,
    ...(row.parentId === undefined ? {} : { optionId: row.parentId }),
    disabled: row.disabled,
  };
}

function pageOfOptions(call: Call): Reply {
  const context = optionContextAt(call);
  const only = call.query.get('optionId');
  const onlyOptions = call.query.get('onlyOptions') === 'true';
  const all = optionsIn(call.store, context);
  const rows = [
    ...all.filter((row) => row.parentId === undefined),
    ...all.filter((row) => row.parentId !== undefined && !onlyOptions),
  ].filter((row) => only === null || row.id === only || row.parentId === only);
  const shown = page(call, `field/${context.fieldId}/context/${context.id}/option`, rows, 100);
  call.cost.core(shown.values.length);
  return ok({ ...shown, values: shown.values.map(optionView) });
}

const value = z.string().trim().min(1).max(255);
const CreateBody = z.strictObject({
  options: z
    .array(z.strictObject({ value, disabled: z.boolean().optional(), optionId: z.string().optional() }))
    .min(1)
    .max(MOST_AT_ONCE),
});

function createOptions(call: Call): Reply {
  const context = optionContextAt(call);
  const { options } = bodyAs(call, CreateBody);
  const ofField = call.store.options.by('field', context.fieldId).length;
  if (ofField + options.length > MOST_OF_FIELD)
    throw refuse(400, `A field can have at most ${MOST_OF_FIELD} options.`);
  const isCascade = call.store.fields.must(context.fieldId).kind === 'cascade';
  const made = options.map((input) => {
    const all = optionsIn(call.store, context);
    const parent = all.find((row) => row.id === input.optionId);
    if (input.optionId !== undefined && (!isCascade || parent === undefined || parent.parentId !== undefined))
      throw refuse(404, `The option with id '${input.optionId}' was not found.`);
    demandFree(all, input.value, input.optionId);
    return call.store.options.put({
      id: call.store.nextId('option'),
      fieldId: context.fieldId,
      contextId: context.id,
      value: input.value,
      disabled: input.disabled === true,
      sequence: all.length,
      ...(input.optionId === undefined ? {} : { parentId: input.optionId }),
    });
  });
  return ok({ options: made.map(optionView) });
}

function demandFree(all: readonly OptionRow[], wanted: string, parentId?: string, exceptId?: string): void {
  const twin = all.find((row) => row.value === wanted && row.parentId === parentId && row.id !== exceptId);
  if (twin !== undefined) throw refuse(400, `Option '${wanted}' already exists in the context.`);
}

const UpdateBody = z.strictObject({
  options: z
    .array(z.strictObject({ id: z.string(), value: value.optional(), disabled: z.boolean().optional() }))
    .min(1)
    .max(MOST_AT_ONCE),
});

/** Renames, disables or enables options; those which stay as they are are not reported. */
function updateOptions(call: Call): Reply {
  const context = optionContextAt(call);
  const { options } = bodyAs(call, UpdateBody);
  const changed: OptionRow[] = [];
  for (const input of options) {
    const all = optionsIn(call.store, context);
    const option = all.find((row) => row.id === input.id);
    if (option === undefined) throw refuse(404, `The option with id '${input.id}' was not found.`);
    const next = {
      ...option,
      value: input.value ?? option.value,
      disabled: input.disabled ?? option.disabled,
    };
    if (next.value === option.value && next.disabled === option.disabled) continue;
    demandFree(all, next.value, option.parentId, option.id);
    changed.push(call.store.options.put(next));
  }
  return ok({ options: changed.map((row) => ({ id: row.id, value: row.value, disabled: row.disabled })) });
}

const MoveBody = z.strictObject({
  customFieldOptionIds: z.array(z.string()).min(1),
  after: z.string().optional(),
  position: z.enum(['First', 'Last']).optional(),
});

function moveOptions(call: Call): Reply {
  const context = optionContextAt(call);
  const body = bodyAs(call, MoveBody);
  if (body.after === undefined && body.position === undefined)
    throw refuse(400, "One of 'after' and 'position' must be specified.");
  if (body.after !== undefined && body.position !== undefined)
    throw refuse(400, "'after' and 'position' were provided. Only 'after' or 'position' can be specified.");
  const all = optionsIn(call.store, context);
  const moved = body.customFieldOptionIds.map((id) => {
    const option = all.find((row) => row.id === id);
    if (option === undefined) throw refuse(404, `The option with id '${id}' was not found.`);
    return option;
  });
  const parentId = moved[0]?.parentId;
  if (moved.some((row) => row.parentId !== parentId))
    throw refuse(400, 'Options and cascading options cannot be moved together.');
  const rest = all.filter((row) => row.parentId === parentId && !moved.includes(row));
  rest.splice(placeOf(body, rest), 0, ...moved);
  for (const [sequence, row] of rest.entries()) call.store.options.put({ ...row, sequence });
  return NO_CONTENT;
}

function placeOf(body: z.infer<typeof MoveBody>, rest: readonly OptionRow[]): number {
  if (body.position === 'First') return 0;
  if (body.position === 'Last') return rest.length;
  const place = rest.findIndex((row) => row.id === body.after);
  if (place < 0) throw refuse(404, `The option with id '${body.after}' was not found.`);
  return place + 1;
}

/** Whether a stored value is or contains the option. */
export function holdsOption(stored: unknown, optionId: string): boolean {
  if (Array.isArray(stored)) return stored.includes(optionId);
  if (typeof stored !== 'object' || stored === null) return stored === optionId;
  const { parent, child } = stored as { parent?: string; child?: string };
  return parent === optionId || child === optionId;
}

function deleteOption(call: Call): Reply {
  const context = optionContextAt(call);
  const all = optionsIn(call.store, context);
  const option = all.find((row) => row.id === call.params['optionId']);
  if (option === undefined)
    throw refuse(404, `The option with id '${call.params['optionId']}' was not found.`);
  if (all.some((row) => row.parentId === option.id))
    throw refuse(400, 'Delete the cascading options of the option first.');
  // As deleting one in Jira's pages: issues lose the value, without an entry in their changelogs.
  for (const issue of call.store.issues.all()) {
    const stored = issue.values[context.fieldId];
    if (!holdsOption(stored, option.id)) continue;
    call.store.issues.put(withValues(issue, new Map([[context.fieldId, without(stored, option.id)]])));
  }
  call.store.options.remove(option.id);
  return NO_CONTENT;
}

/** The value without the option; undefined when nothing is left. A cascade keeps its first level. */
function without(stored: unknown, optionId: string): unknown {
  if (Array.isArray(stored)) return swapIn(stored, optionId, undefined);
  if (typeof stored !== 'object' || stored === null) return undefined;
  const { parent } = stored as { parent: string };
  return parent === optionId ? undefined : { parent };
}
