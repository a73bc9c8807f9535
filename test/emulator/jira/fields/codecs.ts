/** The codec of each kind of field. */
import type { FieldKind } from '../entities';
import {
  cascadeCodec,
  componentsCodec,
  optionCodec,
  optionsCodec,
  priorityCodec,
  resolutionCodec,
  securityCodec,
  sprintCodec,
  versionsCodec,
} from './choice-codecs';
import type { Codec } from './codec';
import {
  groupCodec,
  groupsCodec,
  parentCodec,
  timeTrackingCodec,
  userCodec,
  usersCodec,
} from './reference-codecs';
import {
  dateCodec,
  datetimeCodec,
  documentCodec,
  fixedCodec,
  labelsCodec,
  numberCodec,
  textCodec,
  urlCodec,
} from './text-codecs';

const CODECS: Readonly<Record<FieldKind, Codec>> = {
  text: textCodec,
  document: documentCodec,
  number: numberCodec,
  date: dateCodec,
  datetime: datetimeCodec,
  url: urlCodec,
  labels: labelsCodec,
  option: optionCodec,
  options: optionsCodec,
  cascade: cascadeCodec,
  user: userCodec,
  users: usersCodec,
  group: groupCodec,
  groups: groupsCodec,
  versions: versionsCodec,
  components: componentsCodec,
  priority: priorityCodec,
  resolution: resolutionCodec,
  security: securityCodec,
  parent: parentCodec,
  timetracking: timeTrackingCodec,
  sprint: sprintCodec,
  rank: fixedCodec,
  fixed: fixedCodec,
};

export function codecOf(kind: FieldKind): Codec {
  return CODECS[kind];
}
