/** Evaluates a filter expression over an event: anything but true or false is an error, as on the platform. */
import { EVENT_LIMITS } from '../../limits';
import { type BinaryOperator, isLambda, type Lambda, type Method, type Node } from './nodes';

/** What went wrong while evaluating; the trigger's `onError` decides what becomes of the event. */
export class ExpressionError extends Error {}

type Variables = ReadonlyMap<string, unknown>;

interface Run {
  steps: number;
}

/** True = deliver, false = drop. Throws an ExpressionError for missing properties, wrong types, too many steps. */
export function evaluateFilter(tree: Node, event: unknown): boolean {
  const result = resultOf(tree, new Map([['event', event]]), { steps: 0 });
  if (typeof result !== 'boolean')
    throw new ExpressionError(`the expression gave ${typeName(result)}, not a Boolean`);
  return result;
}

/** Stands for a property that is not there: `?.` makes null of it, everything else an error. */
const MISSING = Symbol('missing');
/** A null-safe access found nothing: the rest of the chain is null too. */
const NOTHING = Symbol('nothing');

function resultOf(node: Node, variables: Variables, run: Run): unknown {
  const value = rawResultOf(node, variables, run);
  if (value === NOTHING) return null;
  if (value === MISSING) throw new ExpressionError(`there is no property ${lastKeyOf(node)}`);
  return value;
}

function rawResultOf(node: Node, variables: Variables, run: Run): unknown {
  run.steps += 1;
  if (run.steps > EVENT_LIMITS.expressionSteps)
    throw new ExpressionError(`more than ${EVENT_LIMITS.expressionSteps} steps`);
  switch (node.kind) {
    case 'literal':
      return node.value;
    case 'list':
      return node.items.map((item) => resultOf(item, variables, run));
    case 'variable':
      return variables.get(node.name);
    case 'member':
      return memberOf(node, variables, run);
    case 'call':
      return callOf(node, variables, run);
    case 'unary':
      return node.operator === '!'
        ? !asBoolean(resultOf(node.operand, variables, run))
        : -asNumber(resultOf(node.operand, variables, run));
    case 'binary':
      return binaryOf(node, variables, run);
    case 'choice':
      return asBoolean(resultOf(node.test, variables, run))
        ? resultOf(node.yes, variables, run)
        : resultOf(node.no, variables, run);
  }
}

/** The object of a member or call: with `?.` null and missing become NOTHING, which the rest of the chain passes on. */
function objectOf(node: Node, optional: boolean, variables: Variables, run: Run): unknown {
  const object = rawResultOf(node, variables, run);
  if (object === NOTHING) return NOTHING;
  if (optional && (object === MISSING || object === null || object === undefined)) return NOTHING;
  if (object === MISSING) throw new ExpressionError(`there is no property ${lastKeyOf(node)}`);
  return object;
}

function memberOf(node: Node & { kind: 'member' }, variables: Variables, run: Run): unknown {
  const object = objectOf(node.object, node.optional, variables, run);
  if (object === NOTHING) return NOTHING;
  const key = resultOf(node.key, variables, run);
  if (object === null || object === undefined)
    throw new ExpressionError(`cannot read ${String(key)} of null`);
  if (typeof object === 'string' || Array.isArray(object)) {
    if (key === 'length') return object.length;
    if (typeof key === 'number' && Array.isArray(object)) return key in object ? object[key] : MISSING;
    throw new ExpressionError(`${typeName(object)} has no property ${String(key)}`);
  }
  if (typeof object !== 'object' || typeof key !== 'string')
    throw new ExpressionError(`${typeName(object)} has no property ${String(key)}`);
  return Object.hasOwn(object, key) ? (object as Record<string, unknown>)[key] : MISSING;
}

