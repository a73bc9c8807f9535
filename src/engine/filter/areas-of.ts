/** Where issues of mappings are to be looked for, as their filters say. */
import type { Area } from '#core/filter/jql-text';
import type { AgreedMapping } from '../pairs/agreement';

export function areasOf(mappings: readonly AgreedMapping[]): Area[] {
  return mappings.map(({ binding }) => ({
    projectId: binding.projectId,
    typeIds: binding.types.map(({ typeId }) => typeId),
    jql: binding.filter?.jql,
  }));
}
