/** Screens and their schemes of a planted project, made from the lists of fields that the seed writes down. */
import { addScreen } from '../admin/screens';
import type { Store } from '../store';

export interface ScreenSeed {
  /** Key of the project. */
  key: string;
  types: readonly { id: string; level: number }[];
  create: readonly string[];
  edit: readonly string[];
  /** Data Center: only sub-tasks have a parent field. */
  flat: boolean;
}

/** Plants the screens and returns the id of the project's issue type screen scheme. */
export function plantScreens(store: Store, seed: ScreenSeed): string {
  // Types above the standard level have no parent field; on Data Center nor has the standard level.
  const schemeOf = (label: string, more: readonly string[]) => {
    const create = addScreen(store, `${seed.key}: ${label}Create Issue Screen`, [...seed.create, ...more]);
    const edit = addScreen(store, `${seed.key}: ${label}Edit/View Issue Screen`, [...seed.edit, ...more]);
    return store.screenSchemes.put({
      id: store.nextId('screenScheme'),
      name: `${seed.key}: ${label}Screen Scheme`,
      description: '',
      screens: { default: edit, create },
    }).id;
  };
  const standard = schemeOf('', ['parent']);
  const parents = seed.types.filter((type) => type.level > 0 || (seed.flat && type.level === 0));
  const upper = parents.length === 0 ? undefined : schemeOf('Parent ', []);
  const special = upper === undefined ? [] : parents.map((type) => [type.id, upper] as const);
  return store.typeScreenSchemes.put({
    id: store.nextId('typeScreenScheme'),
    name: `${seed.key}: Issue Type Screen Scheme`,
    description: '',
    mappings: { ...Object.fromEntries(special), default: standard },
  }).id;
}
