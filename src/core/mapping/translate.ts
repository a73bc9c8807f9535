/** The kinds of field, and the translation of one value between this Jira and the agreement. */
import { valueTypes } from '#core/merge/value-types';
import type { FieldBinding } from '#core/model/binding';
import type { ContractField } from '#core/model/contract';
import type { FieldKind, FieldValue } from '#core/model/value';
import { fromShown, toShown } from './as-text';
import * as shapes from './choice-shapes';
import { type Here, nobodyHere } from './here';
import type { Kind } from './kind';
import { oneOf } from './kinds/choice';
import { manyOf } from './kinds/choices';
import { countedKind } from './kinds/counted';
import { dateKind } from './kinds/date';
import { dateTimeKind } from './kinds/date-time';
import { labelsKind } from './kinds/labels';
import { numberKind } from './kinds/number';
import { parentKind } from './kinds/parent';
import { richTextKind } from './kinds/rich-text';
import { sprintKind } from './kinds/sprint';
import { summaryKind } from './kinds/summary';
import { textKind } from './kinds/text';
import { timeTrackingKind } from './kinds/time-tracking';
import { urlKind } from './kinds/url';
import { userKind } from './kinds/user';
import { usersKind } from './kinds/users';
import type { ToContract, ToLocal } from './translation';
import { documentHere, textHere } from './wiki-markup/site-text';

/** A line for each kind; the compiler asks for the missing one. */
export const kinds: { readonly [K in FieldKind]: Kind } = {
  summary: summaryKind,
  richText: richTextKind,
  priority: oneOf(shapes.named),
  labels: labelsKind,
  date: dateKind,
  select: oneOf(shapes.option),
  status: oneOf(shapes.named, 'transition'),
  text: textKind,
  number: numberKind,
  dateTime: dateTimeKind,
  url: urlKind,
  multiSelect: manyOf(shapes.option),
  cascading: oneOf(shapes.cascade),
  user: userKind,
  users: usersKind,
  group: oneOf(shapes.group),
  groups: manyOf(shapes.group),
  resolution: oneOf(shapes.named, 'edit'),
  issueType: oneOf(shapes.named, 'edit'),
  versions: manyOf(shapes.named),
  components: manyOf(shapes.named),
  parent: parentKind,
  sprint: sprintKind,
  timeTracking: timeTrackingKind,
  watchers: countedKind,
  votes: countedKind,
};

/** What may be known besides the binding; see `Spot`. */
export interface Around {
  here?: Here;
  known?: readonly FieldValue[];
  /** The field as it stands here. */
  current?: unknown;
}

/** `raw`: the field as Jira REST gives it. */
export function toContract(
  field: ContractField,
  binding: FieldBinding,
  raw: unknown,
  { here = nobodyHere, known = [] }: Around = {},
): ToContract {
  const kind = kinds[field.kind];
  const spot = { field, binding, here, known };
  const text = holdsText(field, binding) ? documentHere(raw, here.texts, known) : raw;
  if (binding.as === undefined) return kind.toContract(text, spot);
  return fromShown(text, spot, kind, { t: kind.type, v: valueTypes[kind.type].empty } as FieldValue);
}

/** A status comes out as `{ id }` too, but is reached by transitions. */
export function toLocal(
  field: ContractField,
  binding: FieldBinding,
  value: FieldValue,
  { here = nobodyHere, known = [], current }: Around = {},
): ToLocal {
  const kind = kinds[field.kind];
  const spot = { field, binding, here, known };
  if (!holdsText(field, binding)) {
    return binding.as === undefined
      ? kind.toLocal(value, spot, current)
      : toShown(value, spot, kind, binding.as);
  }
  const doc = documentHere(current, here.texts, known);
  const local =
    binding.as === undefined ? kind.toLocal(value, spot, doc) : toShown(value, spot, kind, binding.as);
  return textHere(local, here.texts, current);
}

/** Rich text has another form on each kind of site. */
function holdsText({ kind }: ContractField, { as }: FieldBinding): boolean {
  return as === undefined ? kind === 'richText' : as === 'richText';
}
