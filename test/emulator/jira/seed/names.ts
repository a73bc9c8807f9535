/** Seeds call things by their names; rows by their ids. */
import type { WorldSeed } from './seed-types';

/** The id behind a name of the seed; a wrong name is a mistake in the seed. */
export function idByName(rows: readonly { id: number | string; name: string }[], name: string): string {
  const row = rows.find((candidate) => candidate.name === name);
  if (row === undefined) throw new Error(`the seed names '${name}', which it does not have`);
  return String(row.id);
}

/** Id of a field by its id or its name. */
export function fieldId(seed: WorldSeed, name: string): string {
  const custom = seed.fields.find((field) => field.name === name);
  return custom === undefined ? name : `customfield_${custom.number}`;
}
