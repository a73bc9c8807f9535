/** Catalog after scope: what the partner and the mapping editor may see of this site. */
import type { Catalog, CatalogField, CatalogProject } from '../model/catalog';
import type { Scope } from '../model/scope';
import { shows } from './shows';

/** Leaves out hidden projects and issue types; no scope shows nothing. */
export function scopeCatalog(catalog: Catalog, scope: Scope | undefined): Catalog {
  if (scope === undefined) return { projects: [] };
  const visible = catalog.projects.filter((project) => shows(scope.projects, project.id));
  return {
    projects: visible.map((project) => ({
      ...project,
      types: project.types
        .filter((type) => shows(scope.issueTypes, type.id))
        .map((type) => ({ ...type, fields: type.fields.map((field) => withoutHidden(field, scope)) })),
    })),
  };
}

/** The issue type as a field must not name the types that are hidden. */
function withoutHidden(field: CatalogField, scope: Scope): CatalogField {
  if (field.kind !== 'issueType' || field.options === undefined) return field;
  return { ...field, options: field.options.filter(({ id }) => shows(scope.issueTypes, id)) };
}

/** A catalog within `longest` characters of JSON: whole projects, in their order, and how many had to be left out. */
export function fitCatalog(catalog: Catalog, longest: number): { catalog: Catalog; leftOut: number } {
  const kept: CatalogProject[] = [];
  let length = 20;
  for (const project of catalog.projects) {
    length += JSON.stringify(project).length + 1;
    if (length > longest) break;
    kept.push(project);
  }
  return { catalog: { projects: kept }, leftOut: catalog.projects.length - kept.length };
}
