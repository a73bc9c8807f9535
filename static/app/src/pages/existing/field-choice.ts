/** Fields of this site in which a key or a common value may stand. */
import type { CallAnswer } from '../../../../../src/api/calls';

/** Kinds that hold one line which can be looked for. */
const lineKinds: ReadonlySet<string> = new Set(['text', 'url', 'number']);

export function lineFields(catalog: CallAnswer<'editor'>['mine']): { value: string; label: string }[] {
  const fields = new Map<string, string>();
  for (const project of catalog.projects) {
    for (const { fields: own } of project.types) {
      for (const { id, name, kind } of own) if (lineKinds.has(kind)) fields.set(id, name);
    }
  }
  return [...fields]
    .map(([value, label]) => ({ value, label }))
    .sort((one, other) => one.label.localeCompare(other.label));
}
