/** Compiles JQL, read by Atlassian's own parser, for a site and a caller. */
import { JastBuilder, type OrderByField } from '@atlaskit/jql-ast';
import {
  type Compilation,
  compareScalars,
  compileClause,
  findFields,
  rankOf,
  splitKey,
} from './compile-clause';
import type { CompiledJql, IssueView, JqlEnv, JqlField, Scalar } from './jql-env';
import { describeParseError, problems } from './problems';

/** Fields in ORDER BY that `/search/jql` takes. */
export const MAX_ORDER_FIELDS = 7;

/** All complaints are in Jira's form, ready for `errorMessages` of a 400. */
export function compileJql(text: string, env: JqlEnv): CompiledJql {
  const jql = isBareText(text) ? `text ~ "${text.trim()}"` : text;
  const { query, errors: parseErrors } = new JastBuilder().build(jql);
  const first = parseErrors[0];
  if (first !== undefined) return { ok: false, errorMessages: [describeParseError(first, jql)] };
  const compilation: Compilation = { env, errors: [], used: new Set() };
  const where = query?.where ? compileClause(query.where, false, compilation) : undefined;
  const order = query?.orderBy ? compileOrderBy(query.orderBy.fields, compilation) : [];
  if (compilation.errors.length > 0) return { ok: false, errorMessages: [...new Set(compilation.errors)] };
  return {
    ok: true,
    matches: where ?? (() => true),
    compare(a, b) {
      for (const compareBy of order) {
        const result = compareBy(a, b);
        if (result !== 0) return result;
      }
      return 0;
    },
    ordered: order.length > 0,
    bounded: where !== undefined,
    fields: [...compilation.used],
  };
}

/** Words without any sign of a clause are a text search. A lone quote is not: Jira complains about it. */
function isBareText(text: string): boolean {
  if (text.trim() === '' || /[=<>~!()"'[\]]/.test(text)) return false;
  return !/\b(order\s+by|is|in|not|and|or|was|changed|empty|null)\b/i.test(text);
}

type Compare = (a: IssueView, b: IssueView) => number;

function compileOrderBy(fields: readonly OrderByField[], compilation: Compilation): Compare[] {
  const { env, errors } = compilation;
  if (fields.length > MAX_ORDER_FIELDS) errors.push(problems.tooManySorts(MAX_ORDER_FIELDS));
  return fields.flatMap(({ field: written, direction }) => {
    // Complaints about unknown fields have their own words here.
    const quiet: Compilation = { ...compilation, errors: [] };
    const [target] = findFields(written, quiet);
    if (target === undefined || !isOrderable(target.field)) {
      errors.push(problems.noSort(written.value));
      return [];
    }
    const sign = direction?.value === 'DESC' ? -1 : 1;
    const { field, read } = target;
    return [(a, b) => sign * compareLists(field, read(a), read(b), env)];
  });
}

function isOrderable({ kind, orderable }: JqlField): boolean {
  return orderable ?? kind !== 'presence';
}

/** Issues without a value come after those with one. */
function compareLists(field: JqlField, a: readonly Scalar[], b: readonly Scalar[], env: JqlEnv): number {
  const [first, second] = [smallest(field, a, env), smallest(field, b, env)];
  if (first === undefined || second === undefined)
    return Number(first === undefined) - Number(second === undefined);
  // A rank is text that is ordered by its code units.
  if (field.kind === 'order') return String(first) < String(second) ? -1 : Number(first !== second);
  if (field.kind !== 'issue') return compareScalars(rankOf(field, first, env), rankOf(field, second, env));
  const [projectA, numberA] = splitKey(String(first));
  const [projectB, numberB] = splitKey(String(second));
  return compareScalars(projectA, projectB) || numberA - numberB;
}

function smallest(field: JqlField, values: readonly Scalar[], env: JqlEnv): Scalar | undefined {
  return [...values].sort((x, y) => compareScalars(rankOf(field, x, env), rankOf(field, y, env)))[0];
}
