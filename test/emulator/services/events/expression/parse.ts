/**
 * Reads a filter expression. Known are literals, lists, member access (also computed and null-safe), arithmetic, comparison,
 * logic, the ternary operator and some methods of strings and lists. Everything else of Jira expressions (statements, templates,
 * regular expressions, objects, `typeof`, other methods) is refused when the app is deployed.
 */
import { EVENT_LIMITS } from '../../limits';
import { type BinaryOperator, isMethod, type Lambda, METHODS, type Node } from './nodes';
import { ExpressionSyntaxError } from './syntax-error';
import { type Token, tokensOf } from './tokens';

/** Weakest first. */
const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['==', '!=', '===', '!=='],
  ['<', '>', '<=', '>='],
  ['+', '-'],
  ['*', '/', '%'],
];
const CONSTANTS: Record<string, boolean | null> = { true: true, false: false, null: null };
const NOT_NAMES = new Set(['let', 'return', 'if', 'else', 'try', 'catch', 'throw', 'new', 'typeof', 'in']);

/** The tree of `text`. Throws an ExpressionSyntaxError with the place of what is not known. */
export function parseExpression(text: string): Node {
  if (text.length > EVENT_LIMITS.expressionChars)
    throw new ExpressionSyntaxError(
      `longer than ${EVENT_LIMITS.expressionChars} characters`,
      EVENT_LIMITS.expressionChars,
    );
  const tokens = tokensOf(text);
  let at = 0;
  const scope: string[] = ['event'];

  const peek = (ahead = 0): Token => tokens[Math.min(at + ahead, tokens.length - 1)] as Token;
  const isSign = (value: string, ahead = 0): boolean =>
    peek(ahead).kind === 'sign' && peek(ahead).value === value;
  function refuse(token: Token): never {
    throw new ExpressionSyntaxError(
      token.kind === 'end' ? 'it ends too early' : `"${token.value}" is not known here`,
      token.at,
    );
  }
  function take(): Token {
    const token = peek();
    at += 1;
    return token;
  }
  function accept(...values: string[]): string | undefined {
    const token = peek();
    if (token.kind !== 'sign' || !values.includes(token.value)) return undefined;
    return String(take().value);
  }
  function expect(value: string): void {
    if (accept(value) === undefined) refuse(peek());
  }

  function choice(): Node {
    const test = binary(0);
    if (accept('?') === undefined) return test;
    const yes = choice();
    expect(':');
    return { kind: 'choice', test, yes, no: choice() };
  }

  function binary(level: number): Node {
    const operators = LEVELS[level];
    if (operators === undefined) return unary();
    let left = binary(level + 1);
    for (;;) {
      const operator = accept(...operators);
      if (operator === undefined) return left;
      left = { kind: 'binary', operator: operator as BinaryOperator, left, right: binary(level + 1) };
    }
  }

  function unary(): Node {
    const operator = accept('!', '-');
    if (operator === '!' || operator === '-') return { kind: 'unary', operator, operand: unary() };
    return members(primary());
  }

  function members(first: Node): Node {
    let object = first;
    for (;;) {
      const dot = accept('.', '?.');
      if (dot !== undefined) {
        object = named(object, dot === '?.');
      } else if (accept('[') !== undefined) {
        const key = choice();
        expect(']');
        object = { kind: 'member', object, key, optional: false };
      } else {
        return object;
      }
    }
  }

  function named(object: Node, optional: boolean): Node {
    const token = take();
    if (token.kind !== 'name') return refuse(token);
    if (object.kind === 'variable' && object.name === 'event' && token.value === 'runtime')
      throw new ExpressionSyntaxError('entity properties (event.runtime) are not emulated', token.at);
    if (accept('(') === undefined)
      return { kind: 'member', object, key: { kind: 'literal', value: token.value }, optional };
    if (!isMethod(token.value))
      throw new ExpressionSyntaxError(`the method ${token.value}() is not emulated`, token.at);
    const wanted = METHODS[token.value];
    const given = wanted === 'lambda' ? [lambda()] : values();
    expect(')');
    if (wanted !== 'lambda' && given.length !== wanted)
      throw new ExpressionSyntaxError(`${token.value}() takes ${wanted} arguments here`, token.at);
    return { kind: 'call', object, method: token.value, optional, arguments: given };
  }

  function values(): Node[] {
    const list: Node[] = [];
    while (!isSign(')') && !isSign(']')) {
      list.push(choice());
      if (accept(',') === undefined) break;
    }
    return list;
  }

  function lambda(): Lambda {
    const bracketed = accept('(') !== undefined;
    const parameter = take();
    if (parameter.kind !== 'name' || NOT_NAMES.has(parameter.value)) return refuse(parameter);
    if (bracketed) expect(')');
    expect('=>');
    scope.push(parameter.value);
    const body = choice();
    scope.pop();
    return { parameter: parameter.value, body };
  }

  function primary(): Node {
    const token = take();
    if (token.kind === 'number' || token.kind === 'string') return { kind: 'literal', value: token.value };
    if (token.kind === 'name') return constantOrVariable(token);
    if (token.value === '(') {
      const inner = choice();
      expect(')');
      return inner;
    }
    if (token.value !== '[') return refuse(token);
    const items = values();
    expect(']');
    return { kind: 'list', items };
  }

  function constantOrVariable(token: Token & { kind: 'name' }): Node {
    if (Object.hasOwn(CONSTANTS, token.value))
      return { kind: 'literal', value: CONSTANTS[token.value] ?? null };
    if (!scope.includes(token.value)) return refuse(token);
    return { kind: 'variable', name: token.value };
  }

  const tree = choice();
  if (peek().kind !== 'end') refuse(peek());
  return tree;
}
