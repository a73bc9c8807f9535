/** Declared entities: their attributes' types and their indexes, as the manifest writes them. */
import type { EntityDeclaration } from '../contracts';
import { ENTITY_LIMITS, KVS_LIMITS } from '../limits';
import { KvsRefusal, refusals } from './kvs-refusal';

export interface EntityIndex {
  name: string;
  partition: readonly string[];
  /** Attribute whose value orders the index; undefined = the row's key (`by-key`). */
  range: string | undefined;
}

export interface Entity {
  readonly name: string;
  attributeType(attribute: string): string | undefined;
  /** Refuses a value of another type than the attribute's. */
  checkType(attribute: string, value: unknown): void;
  /** Refuses a value that is not an object or holds an attribute of a wrong type or too long for its index. */
  checkValue(value: unknown): void;
  /** Refuses an index that is not declared. */
  index(name: string): EntityIndex;
}

const TYPE_CHECKS: Record<string, (value: unknown) => boolean> = {
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  float: (value) => typeof value === 'number' && Number.isFinite(value),
  integer: (value) =>
    Number.isInteger(value) &&
    (value as number) >= KVS_LIMITS.integerMin &&
    (value as number) <= KVS_LIMITS.integerMax,
  any: () => true,
};

/** Throws (a fault of the manifest, found at start) when a declaration breaks a rule of the platform. */
export function declareEntity(declaration: EntityDeclaration): Entity {
  const { name, attributes } = declaration;
  checkDeclaration(declaration);
  const indexes = new Map<string, EntityIndex>([
    ['by-key', { name: 'by-key', partition: [], range: undefined }],
  ]);
  for (const written of declaration.indexes ?? []) {
    const index = readIndex(name, attributes, written);
    if (indexes.has(index.name)) throw new Error(`entity "${name}": index "${index.name}" declared twice`);
    indexes.set(index.name, index);
  }

  function checkType(attribute: string, value: unknown): void {
    const type = attributes[attribute]?.type ?? 'any';
    const check = TYPE_CHECKS[type];
    if (check === undefined) throw new Error(`entity "${name}": attribute type "${type}" is not known`);
    if (!check(value)) throw refusals.wrongType(attribute, type);
  }

  return {
    name,
    attributeType: (attribute) => attributes[attribute]?.type,
    checkType,
    checkValue(value) {
      if (value === null || typeof value !== 'object' || Array.isArray(value))
        throw new KvsRefusal(400, 'INVALID_ENTITY_VALUE', 'The value of an entity must be an object');
      const members = value as Record<string, unknown>;
      for (const attribute of Object.keys(attributes))
        if (members[attribute] !== undefined) checkType(attribute, members[attribute]);
      for (const index of indexes.values()) checkIndexedSize(index, members);
    },
    index(wanted) {
      const index = indexes.get(wanted);
      if (index === undefined)
        throw new KvsRefusal(
          400,
          'INVALID_ENTITY_INDEX',
          `Index "${wanted}" is not declared for entity "${name}"`,
        );
      return index;
    },
  };
}

function checkDeclaration({ name, attributes, indexes = [] }: EntityDeclaration): void {
  const { nameMin, nameMax, namePattern, attributeMax, attributePattern } = ENTITY_LIMITS;
  const types: readonly string[] = ENTITY_LIMITS.types;
  if (name.length < nameMin || name.length > nameMax || !namePattern.test(name))
    throw new Error(`entity "${name}": the name must have ${nameMin} to ${nameMax} characters of a-z0-9:-_.`);
  const declared = Object.entries(attributes);
  if (declared.length > ENTITY_LIMITS.attributes)
    throw new Error(`entity "${name}": more than ${ENTITY_LIMITS.attributes} attributes`);
  if (indexes.length > ENTITY_LIMITS.indexes)
    throw new Error(`entity "${name}": more than ${ENTITY_LIMITS.indexes} indexes`);
  for (const [attribute, { type }] of declared) {
    if (attribute.length > attributeMax || !attributePattern.test(attribute))
      throw new Error(
        `entity "${name}": attribute "${attribute}" must begin with a letter and have at most ${attributeMax} characters of a-zA-Z0-9_`,
      );
    if (!types.includes(type)) throw new Error(`entity "${name}": attribute type "${type}" is not known`);
  }
}

function checkIndexName(entity: string, name: string): void {
  const { indexNameMin, indexNameMax } = ENTITY_LIMITS;
  if (name.length < indexNameMin || name.length > indexNameMax || /\s/.test(name))
    throw new Error(
      `entity "${entity}": index "${name}" must have ${indexNameMin} to ${indexNameMax} characters and no spaces`,
    );
}

function readIndex(
  entity: string,
  attributes: EntityDeclaration['attributes'],
  written: NonNullable<EntityDeclaration['indexes']>[number],
): EntityIndex {
  const index =
    typeof written === 'string'
      ? { name: written, range: [written], partition: [] }
      : { partition: [], ...written };
  if (typeof written !== 'string') checkIndexName(entity, index.name);
  // The manifest's schema allows several; the platform's own check allows exactly one (measured).
  if (index.range.length !== ENTITY_LIMITS.rangeAttributes)
    throw new Error(`entity "${entity}": index "${index.name}" needs exactly one range attribute`);
  for (const attribute of [...index.partition, ...index.range])
    if (attributes[attribute] === undefined)
      throw new Error(`entity "${entity}": index "${index.name}" names the unknown attribute "${attribute}"`);
  return { name: index.name, partition: index.partition, range: index.range[0] as string };
}

function checkIndexedSize(index: EntityIndex, members: Record<string, unknown>): void {
  const bytes = (attribute: string): number => Buffer.byteLength(String(members[attribute] ?? ''));
  if (index.range !== undefined && bytes(index.range) > KVS_LIMITS.rangeValueBytes)
    throw new KvsRefusal(
      400,
      'MAX_SIZE',
      `Attribute "${index.range}" is too long for index "${index.name}" (${KVS_LIMITS.rangeValueBytes} bytes)`,
    );
  if (index.partition.reduce((sum, attribute) => sum + bytes(attribute), 0) > KVS_LIMITS.partitionBytes)
    throw new KvsRefusal(
      400,
      'MAX_SIZE',
      `The partition of index "${index.name}" exceeds ${KVS_LIMITS.partitionBytes} bytes`,
    );
}
