/**
 * How the document of Data Center is to be read. It was generated from Java classes and loses what they do not say: that a
 * bare `Object` is any value, that an operation gives many of what it names, and most refusals. Reviewed data.
 */
import type { Document } from 'openapi-backend';

interface Tree {
  [key: string]: Tree;
}

/** Operations that give a list of the bean which the document names. */
const LISTS: readonly string[] = [
  'GET /api/2/field',
  'GET /api/2/issuetype',
  'GET /api/2/status',
  'GET /api/2/statuscategory',
  'GET /api/2/priority',
  'GET /api/2/resolution',
  'GET /api/2/role',
  'GET /api/2/project',
  'GET /api/2/project/{projectIdOrKey}/versions',
  'GET /api/2/project/{projectIdOrKey}/components',
  'GET /api/2/project/{projectIdOrKey}/statuses',
  'GET /api/2/issue/{issueIdOrKey}/subtask',
  'POST /api/2/issue/{issueIdOrKey}/attachments',
  'GET /api/2/user/search',
  'GET /api/2/user/assignable/search',
  'GET /api/2/user/assignable/multiProjectSearch',
  'POST /api/2/worklog/list',
  'GET /api/2/filter/favourite',
];

/** Operations that give a page with such beans as `values`. */
const PAGES: readonly string[] = [
  'GET /api/2/issue/createmeta/{projectIdOrKey}/issuetypes',
  'GET /api/2/issue/createmeta/{projectIdOrKey}/issuetypes/{issueTypeId}',
  'GET /api/2/group/member',
  'GET /api/2/customFields',
];

/** Recorded sides of a change are null where nothing was; sending null empties; dates of versions are days. */
const PROPERTIES: readonly (readonly [schema: string, properties: readonly string[], as: object])[] = [
  ['ChangeItemBean', ['from', 'fromString', 'to', 'toString'], { type: 'string', nullable: true }],
  ['UserBean', ['name', 'key'], { type: 'string', nullable: true }],
  ['VersionBean', ['startDate', 'releaseDate'], { type: 'string', format: 'date' }],
  // Any JSON is a property's value.
  ['EntityPropertyBean', ['value'], {}],
];

/** Of a project the document kept only what is in a list of them. */
const PROJECT_REST = [
  ...['expand', 'projectTypeKey', 'projectCategory', 'lead', 'components', 'issueTypes', 'versions', 'roles'],
  ...['assigneeType', 'url', 'email', 'projectKeys'],
];

/** Properties which the beans have in Java under another annotation, so that the document lost them. */
const UNNAMED: readonly (readonly [schema: string, properties: readonly string[]])[] = [
  ['IssueBean', ['expand']],
  ['ProjectBean', PROJECT_REST],
  ['TransitionsMetaBean', ['expand']],
  ['SimpleListWrapperApplicationRoleBean', ['items']],
  ['SimpleListWrapperGroupJsonBean', ['items']],
  ['PermissionJsonBean', ['havePermission']],
  ['ComponentBean', ['realAssigneeType', 'isAssigneeTypeValid', 'projectId']],
  ['RoleActorBean', ['id', 'displayName', 'type']],
  ['UserBeanListWrapper', ['max-results', 'start-index', 'end-index']],
];

/** Query parameters that the text of an operation speaks of and its list leaves out. */
const QUERIES: readonly (readonly [operation: string, name: string])[] = [
  ['GET /api/2/user', 'expand'],
  ['GET /api/2/issue/{issueIdOrKey}/transitions', 'expand'],
];

/** Operations whose answer has a body that the document does not describe. */
const BODIES: readonly string[] = ['GET /api/2/project/{projectIdOrKey}/role', 'PUT /api/2/version/{id}'];

/** Properties are any JSON; only those of issues are said to be. */
const RAW_BODIES: readonly string[] = ['PUT /api/2/project/{projectIdOrKey}/properties/{propertyKey}'];

/** Refusals that every operation may answer; the document names them for some. */
const REFUSALS = ['400', '401', '403', '404', '429'];

/** What is put right, for the report of a run. */
export const SERVER_READING: readonly string[] = [
  `${LISTS.length} operations give a list of the bean that the document names, ${PAGES.length} a page of it`,
  `${PROPERTIES.length} schemas: sides of a change and names of people may be null, days are days, a property is any JSON`,
  `every bean is closed, after ${UNNAMED.flatMap(([, names]) => names).length} lost properties of ${UNNAMED.length} beans were added`,
  `${QUERIES.length} query parameters and ${BODIES.length} bodies of which only the texts speak, ${RAW_BODIES.length} raw body`,
  `a bare Object is any value; lists in queries also as one text; refusals (${REFUSALS.join(', ')}) anywhere`,
];