function callOf(node: Node & { kind: 'call' }, variables: Variables, run: Run): unknown {
  const object = objectOf(node.object, node.optional, variables, run);
  if (object === NOTHING) return NOTHING;
  const method = node.method as Method;
  const [first] = node.arguments;
  if (first !== undefined && isLambda(first)) return listMethod(object, method, first, variables, run);
  const given = node.arguments.map((argument) => resultOf(argument as Node, variables, run));
  if (Array.isArray(object) && method === 'includes') return object.includes(given[0]);
  if (Array.isArray(object) && method === 'indexOf') return object.indexOf(given[0]);
  if (Array.isArray(object) && method === 'slice')
    return object.slice(asNumber(given[0]), asNumber(given[1]));
  if (typeof object !== 'string') throw new ExpressionError(`${typeName(object)} has no method ${method}()`);
  return stringMethod(object, method, given);
}

function stringMethod(text: string, method: Method, given: unknown[]): unknown {
  switch (method) {
    case 'includes':
      return text.includes(asString(given[0]));
    case 'indexOf':
      return text.indexOf(asString(given[0]));
    case 'toLowerCase':
      return text.toLowerCase();
    case 'toUpperCase':
      return text.toUpperCase();
    case 'trim':
      return text.trim();
    case 'slice':
      return text.slice(asNumber(given[0]), asNumber(given[1]));
    default:
      throw new ExpressionError(`String has no method ${method}()`);
  }
}

function listMethod(
  object: unknown,
  method: Method,
  { parameter, body }: Lambda,
  variables: Variables,
  run: Run,
): unknown {
  if (!Array.isArray(object)) throw new ExpressionError(`${typeName(object)} has no method ${method}()`);
  const apply = (item: unknown) => resultOf(body, new Map([...variables, [parameter, item]]), run);
  switch (method) {
    case 'some':
      return object.some((item) => asBoolean(apply(item)));
    case 'every':
      return object.every((item) => asBoolean(apply(item)));
    case 'filter':
      return object.filter((item) => asBoolean(apply(item)));
    default:
      return object.map(apply);
  }
}

function binaryOf(node: Node & { kind: 'binary' }, variables: Variables, run: Run): unknown {
  const left = resultOf(node.left, variables, run);
  // Logic stops as soon as the left side decides.
  if (node.operator === '&&') return asBoolean(left) && asBoolean(resultOf(node.right, variables, run));
  if (node.operator === '||') return asBoolean(left) || asBoolean(resultOf(node.right, variables, run));
  const right = resultOf(node.right, variables, run);
  switch (node.operator) {
    case '==':
    case '===':
      return isSame(left, right);
    case '!=':
    case '!==':
      return !isSame(left, right);
    case '<':
    case '>':
    case '<=':
    case '>=':
      return compare(node.operator, left, right);
    default:
      return calculate(node.operator, left, right);
  }
}

function isSame(left: unknown, right: unknown): boolean {
  return JSON.stringify(left ?? null) === JSON.stringify(right ?? null);
}

function compare(operator: '<' | '>' | '<=' | '>=', left: unknown, right: unknown): boolean {
  const numbers = typeof left === 'number' && typeof right === 'number';
  const strings = typeof left === 'string' && typeof right === 'string';
  if (!numbers && !strings)
    throw new ExpressionError(`cannot compare ${typeName(left)} to ${typeName(right)}`);
  const [a, b] = [left as number, right as number];
  if (operator === '<') return a < b;
  if (operator === '>') return a > b;
  return operator === '<=' ? a <= b : a >= b;
}

function calculate(operator: BinaryOperator, left: unknown, right: unknown): number | string {
  if (operator === '+' && typeof left === 'string' && typeof right === 'string') return left + right;
  const [a, b] = [asNumber(left), asNumber(right)];
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    default:
      return a % b;
  }
}

function asBoolean(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw new ExpressionError(`a Boolean is needed, not ${typeName(value)}`);
}

function asNumber(value: unknown): number {
  if (typeof value === 'number') return value;
  throw new ExpressionError(`a Number is needed, not ${typeName(value)}`);
}

function asString(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new ExpressionError(`a String is needed, not ${typeName(value)}`);
}

function typeName(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'List';
  const type = typeof value;
  return type === 'object' ? 'Map' : type.charAt(0).toUpperCase() + type.slice(1);
}

function lastKeyOf(node: Node): string {
  return node.kind === 'member' && node.key.kind === 'literal' ? String(node.key.value) : 'here';
}
