/** Operations of Jira's documents which no route emulates although a route with parameters fits their path. */
import { readMatrix } from '../coverage/operation-matrix';
import { type Compiled, compile, match } from './route-table';

type Named = Compiled<{ operation: string }>;

/** `GET /project/type` must not be taken for a project called "type": such operations win over the routes and are refused. */
export function hiddenOperations(
  routes: readonly Named[],
  documented: readonly { method: string; path: string }[] = cloudOperations(),
): Named[] {
  const routed = new Set(routes.map(({ route }) => route.operation));
  return documented
    .map(({ method, path }) => compile({ operation: `${method} ${path}` }))
    .filter(({ route, method, segments }) => {
      if (routed.has(route.operation)) return false;
      const fixed = segments.filter((segment) => !segment.startsWith('{')).length;
      const taken = match(routes, method, segments.join('/'));
      return taken !== undefined && fixed > segments.length - Object.keys(taken.params).length;
    });
}

/** Cloud has each operation in version 2, too. */
function cloudOperations(): { method: string; path: string }[] {
  return readMatrix().flatMap(({ method, path }) => [
    { method, path },
    { method, path: path.replace('/rest/api/3/', '/rest/api/2/') },
  ]);
}
