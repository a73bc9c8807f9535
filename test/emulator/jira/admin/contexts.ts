/** Which context of a custom field rules an issue, and the options it offers. */
import type { ContextRow, OptionRow } from '../entities';
import type { Store } from '../store';
import { inPlace } from './places';

/** The context of the project, else the global one; undefined when it does not have the issue type. */
export function contextFor(
  store: Store,
  fieldId: string,
  projectId: string,
  typeId: string,
): ContextRow | undefined {
  const contexts = store.contexts.by('field', fieldId);
  const own = contexts.find((row) => row.projectIds.includes(projectId));
  const context = own ?? contexts.find((row) => row.projectIds.length === 0);
  if (context === undefined) return undefined;
  return context.issueTypeIds.length === 0 || context.issueTypeIds.includes(typeId) ? context : undefined;
}

/** Options of a context in the order of its lists, second levels among them. */
export function optionsIn(store: Store, context: ContextRow): OptionRow[] {
  return inPlace(store.options.by('field', context.fieldId).filter((row) => row.contextId === context.id));
}
