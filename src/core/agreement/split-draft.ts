/** Splits a draft into what is published (contract), what stays at home (bindings) and what is suggested to the partner. */
import type { FieldUse, MappingBinding } from '../model/binding';
import type { ContractField, Mapping } from '../model/contract';
import type { DraftMapping } from '../model/draft';
import { isOpen } from '../model/filter';

type Side = 'mine' | 'theirs';
type DraftField = DraftMapping['fields'][number];

/** Local ids of this site leave only as bindings of the partner's own suggestions, never in the contract. */
export function contractOf(draft: DraftMapping): Mapping {
  return {
    id: draft.id,
    label: draft.label,
    enabled: draft.enabled,
    types: draft.types.map((type) => ({ id: type.slot, label: type.label })),
    fields: draft.fields.map(contractFieldOf),
    comments: draft.comments,
    ...(draft.commentTerms === undefined ? {} : { commentTerms: draft.commentTerms }),
    ...(draft.worklogs === undefined ? {} : { worklogs: draft.worklogs }),
    ...(draft.links === undefined ? {} : { links: draft.links }),
    ...(draft.attachments === undefined ? {} : { attachments: draft.attachments }),
    ...(draft.lifecycle === undefined ? {} : { lifecycle: draft.lifecycle }),
    creates: draft.creates,
    ...(draft.leaving === undefined ? {} : { leaving: draft.leaving }),
  };
}

/** Undefined while the project or every issue type is still open on that side. */
export function bindingOf(draft: DraftMapping, side: Side): MappingBinding | undefined {
  const projectId = draft[side];
  const types = draft.types.flatMap((type) => {
    const typeId = type[side];
    return typeId === undefined ? [] : [{ slot: type.slot, typeId }];
  });
  if (projectId === undefined || types.length === 0) return undefined;
  const fields = draft.fields.flatMap((field) => {
    const fieldId = field[side];
    return fieldId === undefined
      ? []
      : [{ slot: field.slot, fieldId, ...useOf(field, side), ...valuesOf(field, side) }];
  });
  const own = side === 'mine' ? ownOf(draft) : {};
  return { mapping: draft.id, projectId, types, fields, ...own };
}

/** What each side decides for itself alone. */
function ownOf({
  fills,
  filter,
  audiences,
}: DraftMapping): Pick<MappingBinding, 'fills' | 'filter' | 'audiences'> {
  return {
    ...(audiences === undefined ? {} : { audiences }),
    ...(fills === undefined ? {} : { fills }),
    ...(isOpen(filter) || filter === undefined ? {} : { filter }),
  };
}

function contractFieldOf(field: DraftField): ContractField {
  const { slot, kind, label, direction, policy } = field;
  const values = field.values?.map(({ value, label: name }) => ({ id: value, label: name }));
  const byName = field.byName === undefined ? {} : { byName: field.byName };
  return { id: slot, kind, label, direction, policy, ...byName, ...(values === undefined ? {} : { values }) };
}

function useOf(field: DraftField, side: Side): FieldUse {
  return (side === 'mine' ? field.mineUse : field.theirUse) ?? {};
}

function valuesOf(field: DraftField, side: Side): { values?: { value: string; locals: string[] }[] } {
  if (field.values === undefined) return {};
  const bound = field.values.filter((value) => value[side].length > 0);
  return { values: bound.map((value) => ({ value: value.value, locals: value[side] })) };
}
