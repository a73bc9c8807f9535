/** One clause (`field operator operand`) becomes a predicate over issues. */
import type { Clause, Field, Operand, TerminalClause } from '@atlaskit/jql-ast';
import { compileHistory, isHistoryOperator } from './history';
import type { IssueView, JqlEnv, JqlField, JqlKind, Scalar } from './jql-env';
import { type Meaning, readOperand } from './operands';
import { problems } from './problems';
import { readTextQuery } from './text-match';

export type Predicate = (issue: IssueView) => boolean;

/** What a compilation gathers on its way. */
export interface Compilation {
  env: JqlEnv;
  errors: string[];
  /** Ids of the fields used. */
  used: Set<string>;
}

const EQUALITY = ['=', '!=', 'in', 'not in', 'is', 'is not'];
const COMPARISON = [...EQUALITY, '>', '>=', '<', '<='];
const OPERATORS: Record<JqlKind, readonly string[]> = {
  choice: EQUALITY,
  user: EQUALITY,
  label: EQUALITY,
  ranked: COMPARISON,
  number: COMPARISON,
  duration: COMPARISON,
  date: COMPARISON,
  datetime: COMPARISON,
  issue: COMPARISON,
  text: ['~', '!~', 'is', 'is not'],
  presence: ['is', 'is not'],
  order: [],
};
const OPPOSITE: Record<string, string> = {
  '=': '!=',
  '!=': '=',
  in: 'not in',
  'not in': 'in',
  is: 'is not',
  'is not': 'is',
  '~': '!~',
  '!~': '~',
  '>': '<=',
  '<=': '>',
  '<': '>=',
  '>=': '<',
};

/**
 * Compiles a where clause. NOT is pushed down into the operators, as Jira does it: `not assignee = ada` means
 * `assignee != ada` and therefore leaves out issues without an assignee.
 */
export function compileClause(clause: Clause, negated: boolean, compilation: Compilation): Predicate {
  switch (clause.clauseType) {
    case 'not':
      return compileClause(clause.clause, !negated, compilation);
    case 'compound': {
      const parts = clause.clauses.map((part) => compileClause(part, negated, compilation));
      const all = (clause.operator.value === 'and') !== negated;
      return all
        ? (issue) => parts.every((part) => part(issue))
        : (issue) => parts.some((part) => part(issue));
    }
    case 'terminal':
      return compileTerminal(clause, negated, compilation);
  }
}

const NOTHING: Predicate = () => false;

function compileTerminal(clause: TerminalClause, negated: boolean, compilation: Compilation): Predicate {
  const shown = clause.field.value;
  const written = clause.operator?.value;
  if (written === undefined) return NOTHING;
  if (isHistoryOperator(written)) return compilePast(clause, negated, compilation);
  if (clause.operand === undefined) return NOTHING;
  const operand: Operand = clause.operand as Operand;
  const operator = negated ? (OPPOSITE[written] ?? written) : written;
  const targets = findFields(clause.field, compilation);
  const predicates = targets.map(({ field, read }) =>
    compileComparison({ field, read, shown, operator, written, operand, compilation }),
  );
  // A name shared by several fields means any of them; its denial means all of them.
  return /^(!=|!~|not in|is not)$/.test(operator)
    ? (issue) => predicates.every((predicate) => predicate(issue))
    : (issue) => predicates.some((predicate) => predicate(issue));
}

/** WAS and CHANGED are denied as a whole: an issue either had such a past or not. */
function compilePast(clause: TerminalClause, negated: boolean, compilation: Compilation): Predicate {
  const { env, errors } = compilation;
  const shown = clause.field.value;
  const parts = findFields(clause.field, compilation).map(({ field }) =>
    compileHistory({ clause, field, shown, env, errors }),
  );
  const past: Predicate = (issue) => parts.some((part) => part(issue));
  return negated ? (issue) => !past(issue) : past;
}

interface Target {
  field: JqlField;
  read: (issue: IssueView) => readonly Scalar[];
}

/** The fields of a name; none, with a complaint, when there are none. */
export function findFields(written: Field, { env, errors, used }: Compilation): Target[] {
  const property = written.properties?.[0];
  if (property !== undefined) {
    const target = propertyTarget(written, env);
    if (target !== undefined) return [target];
    errors.push(problems.noField(propertyName(written)));
    return [];
  }
  const name = written.value.toLowerCase();
  const found = env.fields.filter(({ names }) => names.some((known) => known.toLowerCase() === name));
  if (found.length === 0) errors.push(problems.noField(written.value));
  for (const { id } of found) used.add(id);
  return found.map((field) => ({ field, read: (issue) => asList(issue.get(field.id)) }));
}

function propertyName({ value, properties }: Field): string {
  const written = (properties ?? []).map(
    ({ key, path }) => `[${key?.value ?? ''}]${(path ?? []).map((step) => step.value).join('')}`,
  );
  return `${value}${written.join('')}`;
}

