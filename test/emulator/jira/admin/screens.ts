/** Screens: which fields one shows, and which screen an operation on a kind of issue has. */
import type { ProjectRow, TransitionRow } from '../entities';
import type { Store } from '../store';
import type { ScreenOperation, ScreenRow, ScreenSchemeRow } from './rows';

/** The screen that every site has and that new fields are put on. */
export const DEFAULT_SCREEN_ID = '1';

/** Fields of all tabs in the order of the form. */
export function fieldsOn(screen: ScreenRow | undefined): string[] {
  return screen?.tabs.flatMap((tab) => [...tab.fieldIds]) ?? [];
}

/** Fields which an operation shows for issues of the project and type. */
export function screenFields(
  store: Store,
  project: ProjectRow,
  typeId: string,
  operation: ScreenOperation,
): string[] {
  const scheme = screenSchemeOf(store, project, typeId);
  return fieldsOn(store.screens.must(scheme.screens[operation] ?? scheme.screens.default));
}

function screenSchemeOf(store: Store, project: ProjectRow, typeId: string): ScreenSchemeRow {
  const { mappings } = store.typeScreenSchemes.must(project.screenSchemeId ?? '');
  return store.screenSchemes.must(mappings[typeId] ?? mappings.default);
}

/** Fields of a transition's screen; empty without one. */
export function transitionFields(store: Store, transition: TransitionRow): string[] {
  return transition.screenId === undefined ? [] : fieldsOn(store.screens.must(transition.screenId));
}

/** Screens that show the field, oldest first. */
export function screensWith(store: Store, fieldId: string): ScreenRow[] {
  return store.screens.all().filter((screen) => fieldsOn(screen).includes(fieldId));
}

/** Ids of all screens that an issue of the project can show, transitions aside. */
export function screenIdsOf(store: Store, project: ProjectRow): Set<string> {
  const schemes = project.issueTypeIds.map((typeId) => screenSchemeOf(store, project, typeId));
  return new Set(schemes.flatMap((scheme) => Object.values(scheme.screens)));
}

/** Adds a screen of one tab; returns its id. */
export function addScreen(
  store: Store,
  name: string,
  fieldIds: readonly string[],
  id = store.nextId('screen'),
): string {
  const tab = { id: store.nextId('screenTab'), name: 'Field Tab', fieldIds };
  return store.screens.put({ id, name, description: '', tabs: [tab] }).id;
}
