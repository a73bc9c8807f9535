/** Checks simple conditions against what there is on this site, before the draft is published or confirmed. */
import type { Finding } from '../agreement/check-draft';
import type { Catalog, CatalogField } from '../model/catalog';
import type { DraftMapping } from '../model/draft';

/** Fields that an issue always has, whether or not they are on a screen. */
const always: ReadonlySet<string> = new Set(['issuetype', 'status', 'priority', 'labels', 'components']);

/** `mine`: this site's catalog after scope. A condition on what is gone would keep every issue at home. */
export function checkConditions(draft: DraftMapping, mine: Catalog): Finding[] {
  const project = mine.projects.find(({ id }) => id === draft.mine);
  const fields = new Map<string, CatalogField[]>();
  for (const field of project?.types.flatMap((type) => type.fields) ?? []) {
    fields.set(field.id, [...(fields.get(field.id) ?? []), field]);
  }
  return (draft.filter?.conditions ?? []).flatMap(({ fieldId, values }): Finding[] => {
    const found = fields.get(fieldId) ?? [];
    if (found.length === 0 && !always.has(fieldId)) {
      const text = `"${draft.label}": a field of the filter does not exist here any more.`;
      return [{ level: 'blocking', text }];
    }
    const options = new Set(found.flatMap(({ options = [] }) => options.map(({ id }) => id)));
    const gone = options.size > 0 && values.every((value) => !options.has(value));
    if (!gone) return [];
    const name = found[0]?.name ?? fieldId;
    return [{ level: 'note', text: `"${draft.label}": the filter names no "${name}" that exists here.` }];
  });
}
