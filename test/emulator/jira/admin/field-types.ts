/** The types of custom field that Jira itself brings, with the kind of value and the searcher of each. */
import type { FieldKind, FieldRow } from '../entities';
import type { Store } from '../store';

/** Prefix of the keys of Jira's own field types and searchers. */
export const TYPE_PREFIX = 'com.atlassian.jira.plugin.system.customfieldtypes:';

interface FieldType {
  kind: FieldKind;
  type: string;
  items?: string;
  /** Searchers that fit, the usual one first. */
  searchers: readonly string[];
  /** What Jira's pages call the type. */
  label: string;
}

/** Types by suffix. Pickers of one version and of projects are not emulated. */
export const FIELD_TYPES: Readonly<Record<string, FieldType>> = {
  cascadingselect: row('cascade', 'option-with-child', 'cascadingselectsearcher', 'Select List (cascading)'),
  datepicker: row('date', 'date', 'daterange', 'Date Picker'),
  datetime: row('datetime', 'datetime', 'datetimerange', 'Date Time Picker'),
  float: row('number', 'number', 'exactnumber numberrange', 'Number Field'),
  grouppicker: row('group', 'group', 'grouppickersearcher', 'Group Picker (single group)'),
  importid: row('number', 'number', 'exactnumber numberrange', 'Import Id'),
  labels: row('labels', 'array string', 'labelsearcher', 'Labels'),
  multicheckboxes: row('options', 'array option', 'multiselectsearcher', 'Checkboxes'),
  multigrouppicker: row('groups', 'array group', 'multiselectsearcher', 'Group Picker (multiple groups)'),
  multiselect: row('options', 'array option', 'multiselectsearcher', 'Select List (multiple choices)'),
  multiuserpicker: row('users', 'array user', 'userpickergroupsearcher', 'User Picker (multiple users)'),
  multiversion: row('versions', 'array version', 'versionsearcher', 'Version Picker (multiple versions)'),
  radiobuttons: row('option', 'option', 'multiselectsearcher', 'Radio Buttons'),
  readonlyfield: row('text', 'string', 'textsearcher', 'Text Field (read only)'),
  select: row('option', 'option', 'multiselectsearcher', 'Select List (single choice)'),
  textarea: row('document', 'string', 'textsearcher', 'Paragraph'),
  textfield: row('text', 'string', 'textsearcher', 'Short text'),
  url: row('url', 'string', 'exacttextsearcher', 'URL Field'),
  userpicker: row('user', 'user', 'userpickergroupsearcher', 'User Picker (single user)'),
};

function row(kind: FieldKind, shape: string, searchers: string, label: string): FieldType {
  const [type = '', items] = shape.split(' ');
  return { kind, type, ...(items === undefined ? {} : { items }), searchers: searchers.split(' '), label };
}

/** The type of a custom field; undefined for system fields and for those of apps. */
export function typeOf(field: FieldRow): FieldType | undefined {
  const key = field.schema?.custom ?? '';
  return key.startsWith(TYPE_PREFIX) ? FIELD_TYPES[key.slice(TYPE_PREFIX.length)] : undefined;
}

/** Full key of the searcher; undefined for a field that cannot be searched and for fields of apps. */
export function searcherOf(field: FieldRow): string | undefined {
  const suffix = field.searchable ? (field.searcher ?? typeOf(field)?.searchers[0]) : undefined;
  return suffix === undefined ? undefined : TYPE_PREFIX + suffix;
}

/** The custom field, unless it is in the trash. */
export function liveField(store: Store, id: string | undefined): FieldRow | undefined {
  const field = store.fields.get(id);
  return field?.custom === true && field.trashed !== true ? field : undefined;
}

/** Fields whose values come from the options of their contexts. */
export function hasOptions(field: FieldRow): boolean {
  return ['option', 'options', 'cascade'].includes(field.kind);
}
