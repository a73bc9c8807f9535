/** The parts of a filter expression: the subset of Jira expressions that the emulator evaluates. */

export type UnaryOperator = '!' | '-';
export type BinaryOperator =
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  | '<'
  | '>'
  | '<='
  | '>='
  | '=='
  | '!='
  | '==='
  | '!=='
  | '&&'
  | '||';

export interface Lambda {
  parameter: string;
  body: Node;
}

export type Node =
  | { kind: 'literal'; value: string | number | boolean | null }
  | { kind: 'list'; items: Node[] }
  | { kind: 'variable'; name: string }
  /** `a.b`, `a?.b`, `a['b']`, `a[0]`; `optional` gives null when the object is missing or null. */
  | { kind: 'member'; object: Node; key: Node; optional: boolean }
  | { kind: 'call'; object: Node; method: string; optional: boolean; arguments: (Node | Lambda)[] }
  | { kind: 'unary'; operator: UnaryOperator; operand: Node }
  | { kind: 'binary'; operator: BinaryOperator; left: Node; right: Node }
  | { kind: 'choice'; test: Node; yes: Node; no: Node };

/** Methods that are evaluated, with the number of their arguments; `lambda` = the one argument is a lambda. */
export const METHODS = {
  includes: 1,
  indexOf: 1,
  toLowerCase: 0,
  toUpperCase: 0,
  trim: 0,
  slice: 2,
  some: 'lambda',
  every: 'lambda',
  filter: 'lambda',
  map: 'lambda',
} as const;
export type Method = keyof typeof METHODS;

export function isMethod(name: string): name is Method {
  return Object.hasOwn(METHODS, name);
}

export function isLambda(argument: Node | Lambda): argument is Lambda {
  return 'parameter' in argument;
}
