/** Conditions of entity queries, filters and transactions: checked against the entity's attributes, then evaluated. */
import { KVS_LIMITS } from '../limits';
import type { Entity } from './entity';
import { KvsRefusal, refusals } from './kvs-refusal';
import type { Filter, Filters } from './requests';

export type Scalar = string | number | boolean;
export type ConditionName = Filter['condition'];

const VALUES_NEEDED: Record<ConditionName, number> = {
  BEGINS_WITH: 1,
  BETWEEN: 2,
  CONTAINS: 1,
  EQUAL_TO: 1,
  EXISTS: 1,
  GREATER_THAN: 1,
  GREATER_THAN_EQUAL_TO: 1,
  LESS_THAN: 1,
  LESS_THAN_EQUAL_TO: 1,
  NOT_CONTAINS: 1,
  NOT_EQUAL_TO: 1,
  NOT_EXISTS: 1,
};

/** Refuses a wrong number of values. */
export function checkArity(condition: ConditionName, values: readonly unknown[]): void {
  if (values.length === VALUES_NEEDED[condition]) return;
  if (condition === 'BETWEEN')
    throw new KvsRefusal(400, 'INSUFFICIENT_FILTER_VALUES', 'The condition BETWEEN needs exactly two values');
  throw new KvsRefusal(400, 'INVALID_FILTER_VALUES', `The condition ${condition} needs exactly one value`);
}

/**
 * Whether `actual` meets the condition. A missing attribute meets NOT_EXISTS only: what the platform says of NOT_EQUAL_TO and
 * NOT_CONTAINS then is not known, so no row is promised.
 */
export function meets(condition: ConditionName, values: readonly unknown[], actual: unknown): boolean {
  if (actual === undefined || actual === null) return condition === 'NOT_EXISTS';
  const [first, second] = values as [Scalar, Scalar | undefined];
  const found = actual as Scalar;
  switch (condition) {
    case 'EXISTS':
      return true;
    case 'NOT_EXISTS':
      return false;
    case 'EQUAL_TO':
      return found === first;
    case 'NOT_EQUAL_TO':
      return found !== first;
    case 'BEGINS_WITH':
      return typeof found === 'string' && found.startsWith(String(first));
    case 'CONTAINS':
      return typeof found === 'string' && found.includes(String(first));
    case 'NOT_CONTAINS':
      return typeof found === 'string' && !found.includes(String(first));
    case 'BETWEEN':
      return found >= first && found <= (second as Scalar);
    case 'GREATER_THAN':
      return found > first;
    case 'GREATER_THAN_EQUAL_TO':
      return found >= first;
    case 'LESS_THAN':
      return found < first;
    case 'LESS_THAN_EQUAL_TO':
      return found <= first;
  }
}

/** A predicate over an entity's value; refuses filters the platform refuses. */
export function compileFilters(filters: Filters, entity: Entity): (value: unknown) => boolean {
  if (filters.and !== undefined && filters.or !== undefined)
    throw new KvsRefusal(
      400,
      'INVALID_FILTER_OPERATORS_COMBINATION',
      'The filter operators "and" and "or" cannot be used at the same level',
    );
  const list = filters.and ?? filters.or ?? [];
  if (list.length === 0)
    throw new KvsRefusal(
      400,
      'EMPTY_FILTER_OPERATOR',
      'The filter operators "and" and "or" must not be empty',
    );
  if (list.length > KVS_LIMITS.conditions)
    throw refusals.invalidRequest(`More than ${KVS_LIMITS.conditions} conditions in one request`);
  for (const filter of list) checkFilter(filter, entity);
  const one = (filter: Filter, value: unknown): boolean =>
    meets(filter.condition, filter.values, (value as Record<string, unknown> | null)?.[filter.property]);
  return filters.and !== undefined
    ? (value) => list.every((filter) => one(filter, value))
    : (value) => list.some((filter) => one(filter, value));
}

function checkFilter(filter: Filter, entity: Entity): void {
  const type = entity.attributeType(filter.property);
  if (type === undefined)
    throw new KvsRefusal(
      400,
      'INVALID_ENTITY_ATTRIBUTE',
      `Attribute "${filter.property}" is not declared for entity "${entity.name}"`,
    );
  // Measured: attributes of type `any` cannot be filtered.
  if (type === 'any') throw refusals.unprocessable();
  checkArity(filter.condition, filter.values);
  if (filter.condition === 'EXISTS' || filter.condition === 'NOT_EXISTS') return;
  for (const value of filter.values) entity.checkType(filter.property, value);
}
