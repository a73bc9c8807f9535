/** Lets the account of an installed app into a project. */
import type { ProjectRow } from '../entities';

/** Puts an app's account into the roles that the project gives to apps; a closed project stays as it is. */
export function admitApp(project: ProjectRow, accountId: string): ProjectRow {
  const actors = { ...project.actors };
  for (const id of project.appRoleIds) {
    const { userIds, groupIds } = actors[id] ?? { userIds: [], groupIds: [] };
    actors[id] = { userIds: [...new Set([...userIds, accountId])], groupIds };
  }
  return { ...project, actors };
}
