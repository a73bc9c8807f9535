/** A mapping with a field of every kind, for two projects that have next to no name in common. */
import type { EditorMapping } from '../../../src/api/views';
import type { RunningApp } from './running-app';

type Field = EditorMapping['fields'][number];
type Values = NonNullable<Field['values']>;
type Project = { id: string; key: string; types: { id: string; name: string; fields: CatalogField[] }[] };
interface CatalogField {
  id: string;
  name: string;
  kind: Field['kind'];
  options?: { id: string; name: string }[] | undefined;
}

/** Both by name; `pairs`: choices by their names on acme and on globex. */
export interface FieldWish {
  mine: string;
  theirs: string;
  kind?: Field['kind'];
  pairs?: [string, string][];
  more?: Partial<Field>;
}

export interface MappingWish {
  id: string;
  acme: string;
  globex: string;
  types: [string, string][];
  fields: FieldWish[];
}

/** The mapping as the editor would hold it; throws where a name means nothing. */
export async function mappingOf(app: RunningApp, id: string, wish: MappingWish): Promise<EditorMapping> {
  const editor = await app.call('acme', 'editor', { id });
  const mine = projectOf(editor.mine.projects as Project[], wish.acme);
  const theirs = projectOf((editor.partner?.projects ?? []) as Project[], wish.globex);
  return {
    id: wish.id,
    label: wish.id,
    enabled: true,
    mine: mine.id,
    theirs: theirs.id,
    types: wish.types.map(([a, b]) => ({
      slot: a.toLowerCase().replace(/\W/g, '-'),
      label: a,
      mine: typeOf(mine, a),
      theirs: typeOf(theirs, b),
    })),
    fields: wish.fields.map((field) => fieldOf(mine, theirs, field)),
    comments: 'off',
    creates: 'both',
  };
}

function fieldOf(mine: Project, theirs: Project, wish: FieldWish): Field {
  const [a, b] = [named(mine, wish.mine), named(theirs, wish.theirs)];
  const values: Values | undefined = wish.pairs?.map(([left, right], index) => ({
    value: `v-${index}`,
    label: left,
    mine: [optionOf(mine, wish.mine, left)],
    theirs: [optionOf(theirs, wish.theirs, right)],
  }));
  return {
    slot: wish.mine.toLowerCase().replace(/\W/g, '-'),
    label: wish.mine,
    kind: wish.kind ?? a.kind,
    direction: 'both',
    policy: 'newest',
    mine: a.id,
    theirs: b.id,
    ...(values === undefined ? {} : { values }),
    ...wish.more,
  };
}

function projectOf(projects: Project[], key: string): Project {
  return must(
    projects.find((project) => project.key === key),
    `project ${key}`,
  );
}

function typeOf(project: Project, name: string): string {
  return must(
    project.types.find((type) => type.name === name),
    `type ${name}`,
  ).id;
}

function named(project: Project, name: string): CatalogField {
  const all = project.types.flatMap((type) => type.fields);
  return must(
    all.find((field) => field.name === name),
    `field ${name} of ${project.key}`,
  );
}

/** Choices of people and groups are written as their ids. */
function optionOf(project: Project, field: string, name: string): string {
  const options = named(project, field).options;
  if (options === undefined) return name;
  return must(
    options.find((option) => option.name === name),
    `option ${name} of ${field}`,
  ).id;
}

function must<T>(found: T | undefined, what: string): T {
  if (found === undefined) throw new Error(`There is no ${what}.`);
  return found;
}

/** `fills`: texts of its own by mapping, on globex. Publishes on acme and confirms on globex, as the screens do, and waits until both run. */
export async function agreeOn(
  app: RunningApp,
  id: string,
  mappings: EditorMapping[],
  fills: Record<string, EditorMapping['fills']>,
): Promise<void> {
  const choice = { existing: { mode: 'new' as const }, startWhenAgreed: true };
  await app.call('acme', 'publish', { id, mappings, note: 'Every kind.', ...choice });
  await app.settle();
  const proposal = await app.call('globex', 'editor', { id });
  const confirmed = proposal.mappings.map((mapping) => {
    const own = fills[mapping.id];
    return { ...withUses(mapping, mappings), ...(own === undefined ? {} : { fills: own }) };
  });
  await app.call('globex', 'confirm', {
    id,
    revision: proposal.revision,
    mappings: confirmed,
    ...choice,
  });
  await app.settle();
}

/** What the secondary decides for itself is never taken from a proposal. */
function withUses(mapping: EditorMapping, published: EditorMapping[]): EditorMapping {
  const wanted = published.find((one) => one.id === mapping.id);
  return {
    ...mapping,
    fields: mapping.fields.map((field) => {
      const use = wanted?.fields.find(({ slot }) => slot === field.slot)?.theirUse;
      return use === undefined ? field : { ...field, mineUse: use };
    }),
  };
}
