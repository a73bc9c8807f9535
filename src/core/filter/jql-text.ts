/** Puts queries of an admin together with conditions of ours. */
import type { Condition, Filter } from '../model/filter';

/** Issues of one project and some of its types, and what the filter of their mapping asks besides. */
export interface Area {
  projectId: string;
  typeIds: readonly string[];
  jql?: string | undefined;
}

/** The query without its order, which means nothing within another query. */
export function withoutOrder(jql: string): string {
  // Quoted texts are passed over: they may contain the words.
  const parts = jql.match(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\border\s+by\b|[^"'o]+|o|["']/gi) ?? [];
  const order = parts.findIndex((part) => /^order\s+by$/i.test(part));
  return (order < 0 ? parts : parts.slice(0, order)).join('').trim();
}

/** True of all issues in these areas that their filters let pass; never unbounded. */
export function anyArea(areas: readonly Area[]): string {
  const open = [...new Set(areas.filter(isWhole).map(({ projectId }) => projectId))];
  const whole = open.length === 0 ? [] : [`project in (${open.map(quoted).join(', ')})`];
  const narrow = areas.filter((area) => !isWhole(area)).map(clauseOf);
  const all = [...whole, ...narrow];
  return all.length === 1 ? (all[0] ?? '') : `(${all.join(' OR ')})`;
}

/** Of the areas, only these issues. */
export function amongIssues(ids: readonly string[], areas: readonly Area[]): string {
  return `id in (${ids.map(quoted).join(', ')}) AND ${anyArea(areas)}`;
}

/** Fields of conditions by the names that queries have for them; `always`: no issue is without. */
const searched: Readonly<Record<string, { name: string; always?: true }>> = {
  issuetype: { name: 'issuetype', always: true },
  status: { name: 'status', always: true },
  priority: { name: 'priority' },
  labels: { name: 'labels' },
  components: { name: 'component' },
  fixVersions: { name: 'fixVersion' },
  versions: { name: 'affectedVersion' },
  resolution: { name: 'resolution' },
};

/** A query that finds every issue which a filter lets pass, and perhaps more: conditions that no query can say are left out. */
export function widerQuery({ jql, conditions = [] }: Filter): string | undefined {
  const own = jql === undefined ? '' : withoutOrder(jql);
  const clauses = [...(own === '' ? [] : [`(${own})`]), ...conditions.flatMap(clausesOf)];
  return clauses.length === 0 ? undefined : clauses.join(' AND ');
}

function clausesOf({ fieldId, is, values }: Condition): string[] {
  const field = searched[fieldId];
  if (field === undefined || values.some((value) => /["\\]/.test(value))) return [];
  const list = `(${values.map(quoted).join(', ')})`;
  if (is === 'anyOf') return [`${field.name} in ${list}`];
  const not = `${field.name} not in ${list}`;
  return [field.always ? not : `(${field.name} is EMPTY OR ${not})`];
}

function isWhole({ jql }: Area): boolean {
  return jql === undefined || withoutOrder(jql) === '';
}

function clauseOf({ projectId, typeIds, jql = '' }: Area): string {
  const types = `issuetype in (${typeIds.map(quoted).join(', ')})`;
  return `(project = ${quoted(projectId)} AND ${types} AND (${withoutOrder(jql)}))`;
}

/** Ids are numbers; anything else must not become JQL. */
function quoted(id: string): string {
  return /^\d+$/.test(id) ? id : `"${id.replace(/["\\]/g, '')}"`;
}
