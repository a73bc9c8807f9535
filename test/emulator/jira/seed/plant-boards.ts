/** Plants the boards of a seed, each with a filter that everybody in its project sees. */
import { makeBoard } from '../agile/make-board';
import { localSession, type World } from '../world';
import { fieldId } from './names';
import type { WorldSeed } from './seed-types';

export function plantBoards(world: World, seed: WorldSeed): void {
  const { store } = world;
  for (const row of seed.boards ?? []) {
    const project = store.projects.by('key', row.project)[0];
    const owner = seed.users.find((user) => user.nick === row.owner);
    if (project === undefined || owner === undefined) throw new Error(`the seed has no ${row.project} board`);
    const filter = store.filters.put({
      id: store.nextId('filter'),
      name: `Filter for ${row.name}`,
      description: '',
      jql: `project = ${row.project} ORDER BY Rank ASC`,
      ownerId: owner.accountId,
      favouriteOf: [],
      shares: [{ id: Number(store.nextId('share')), type: 'project', projectId: project.id }],
    });
    const session = localSession(world, owner.accountId, world.clock.now());
    const board = makeBoard(session, {
      id: String(row.id),
      name: row.name,
      type: 'scrum',
      filterId: filter.id,
      location: { projectId: project.id },
      adminIds: [owner.accountId],
    });
    store.boards.put({ ...board, estimationFieldId: fieldId(seed, row.estimation) });
  }
}
