/** Finds the operation whose template fits a path. */

export interface Compiled<T> {
  route: T;
  method: string;
  segments: string[];
}

/** Splits a template for matching. */
export function compile<T extends { operation: string }>(entry: T): Compiled<T> {
  const space = entry.operation.indexOf(' ');
  return {
    route: entry,
    method: entry.operation.slice(0, space),
    segments: entry.operation.slice(space + 1).split('/'),
  };
}

/** The route whose path fits; fixed segments win over parameters. */
export function match<T>(
  table: readonly Compiled<T>[],
  method: string,
  path: string,
): { entry: Compiled<T>; params: Record<string, string> } | undefined {
  const actual = path.split('/');
  let best: { entry: Compiled<T>; params: Record<string, string>; fixed: number } | undefined;
  for (const entry of table) {
    if (entry.method !== method || entry.segments.length !== actual.length) continue;
    const params = paramsOf(entry.segments, actual);
    if (params === undefined) continue;
    const fixed = entry.segments.length - Object.keys(params).length;
    if (best === undefined || fixed > best.fixed) best = { entry, params, fixed };
  }
  return best;
}

function paramsOf(
  segments: readonly string[],
  actual: readonly string[],
): Record<string, string> | undefined {
  const params: Record<string, string> = {};
  for (const [position, segment] of segments.entries()) {
    const text = actual[position] ?? '';
    if (segment.startsWith('{')) {
      if (text === '') return undefined;
      params[segment.slice(1, -1)] = safeDecode(text);
    } else if (segment !== text) return undefined;
  }
  return params;
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
