/** The query for existing issues: what the admin wrote, within the mapped projects. */

/** The admin's query within the mapped projects, so that it is never unbounded; its own order counts for nothing. */
export function within(projectIds: readonly string[], jql: string): string {
  return `${bounded(projectIds, jql)} ORDER BY id ASC`;
}

/** Without an order, for counting. */
export function bounded(projectIds: readonly string[], jql: string): string {
  const condition = withoutOrder(jql).trim();
  const projects = `project in (${[...new Set(projectIds)].join(', ')})`;
  return condition === '' ? projects : `${projects} AND (${condition})`;
}

function withoutOrder(jql: string): string {
  // Quoted texts are passed over: they may contain the words.
  const parts = jql.match(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\border\s+by\b|[^"'o]+|o|["']/gi) ?? [];
  const order = parts.findIndex((part) => /^order\s+by$/i.test(part));
  return (order < 0 ? parts : parts.slice(0, order)).join('');
}
