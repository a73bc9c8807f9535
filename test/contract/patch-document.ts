/** Applies waivers to a document, each as the smallest change with a mark that says when it was needed. */
import type { Waiver } from './waivers';

/** Keyword of the patched places; its value is the waiver's id. */
export const WAIVER_KEYWORD = 'x-waiver';

interface Tree {
  [key: string]: Tree;
}

/** Changes `definition` in place. Throws when the document has no such place: the waiver is then out of date. */
export function patchDocument(definition: unknown, waiver: Waiver): void {
  const root = definition as Tree;
  const { patch } = waiver;
  const mark = { [WAIVER_KEYWORD]: waiver.id } as unknown as Tree;
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
    case 'shape':
      throw new Error(`waiver ${waiver.id} is about ${waiver.document}, which is no document`);
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
  return new Error(`waiver ${waiver.id} no longer fits ${waiver.document}: look at ${place}`);
}
