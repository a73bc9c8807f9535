/** Jira's words for what is wrong with a query. Texts without a recorded original are marked "not emulated" or plain. */
import type { JQLParseError } from '@atlaskit/jql-ast';

export const problems = {
  noField: (name: string) => `Field '${name}' does not exist or you do not have permission to view it.`,
  noValue: (value: string, field: string) => `The value '${value}' does not exist for the field '${field}'.`,
  noIssue: (key: string, field: string) => `An issue with key '${key}' does not exist for field '${field}'.`,
  noFunction: (name: string) => `Unable to find JQL function '${name}()'.`,
  badFunction: (name: string, field: string) =>
    `A value provided by the function '${name}' is invalid for the field '${field}'.`,
  badOperator: (operator: string, field: string) =>
    `The operator '${operator}' is not supported by the '${field}' field.`,
  noEmpty: (field: string) => `The field '${field}' does not support searching for EMPTY values.`,
  badDate: (value: string, field: string) =>
    `Date value '${value}' for field '${field}' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'.`,
  badNumber: (value: string, field: string) =>
    `The value '${value}' is not a valid number for the field '${field}'.`,
  badDuration: (value: string, field: string) =>
    `The value '${value}' for field '${field}' is not a duration. Use for example '4w 3d 6h' or minutes.`,
  badArguments: (name: string, counts: readonly [number, number], given: number) =>
    counts[0] === counts[1]
      ? `Function '${name}' expected '${counts[0]}' arguments but received '${given}'.`
      : `Function '${name}' expected between '${counts[0]}' and '${counts[1]}' arguments but received '${given}'.`,
  listFunction: (operator: string, field: string) =>
    `The operator '${operator}' does not support the list value supplied for the field '${field}'.`,
  noHistory: (field: string) => `History searches do not support the '${field}' field.`,
  badPredicate: (predicate: string, operator: string) =>
    `The predicate '${predicate}' is not supported by the operator '${operator}'.`,
  badPeriod: () => "The predicate 'during' takes two dates: (from, to).",
  noUser: (name: string) => `The user '${name}' does not exist and cannot be used in the 'by' predicate.`,
  badText: (value: string, field: string, why: string) =>
    `The text query '${value}' for field '${field}' is not allowed: ${why}`,
  noSort: (name: string) => `Not able to sort using field '${name}'.`,
  tooManySorts: (max: number) => `A query can be sorted by at most ${max} fields.`,
  notEmulated: (what: string) => `${what} is not supported by this emulated site.`,
};

/** The parser's complaint in Jira's words, with the place counted from 1. */
export function describeParseError(error: JQLParseError, jql: string): string {
  const start = 'start' in error ? Number(error.start) : 0;
  const before = jql.slice(0, start).split('\n');
  const place = `(line ${before.length}, character ${(before.at(-1) ?? '').length + 1})`;
  const [, got = '', expecting = ''] =
    /(?:mismatched|extraneous|no viable alternative at) input '?(.*?)'?(?: expecting (.*))?$/s.exec(
      error.message,
    ) ?? [];
  const rest = jql.slice(start);
  const atEnd = rest.trim() === '';
  if (/^["']/.test(rest) && !/^(["'])(?:\\.|(?!\1).)*\1/s.test(rest))
    return `Error in the JQL Query: The quoted string '${rest.slice(1)}' has not been completed. ${place}`;
  return `Error in the JQL Query: ${expectation(expecting, atEnd ? undefined : got)} ${place}`;
}

const OPERATORS = "'=', '!=', '<', '>', '<=', '>=', '~', '!~', 'IN', 'NOT IN', 'IS' and 'IS NOT'";

function expectation(expecting: string, got: string | undefined): string {
  const but = got === undefined ? 'but the end of the query was reached' : `but got '${got}'`;
  if (expecting.includes("'<'")) return `Expecting operator ${but}. The valid operators are ${OPERATORS}.`;
  if (expecting.includes('EMPTY'))
    return `Expecting either a value, list or function ${but}.${got === undefined ? '' : ` You must surround '${got}' in quotation marks to use it as a value.`}`;
  if (expecting.includes('<EOF>')) return `Expecting either 'OR' or 'AND' ${but}.`;
  if (expecting.includes('CUSTOMFIELD')) return `Expecting a field name ${but}.`;
  return got === undefined ? 'The query must not end here.' : `'${got}' cannot stand here.`;
}