/** `issue.property[key].path`: searchable only where the app declared the value for indexing. */
function propertyTarget(written: Field, env: JqlEnv): Target | undefined {
  const property = written.properties?.[0];
  const key = property?.key?.value;
  if (key === undefined || written.value.toLowerCase() !== 'issue.property') return undefined;
  const path = (property?.path ?? []).flatMap(({ value }) => value.split('.')).filter((step) => step !== '');
  const kind = env.propertyKind?.(key, path);
  if (kind === undefined) return undefined;
  const field: JqlField = { id: `issue.property[${key}].${path.join('.')}`, names: [], kind };
  return { field, read: (issue) => scalarsAt(issue.property?.(key), path) };
}

function scalarsAt(value: unknown, path: readonly string[]): Scalar[] {
  if (Array.isArray(value)) return value.flatMap((member) => scalarsAt(member, path));
  const [step, ...rest] = path;
  if (step !== undefined)
    return typeof value === 'object' && value !== null
      ? scalarsAt((value as Record<string, unknown>)[step], rest)
      : [];
  if (typeof value === 'string' || typeof value === 'number') return [value];
  return typeof value === 'boolean' ? [String(value)] : [];
}

function asList(value: ReturnType<IssueView['get']>): readonly Scalar[] {
  if (value === undefined || value === '') return [];
  return typeof value === 'object' ? value : [value];
}

interface Comparison extends Target {
  shown: string;
  operator: string;
  /** As in the query, for complaints. */
  written: string;
  operand: Operand;
  compilation: Compilation;
}

function compileComparison(comparison: Comparison): Predicate {
  const { field, shown, operator, written, operand, read } = comparison;
  const { env, errors } = comparison.compilation;
  if (!(field.operators ?? OPERATORS[field.kind]).includes(written)) {
    errors.push(problems.badOperator(written, shown));
    return NOTHING;
  }
  const meaning = readOperand(operand, field, shown, env, errors);
  if (meaning.list === true && !/in$/.test(written)) {
    errors.push(problems.listFunction(written, shown));
    return NOTHING;
  }
  // Everything else that does not fit (a list after `=`, a word after `is`) the parser has refused.
  if (meaning.empty && field.kind === 'text' && written.endsWith('~')) {
    errors.push(problems.noEmpty(shown));
    return NOTHING;
  }
  switch (operator) {
    case '=':
    case 'in':
    case 'is':
      return (issue) => includes(read(issue), meaning);
    case '!=':
    case 'not in':
    case 'is not':
      return (issue) => excludes(read(issue), meaning);
    case '~':
    case '!~':
      return compileText(comparison, meaning);
    default:
      return compileOrder(comparison, meaning);
  }
}

function includes(values: readonly Scalar[], { values: wanted, empty }: Meaning): boolean {
  if (values.length === 0) return empty;
  return values.some((value) => wanted.some((one) => same(value, one)));
}

/** Issues without a value are in no denial: `!= x` means "has one, and it is not x". */
function excludes(values: readonly Scalar[], { values: wanted }: Meaning): boolean {
  if (values.length === 0) return false;
  return !values.some((value) => wanted.some((one) => same(value, one)));
}

function same(a: Scalar, b: Scalar): boolean {
  return typeof a === 'string' && typeof b === 'string' ? a.toLowerCase() === b.toLowerCase() : a === b;
}

function compileText({ read, operator, shown, compilation }: Comparison, meaning: Meaning): Predicate {
  const written = String(meaning.values[0] ?? '');
  const query = readTextQuery(written);
  if (!query.ok) {
    compilation.errors.push(problems.badText(written, shown, query.problem));
    return NOTHING;
  }
  return (issue) => {
    const texts = read(issue).map(String);
    return texts.length > 0 && query.matches(texts) === (operator === '~');
  };
}

function compileOrder({ field, read, operator, compilation }: Comparison, meaning: Meaning): Predicate {
  const bound = meaning.values[0];
  if (bound === undefined) return NOTHING;
  return (issue) =>
    read(issue).some((value) => {
      const order = compareValues(field, value, bound, compilation.env);
      return order !== undefined && holds(operator, order);
    });
}

function holds(operator: string, order: number): boolean {
  switch (operator) {
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case '<':
      return order < 0;
    default:
      return order <= 0;
  }
}

/** Negative, 0 or positive; undefined for values that have no order (keys of different projects). */
export function compareValues(field: JqlField, a: Scalar, b: Scalar, env: JqlEnv): number | undefined {
  if (field.kind === 'issue') {
    const [projectA, numberA] = splitKey(String(a));
    const [projectB, numberB] = splitKey(String(b));
    return projectA === projectB ? numberA - numberB : undefined;
  }
  return compareScalars(rankOf(field, a, env), rankOf(field, b, env));
}

/** What a value is ordered by. */
export function rankOf(field: JqlField, value: Scalar, env: JqlEnv): Scalar {
  const ranked = field.kind === 'choice' || field.kind === 'ranked' || field.kind === 'user';
  return ranked ? (env.rank?.(field, String(value)) ?? value) : value;
}

export function compareScalars(a: Scalar, b: Scalar): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b), 'en', { sensitivity: 'base', numeric: false });
}

export function splitKey(key: string): [string, number] {
  const dash = key.lastIndexOf('-');
  return [key.slice(0, dash).toUpperCase(), Number(key.slice(dash + 1))];
}
