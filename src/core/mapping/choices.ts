/** Choices: by the table of the binding, by their own name, by default; for fields with one choice and with several. */
import type { ContractField } from '#core/model/contract';
import type { Spot } from './kind';
import type { Missing } from './translation';

/** A choice as Jira holds it. */
export interface LocalChoice {
  id: string;
  name: string;
}

/** How one kind of choice looks in Jira. */
export interface ChoiceShape {
  read(raw: unknown): LocalChoice | undefined;
  byId(id: string): unknown;
  /** Undefined where Jira takes ids only. */
  byName(name: string): unknown;
  /** The name behind the label of a listed value, where people read it in another form. */
  nameOf?(label: string): string;
  /** What to make for a name that is missing; the name itself unless it says otherwise. */
  missing?(name: string): Missing[];
}

/** Before a name that travels as it is; ids of the contract never begin so. */
const nameMark = '=';
const longestName = 255;

/**
 * What a local choice means: what the agreement says already and would be written exactly so; else by table; else by
 * name. None: it has no counterpart.
 */
export function meaningsOf(
  local: LocalChoice,
  spot: Spot,
  shape: ChoiceShape,
  known: readonly string[],
): string[] {
  const said = known.filter((key) => {
    const written = writtenAs(key, spot, shape);
    return written.ok && (written.id === undefined ? written.name === local.name : written.id === local.id);
  });
  if (said.length > 0) return said;
  const listed = spot.binding.values?.find(({ locals }) => locals.includes(local.id));
  if (listed !== undefined) return [listed.value];
  return spot.field.byName === true && isName(local.name) ? [nameMark + local.name] : [];
}

export type Written =
  | { ok: true; raw: unknown; id?: string; name?: string; makes: Missing[] }
  | { ok: false; reason: string };

/** How a choice of the agreement is written here. The first local option of a listed value is the one. */
export function writtenAs(key: string, { field, binding }: Spot, shape: ChoiceShape): Written {
  const local = binding.values?.find((one) => one.value === key)?.locals[0];
  if (local !== undefined) return { ok: true, raw: shape.byId(local), id: local, makes: [] };
  const isNamed = key.startsWith(nameMark);
  if (isNamed && field.byName !== true) {
    return { ok: false, reason: `The agreement does not let values of ${field.label} travel by name.` };
  }
  const name = isNamed ? key.slice(nameMark.length) : listedName(field, key, shape);
  const raw = name === undefined || !isName(name) ? undefined : shape.byName(name);
  if (name !== undefined && raw !== undefined && (isNamed || binding.create === true)) {
    const makes = binding.create === true ? (shape.missing?.(name) ?? [{ name }]) : [];
    return { ok: true, raw, name, makes };
  }
  if (binding.otherwise !== undefined) {
    return { ok: true, raw: shape.byId(binding.otherwise), id: binding.otherwise, makes: [] };
  }
  return { ok: false, reason: missingCounterpart(field, labelOf(field, key) ?? '') };
}

function listedName(field: ContractField, key: string, shape: ChoiceShape): string | undefined {
  const label = labelOf(field, key);
  return label === undefined ? undefined : (shape.nameOf?.(label) ?? label);
}

/** "High" of the partner has no counterpart here: choose one. */
function missingCounterpart(field: ContractField, name: string): string {
  return name === ''
    ? `The partner sent a value of ${field.label} that the agreement does not name.`
    : `Nothing here stands for "${name}" of ${field.label}. Choose a counterpart in the mapping.`;
}

/** What people call a choice of the agreement; undefined for one that it does not know. */
export function labelOf(field: ContractField, key: string): string | undefined {
  if (key.startsWith(nameMark)) return key.slice(nameMark.length).replace('\n', ' / ');
  return field.values?.find((one) => one.id === key)?.label;
}

function isName(name: string): boolean {
  return name.trim() !== '' && name.split('\n').every((part) => part.length <= longestName);
}
