/** Composes what an admin edits out of a contract and bindings: the inverse of split-draft. */
import { type FieldBinding, type FieldUse, fieldUseSchema, type MappingBinding } from '../model/binding';
import type { ContractField, Mapping } from '../model/contract';
import type { DraftMapping } from '../model/draft';

/** `mine`: bindings of this site; `theirs`: the partner's, as far as this site suggested them. */
export function composeDraft(
  mapping: Mapping,
  mine: MappingBinding | undefined,
  theirs: MappingBinding | undefined,
): DraftMapping {
  return {
    id: mapping.id,
    label: mapping.label,
    enabled: mapping.enabled,
    mine: mine?.projectId,
    theirs: theirs?.projectId,
    types: mapping.types.map((type) => ({
      slot: type.id,
      label: type.label,
      mine: typeOf(mine, type.id),
      theirs: typeOf(theirs, type.id),
    })),
    fields: mapping.fields.map((field) =>
      composeField(field, fieldOf(mine, field.id), fieldOf(theirs, field.id)),
    ),
    ...(mine?.fills === undefined ? {} : { fills: mine.fills }),
    ...(mine?.audiences === undefined ? {} : { audiences: mine.audiences }),
    comments: mapping.comments,
    ...(mapping.commentTerms === undefined ? {} : { commentTerms: mapping.commentTerms }),
    ...(mapping.worklogs === undefined ? {} : { worklogs: mapping.worklogs }),
    ...(mapping.links === undefined ? {} : { links: mapping.links }),
    ...(mapping.attachments === undefined ? {} : { attachments: mapping.attachments }),
    ...(mapping.lifecycle === undefined ? {} : { lifecycle: mapping.lifecycle }),
    creates: mapping.creates,
    ...(mine?.filter === undefined ? {} : { filter: mine.filter }),
    ...(mapping.leaving === undefined ? {} : { leaving: mapping.leaving }),
  };
}

function composeField(
  field: ContractField,
  mine: FieldBinding | undefined,
  theirs: FieldBinding | undefined,
): DraftMapping['fields'][number] {
  const { id, label, kind, direction, policy } = field;
  const values = field.values?.map((value) => ({
    value: value.id,
    label: value.label,
    mine: localsOf(mine, value.id),
    theirs: localsOf(theirs, value.id),
  }));
  const bound = { mine: mine?.fieldId, theirs: theirs?.fieldId };
  return {
    slot: id,
    label,
    kind,
    direction,
    policy,
    ...bound,
    ...(field.byName === undefined ? {} : { byName: field.byName }),
    ...useOf('mineUse', mine),
    ...useOf('theirUse', theirs),
    ...(values === undefined ? {} : { values }),
  };
}

/** Left out where nothing but the table of values counts. */
function useOf(name: 'mineUse' | 'theirUse', binding: FieldBinding | undefined): Record<string, FieldUse> {
  const use = fieldUseSchema.parse(binding ?? {});
  return Object.keys(use).length === 0 ? {} : { [name]: use };
}

function typeOf(binding: MappingBinding | undefined, slot: string): string | undefined {
  return binding?.types.find((type) => type.slot === slot)?.typeId;
}

function fieldOf(binding: MappingBinding | undefined, slot: string): FieldBinding | undefined {
  return binding?.fields.find((field) => field.slot === slot);
}

function localsOf(binding: FieldBinding | undefined, value: string): string[] {
  return binding?.values?.find((bound) => bound.value === value)?.locals ?? [];
}
