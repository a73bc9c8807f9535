/**
 * What `@forge/kvs` sends to the storage API, read in its code and checked by running it (kvs-sdk.test.ts). Always POST with a
 * JSON body; members whose value is undefined are absent.
 *
 * | SDK call | path (`/api/v1`) | body |
 * |---|---|---|
 * | get, getSecret, entity.get | get, secret/get, entity/get | `{entityName?, key, options?: {metadataFields}}` |
 * | set, setSecret, entity.set | set, secret/set, entity/set | `{entityName?, key, value, options?: {ttl, keyPolicy, returnValue, returnMetadataFields}}` |
 * | delete... | delete, secret/delete, entity/delete | `{entityName?, key}` |
 * | query | query | `{limit?, after?, where?: [{property: 'key', condition, values}], options?}` |
 * | entity.query | entity/query | `{entityName, indexName, partition?, range?, filters?: {and} or {or}, sort?, cursor?, limit?, options?}` |
 * | batchGet, batchSet, batchDelete | batch/get, set, delete | a bare array of items |
 * | transact | transaction | `{set?, delete?, check?}`, each operation `{key, entityName?, value?, conditions?: {and} or {or}, options?}` |
 *
 * Anything else in a body is refused, so that a change of the SDK is noticed.
 */
import { z } from 'zod';
import { refusals } from './kvs-refusal';

const metadataFields = z.array(z.enum(['CREATED_AT', 'UPDATED_AT', 'EXPIRE_TIME']));
const readOptions = z.strictObject({ metadataFields: metadataFields.optional() });
const ttl = z.strictObject({ value: z.number(), unit: z.enum(['SECONDS', 'MINUTES', 'HOURS', 'DAYS']) });
const ttlOptions = z.strictObject({ ttl: ttl.optional() });
const setOptions = z.strictObject({
  ttl: ttl.optional(),
  keyPolicy: z.enum(['OVERRIDE', 'FAIL_IF_EXISTS']).optional(),
  returnValue: z.enum(['PREVIOUS', 'LATEST']).optional(),
  returnMetadataFields: metadataFields.optional(),
});
/** Keys are checked apart, because the platform has a code for each way of being wrong. */
const key = z.unknown();
const value = z.unknown();

const conditionName = z.enum([
  'BEGINS_WITH',
  'BETWEEN',
  'CONTAINS',
  'EQUAL_TO',
  'EXISTS',
  'GREATER_THAN',
  'GREATER_THAN_EQUAL_TO',
  'LESS_THAN',
  'LESS_THAN_EQUAL_TO',
  'NOT_CONTAINS',
  'NOT_EQUAL_TO',
  'NOT_EXISTS',
]);
const filter = z.strictObject({
  property: z.string(),
  condition: conditionName,
  values: z.array(z.unknown()),
});
const filters = z.strictObject({ and: z.array(filter).optional(), or: z.array(filter).optional() });

export const requests = {
  get: z.strictObject({ key, options: readOptions.optional() }),
  set: z.strictObject({ key, value, options: setOptions.optional() }),
  delete: z.strictObject({ key }),
  entityGet: z.strictObject({ entityName: z.string(), key, options: readOptions.optional() }),
  entitySet: z.strictObject({ entityName: z.string(), key, value, options: setOptions.optional() }),
  entityDelete: z.strictObject({ entityName: z.string(), key }),
  query: z.strictObject({
    limit: z.unknown().optional(),
    after: z.string().optional(),
    where: z
      .array(z.strictObject({ property: z.string(), condition: z.string(), values: z.array(z.unknown()) }))
      .optional(),
    options: readOptions.optional(),
  }),
  entityQuery: z.strictObject({
    entityName: z.string(),
    indexName: z.string(),
    partition: z.array(z.unknown()).optional(),
    range: z.strictObject({ condition: conditionName, values: z.array(z.unknown()) }).optional(),
    filters: filters.optional(),
    sort: z.enum(['ASC', 'DESC']).optional(),
    cursor: z.string().optional(),
    limit: z.unknown().optional(),
    options: readOptions.optional(),
  }),
  batchGet: z.array(
    z.strictObject({ entityName: z.string().optional(), key, options: readOptions.optional() }),
  ),
  batchSet: z.array(
    z.strictObject({ entityName: z.string().optional(), key, value, options: ttlOptions.optional() }),
  ),
  batchDelete: z.array(z.strictObject({ entityName: z.string().optional(), key })),
  transaction: z.strictObject({
    set: z
      .array(
        z.strictObject({
          entityName: z.string().optional(),
          key,
          value,
          conditions: filters.optional(),
          options: ttlOptions.optional(),
        }),
      )
      .optional(),
    delete: z
      .array(z.strictObject({ entityName: z.string().optional(), key, conditions: filters.optional() }))
      .optional(),
    check: z
      .array(z.strictObject({ entityName: z.string().optional(), key, conditions: filters }))
      .optional(),
  }),
};

export type MetadataField = z.infer<typeof metadataFields>[number];
export type SetOptions = z.infer<typeof setOptions>;
export type Ttl = z.infer<typeof ttl>;
export type Filter = z.infer<typeof filter>;
export type Filters = z.infer<typeof filters>;
export type QueryRequest = z.infer<typeof requests.query>;
export type EntityQueryRequest = z.infer<typeof requests.entityQuery>;
export type TransactionRequest = z.infer<typeof requests.transaction>;

/** The body in its shape, or a 400 that names the first thing which is wrong. */
export function parseRequest<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw refusals.invalidRequest(
    `Request body is not valid: ${issue?.path.join('.') || 'body'}: ${issue?.message ?? ''}`,
  );
}
