/** Applies waivers to a document, each as the smallest change with a mark that says when it was needed. */
import { marksOf, type Patch, type Waiver } from './waivers';

/** Keyword of the patched places; its value is the mark of the patch, see marksOf. */
export const WAIVER_KEYWORD = 'x-waiver';

interface Tree {
  [key: string]: Tree;
}

/** Changes `definition` in place. Throws when the document has no such place: the waiver is then out of date. */
export function patchDocument(definition: unknown, waiver: Waiver): void {
  const marks = marksOf(waiver);
  for (const [position, patch] of waiver.patches.entries()) {
    const mark = { [WAIVER_KEYWORD]: marks[position] } as unknown as Tree;
    apply(definition as Tree, waiver, patch, mark);
  }
}

function apply(root: Tree, waiver: Waiver, patch: Patch, mark: Tree): void {
  switch (patch.kind) {
    case 'nullable': {
      const properties = need(root, waiver, 'components', 'schemas', patch.schema, 'properties');
      for (const name of patch.properties) {
        const own = need(properties, waiver, name);
        properties[name] = {
          anyOf: [own, { ...({ enum: [null] } as unknown as Tree), ...mark }],
        } as unknown as Tree;
      }
      return;
    }
    case 'extra': {
      const properties = need(root, waiver, 'components', 'schemas', patch.schema, 'properties');
      for (const [name, schema] of Object.entries(patch.properties)) {
        if (Object.hasOwn(properties, name)) throw outOfDate(waiver, name);
        properties[name] = { ...(schema as Tree), ...mark };
      }
      return;
    }
    case 'status': {
      const responses = need(operationIn(root, waiver, patch.operation), waiver, 'responses');
      responses[String(patch.status)] = { description: waiver.reason, ...mark } as unknown as Tree;
      return;
    }
    case 'optionalBody': {
      const operation = operationIn(root, waiver, patch.operation);
      const body = need(operation, waiver, 'requestBody');
      if (String(body['required']) !== 'true') throw outOfDate(waiver, 'requestBody/required');
      operation['requestBody'] = { ...body, ...mark, required: false } as unknown as Tree;
      return;
    }
    case 'textParameters':
      textParameters(root, waiver, mark);
      return;
    case 'any': {
      const schemas = need(root, waiver, 'components', 'schemas');
      need(schemas, waiver, patch.schema);
      schemas[patch.schema] = mark;
      return;
    }
    case 'open': {
      const schemas = need(root, waiver, 'components', 'schemas');
      const { additionalProperties, ...rest } = need(schemas, waiver, patch.schema);
      if (String(additionalProperties) !== 'false') throw outOfDate(waiver, 'additionalProperties');
      schemas[patch.schema] = { ...rest, ...mark };
      return;
    }
    case 'notRequired': {
      const schemas = need(root, waiver, 'components', 'schemas');
      const own = need(schemas, waiver, patch.schema);
      const required = Object.values(own['required'] ?? {}).map(String);
      if (!required.includes(patch.property)) throw outOfDate(waiver, `required/${patch.property}`);
      const rest = required.filter((name) => name !== patch.property);
      schemas[patch.schema] = { ...own, ...mark, required: rest } as unknown as Tree;
      return;
    }
    case 'shape':
      throw new Error(`waiver ${waiver.id} is about ${waiver.documents.join(', ')}, which is no document`);
    case 'repeatable': {
      const parameters = need(operationIn(root, waiver, patch.operation), waiver, 'parameters');
      const parameter = Object.values(parameters).find((one) => String(one['name']) === patch.name);
      const own = parameter?.['schema'];
      if (parameter === undefined || own === undefined) throw outOfDate(waiver, patch.name);
      const several = { type: 'array', items: own, ...mark };
      parameter['schema'] = { anyOf: [own, several] } as unknown as Tree;
      return;
    }
  }
}

/** Every query parameter whose schema, or that of its elements, is an object that can have no property. */
function textParameters(root: Tree, waiver: Waiver, mark: Tree): void {
  const text = { type: 'string', ...mark } as unknown as Tree;
  let found = 0;
  for (const path of Object.values(need(root, waiver, 'paths'))) {
    for (const operation of Object.values(path)) {
      for (const parameter of Object.values(operation['parameters'] ?? {})) {
        const schema = parameter['schema'];
        if (schema === undefined) continue;
        const [holder, name] = String(schema['type']) === 'array' ? [schema, 'items'] : [parameter, 'schema'];
        if (!isEmptyClass(holder[name])) continue;
        holder[name] = text;
        found += 1;
      }
    }
  }
  if (found === 0) throw outOfDate(waiver, 'parameters');
}

function isEmptyClass(schema: Tree | undefined): boolean {
  return JSON.stringify(schema) === JSON.stringify({ additionalProperties: false, type: 'object' });
}

function operationIn(root: Tree, waiver: Waiver, operation: string): Tree {
  const space = operation.indexOf(' ');
  const method = operation.slice(0, space).toLowerCase();
  return need(root, waiver, 'paths', operation.slice(space + 1), method);
}

function need(from: Tree, waiver: Waiver, ...path: string[]): Tree {
  let at = from;
  for (const step of path) {
    const next = Object.hasOwn(at, step) ? at[step] : undefined;
    if (next === undefined) throw outOfDate(waiver, path.join('/'));
    at = next;
  }
  return at;
}

function outOfDate(waiver: Waiver, place: string): Error {
  return new Error(`waiver ${waiver.id} no longer fits ${waiver.documents.join(', ')}: look at ${place}`);
}