/** The document as it is meant. Throws where it no longer has what is put right here. */
export function readServerDocument(definition: Document): Document {
  const whole = anyForBareObjects(definition) as Tree;
  for (const [schema, properties, as] of PROPERTIES) {
    const known = need(whole, 'components', 'schemas', schema, 'properties');
    for (const name of properties) {
      need(known, name);
      known[name] = as as Tree;
    }
  }
  closeSchemas(need(whole, 'components', 'schemas'));
  for (const name of LISTS) replaceSchema(whole, name, (bean) => ({ type: 'array', items: bean }));
  for (const name of PAGES) replaceSchema(whole, name, pageOf);
  for (const [name, query] of QUERIES) {
    const operation = operationOf(whole, name);
    const known = (operation['parameters'] ?? []) as unknown as object[];
    const added = { name: query, in: 'query', schema: { type: 'string' } };
    operation['parameters'] = [...known, added] as unknown as Tree;
  }
  for (const name of BODIES) {
    const any = { 'application/json': { schema: {} } } as unknown as Tree;
    need(operationOf(whole, name), 'responses', '200')['content'] = any;
  }
  for (const name of RAW_BODIES) {
    need(operationOf(whole, name), 'requestBody', 'content', 'application/json')['schema'] = {};
  }
  for (const [path, operations] of Object.entries(need(whole, 'paths'))) {
    for (const each of Object.values(operations)) soften(each, path);
  }
  return whole as unknown as Document;
}

/** Like Cloud's document: what a bean does not name, an answer must not have. */
function closeSchemas(schemas: Tree): void {
  for (const [schema, names] of UNNAMED) {
    const known = need(schemas, schema, 'properties');
    for (const name of names) {
      if (known[name] !== undefined)
        throw new Error(`the document of Data Center names ${schema}.${name} now`);
      known[name] = {};
    }
  }
  for (const schema of Object.values(schemas)) {
    if (schema['properties'] !== undefined) schema['additionalProperties'] ??= false as unknown as Tree;
  }
}

function pageOf(bean: Tree): object {
  const number = { type: 'integer' };
  return {
    type: 'object',
    required: ['maxResults', 'startAt', 'total', 'isLast', 'values'],
    additionalProperties: false,
    properties: {
      maxResults: number,
      startAt: number,
      total: number,
      isLast: { type: 'boolean' },
      values: { type: 'array', items: bean },
    },
  };
}

function replaceSchema(whole: Tree, name: string, change: (bean: Tree) => object): void {
  const answer = need(operationOf(whole, name), 'responses', '200');
  const content = need(answer, 'content', 'application/json');
  const bean = need(content, 'schema');
  if ((bean['type'] as unknown) === 'array') throw new Error(`${name} is a list in the document now`);
  content['schema'] = change(bean) as Tree;
}

function operationOf(whole: Tree, name: string): Tree {
  const [method = '', path = ''] = name.split(' ');
  return need(whole, 'paths', path, method.toLowerCase());
}

/** Refusals everywhere, lists in queries also as one text, raw JSON as the value of a property. */
function soften(operation: Tree, path: string): void {
  const { responses, parameters, requestBody } = operation;
  if (responses === undefined) return;
  for (const status of REFUSALS) responses[status] ??= { description: 'refused' } as unknown as Tree;
  for (const parameter of Object.values(parameters ?? {})) {
    const { schema } = parameter;
    // One parameter of a query is said to stand in the path.
    const misplaced =
      (parameter['in'] as unknown) === 'path' && !path.includes(`{${String(parameter['name'])}}`);
    if (misplaced) parameter['in'] = 'query' as unknown as Tree;
    if ((schema?.['type'] as unknown) === 'array')
      parameter['schema'] = { anyOf: [schema, { type: 'string' }] } as unknown as Tree;
  }
  const json = requestBody?.['content']?.['application/json'];
  if ((json?.['schema']?.['format'] as unknown) === 'json') (json as Tree)['schema'] = {};
}

function need(from: Tree, ...path: string[]): Tree {
  let at = from;
  for (const step of path) {
    const next = at[step];
    if (next === undefined) throw new Error(`the document of Data Center has no ${path.join('/')}`);
    at = next;
  }
  return at;
}

function anyForBareObjects(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(anyForBareObjects);
  if (typeof value !== 'object' || value === null) return value;
  const bare =
    'type' in value &&
    value.type === 'object' &&
    !('properties' in value) &&
    !('additionalProperties' in value);
  if (bare) return {};
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, anyForBareObjects(inner)]));
}
