/** Order of sprints on a board. */
import type { SprintRow } from '../entities';

function placeOf(sprint: SprintRow): number {
  return sprint.sequence ?? Number(sprint.id);
}

/** By place, which swapping exchanges. */
export function sprintOrder(left: SprintRow, right: SprintRow): number {
  return placeOf(left) - placeOf(right);
}

/** Both sprints, each in the place of the other. */
export function swapped(left: SprintRow, right: SprintRow): [SprintRow, SprintRow] {
  return [
    { ...left, sequence: placeOf(right) },
    { ...right, sequence: placeOf(left) },
  ];
}
