/** Translates one value between this Jira and the agreement, by the kind of the field. */
import type { FieldBinding } from '#core/model/binding';
import type { ContractField } from '#core/model/contract';
import type { FieldValue } from '#core/model/value';
import { choiceToContract, choiceToLocal } from './kinds/choice';
import { dateToContract, dateToLocal } from './kinds/date';
import { labelsToContract, labelsToLocal } from './kinds/labels';
import { richTextToContract, richTextToLocal } from './kinds/rich-text';
import { summaryToContract, summaryToLocal } from './kinds/summary';
import type { ToContract, ToLocal } from './translation';

/** `raw`: the field as Jira REST gives it. */
export function toContract(field: ContractField, binding: FieldBinding, raw: unknown): ToContract {
  switch (field.kind) {
    case 'summary':
      return summaryToContract(raw);
    case 'richText':
      return richTextToContract(raw);
    case 'labels':
      return labelsToContract(raw);
    case 'date':
      return dateToContract(raw);
    case 'priority':
    case 'select':
    case 'status':
      return choiceToContract(binding, raw);
  }
}

/** `current`: the field as it stands here. A status comes out as `{ id }` too, but is reached by transitions. */
export function toLocal(
  field: ContractField,
  binding: FieldBinding,
  value: FieldValue,
  current: unknown,
): ToLocal {
  switch (field.kind) {
    case 'summary':
      return summaryToLocal(value);
    case 'richText':
      return richTextToLocal(value, current);
    case 'labels':
      return labelsToLocal(value);
    case 'date':
      return dateToLocal(value);
    case 'priority':
    case 'select':
    case 'status':
      return choiceToLocal(field, binding, value);
  }
}
