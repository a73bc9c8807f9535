/** The query for existing issues: what the admin wrote, within the mapped projects and their filters. */
import { type Area, anyArea, withoutOrder } from '#core/filter/jql-text';

/** A whole project, by its id, or part of one. */
type Place = Area | string;

/** The admin's query within these places, so that it is never unbounded; its own order counts for nothing. */
export function within(places: readonly Place[], jql: string): string {
  return `${bounded(places, jql)} ORDER BY id ASC`;
}

/** Without an order, for counting. */
export function bounded(places: readonly Place[], jql: string): string {
  const condition = withoutOrder(jql);
  const areas = anyArea(
    places.map((place) => (typeof place === 'string' ? { projectId: place, typeIds: [] } : place)),
  );
  return condition === '' ? areas : `${areas} AND (${condition})`;
}
