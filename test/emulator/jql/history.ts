/** Questions about the past of a field: WAS, WAS IN, WAS NOT and CHANGED with their predicates. */
import type { Operand, TerminalClause, Predicate as WrittenPredicate } from '@atlaskit/jql-ast';
import type { FieldMove, IssueView, JqlEnv, JqlField, Scalar } from './jql-env';
import { isMomentFunction, momentOfFunction, readMoment } from './moments';
import { readOperand } from './operands';
import { problems } from './problems';
import { dayOf, momentOf, wallTimeOf } from './zone';

/** What the predicates of one clause ask; absent = anything. */
interface Limits {
  /** Both ends belong to it. */
  period: { from: number; to: number };
  by?: ReadonlySet<string>;
  from?: Wanted;
  to?: Wanted;
}

interface Wanted {
  ids: ReadonlySet<string>;
  empty: boolean;
}

interface Past {
  clause: TerminalClause;
  field: JqlField;
  shown: string;
  env: JqlEnv;
  errors: string[];
}

/** Whether the operator asks for the past. */
export function isHistoryOperator(operator: string): boolean {
  return operator === 'changed' || operator.startsWith('was');
}

/** The clause as a predicate over issues; complaints go to `errors`. */
export function compileHistory(past: Past): (issue: IssueView) => boolean {
  const { clause, field, shown, env, errors } = past;
  const operator = clause.operator?.value ?? '';
  if (field.history !== true) {
    errors.push(problems.noHistory(shown));
    return () => false;
  }
  const limits = readLimits(past, clause.predicates, operator);
  if (operator === 'changed') return (issue) => movesOf(issue, field).some((move) => fits(move, limits));
  const meaning = readOperand(clause.operand as Operand, field, shown, env, errors);
  const wanted: Wanted = { ids: new Set(meaning.values.map(String)), empty: meaning.empty };
  const ever = (issue: IssueView) => spans(issue, field).some((span) => touches(span, wanted, limits));
  return operator.includes('not') ? (issue) => !ever(issue) : ever;
}

function movesOf(issue: IssueView, field: JqlField): readonly FieldMove[] {
  return issue.moves?.(field.id) ?? [];
}

function holdsAny(ids: readonly string[], wanted: Wanted | undefined): boolean {
  if (wanted === undefined) return true;
  return ids.length === 0 ? wanted.empty : ids.some((id) => wanted.ids.has(id));
}

function fits(move: FieldMove, { period, by, from, to }: Limits): boolean {
  return (
    move.at >= period.from &&
    move.at <= period.to &&
    (by === undefined || by.has(move.by)) &&
    holdsAny(move.from, from) &&
    holdsAny(move.to, to)
  );
}

interface Span {
  /** What the field held; empty = nothing. */
  ids: readonly string[];
  since: number;
  until: number;
  by: string;
}

/** The values of the field one after the other, told backwards from the value now. */
function spans(issue: IssueView, field: JqlField): Span[] {
  let ids = asIds(issue.get(field.id));
  let until = Number.POSITIVE_INFINITY;
  const found: Span[] = [];
  for (const move of [...movesOf(issue, field)].reverse()) {
    found.push({ ids, since: move.at, until, by: move.by });
    ids = [...ids.filter((id) => !move.to.includes(id)), ...move.from];
    until = move.at;
  }
  const origin = issue.origin?.() ?? { at: Number.NEGATIVE_INFINITY, by: '' };
  found.push({ ids, since: origin.at, until, by: origin.by });
  return found;
}

function asIds(value: Scalar | readonly Scalar[] | undefined): string[] {
  if (value === undefined) return [];
  return (typeof value === 'object' ? value : [value]).map(String);
}

function touches(span: Span, wanted: Wanted, { period, by }: Limits): boolean {
  return (
    holdsAny(span.ids, wanted) &&
    span.since <= period.to &&
    span.until > period.from &&
    (by === undefined || by.has(span.by))
  );
}

