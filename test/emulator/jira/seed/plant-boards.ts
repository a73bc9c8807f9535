/** Plants the boards of a seed. */
import { makeProjectBoard } from '../agile/project-board';
import { localSession, type World } from '../world';
import { fieldId } from './names';
import type { WorldSeed } from './seed-types';

export function plantBoards(world: World, seed: WorldSeed): void {
  const { store } = world;
  for (const row of seed.boards ?? []) {
    const project = store.projects.by('key', row.project)[0];
    const owner = seed.users.find((user) => user.nick === row.owner);
    if (project === undefined || owner === undefined) throw new Error(`the seed has no ${row.project} board`);
    const session = localSession(world, owner.accountId, world.clock.now());
    const board = makeProjectBoard(session, project, {
      type: 'scrum',
      ownerId: owner.accountId,
      id: String(row.id),
      name: row.name,
    });
    store.boards.put({ ...board, estimationFieldId: fieldId(seed, row.estimation) });
  }
}