function readLimits(past: Past, predicates: readonly WrittenPredicate[], operator: string): Limits {
  const limits: Limits = {
    period: { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY },
  };
  for (const predicate of predicates) readLimit(past, predicate, operator, limits);
  return limits;
}

function readLimit(past: Past, predicate: WrittenPredicate, operator: string, limits: Limits): void {
  const { field, shown, env, errors } = past;
  const name = predicate.operator.value;
  const operand = predicate.operand as Operand;
  switch (name) {
    case 'from':
    case 'to': {
      if (operator !== 'changed') {
        errors.push(problems.badPredicate(name, operator));
        return;
      }
      const meaning = readOperand(operand, field, shown, env, errors);
      limits[name] = { ids: new Set(meaning.values.map(String)), empty: meaning.empty };
      return;
    }
    case 'by':
      limits.by = new Set(readPeople(past, operand));
      return;
    default:
      narrow(limits, readPeriod(past, name, operand));
  }
}

function narrow(limits: Limits, period: Limits['period'] | undefined): void {
  if (period === undefined) return;
  limits.period = {
    from: Math.max(limits.period.from, period.from),
    to: Math.min(limits.period.to, period.to),
  };
}

function readPeople(past: Past, operand: Operand): string[] {
  const { env, errors } = past;
  const people: JqlField = { id: 'by', names: [], kind: 'user' };
  if (operand.operandType === 'list') return operand.values.flatMap((one) => readPeople(past, one));
  if (operand.operandType !== 'value')
    return readOperand(operand, people, 'by', env, errors).values.map(String);
  const found = env.people?.(operand.value) ?? [];
  if (found.length === 0) errors.push(problems.noUser(operand.value));
  return [...found];
}

/** AFTER, BEFORE, ON and DURING as a period in milliseconds. */
function readPeriod(past: Past, name: string, operand: Operand): Limits['period'] | undefined {
  if (name === 'during') {
    const ends = operand.operandType === 'list' ? operand.values : [];
    const [from, to] = ends.map((end) => readDate(past, end));
    if (ends.length !== 2) past.errors.push(problems.badPeriod());
    if (from === undefined || to === undefined || ends.length !== 2) return undefined;
    return { from: from.at, to: to.wholeDay ? endOfDay(to.at, past.env.timeZone) : to.at };
  }
  const date = readDate(past, operand);
  if (date === undefined) return undefined;
  switch (name) {
    case 'after':
      return { from: date.at + 1, to: Number.POSITIVE_INFINITY };
    case 'before':
      return { from: Number.NEGATIVE_INFINITY, to: date.at - 1 };
    default: {
      const start = startOfDay(date.at, past.env.timeZone);
      return { from: start, to: endOfDay(start, past.env.timeZone) };
    }
  }
}

interface WrittenDate {
  at: number;
  /** Written without a time of day. */
  wholeDay: boolean;
}

function readDate({ env, errors }: Past, operand: Operand): WrittenDate | undefined {
  if (operand.operandType === 'value') {
    const at = readMoment(operand.value, env);
    if (at !== undefined) return { at, wholeDay: /^\d{4}[-/]\d{1,2}[-/]\d{1,2}$/.test(operand.value.trim()) };
    errors.push(problems.badDate(operand.value, 'history'));
    return undefined;
  }
  if (operand.operandType === 'function' && isMomentFunction(operand.function.value)) {
    const args = operand.arguments.map(({ value }) => value);
    const at = momentOfFunction(operand.function.value, args, env);
    if (at !== undefined) return { at, wholeDay: false };
  }
  errors.push(problems.badDate('(list or function)', 'history'));
  return undefined;
}

function startOfDay(at: number, timeZone: string): number {
  return momentOf({ ...wallTimeOf(at, timeZone), hour: 0, minute: 0 }, timeZone);
}

function endOfDay(at: number, timeZone: string): number {
  const [year = 0, month = 1, day = 1] = dayOf(at, timeZone).split('-').map(Number);
  return momentOf({ year, month, day: day + 1, hour: 0, minute: 0 }, timeZone) - 1;
}
