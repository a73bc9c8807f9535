/** Who sees a saved filter, which decides who sees the boards made of it. */
import { canBrowseProject } from '../access';
import type { Share } from '../daily/rows';
import type { FilterRow } from '../entities';
import type { Session } from '../world';

/** Whether the caller owns the filter or it is shared with them. */
export function seesFilter(session: Session, filter: FilterRow): boolean {
  if (session.me !== undefined && filter.ownerId === session.me.id) return true;
  return (filter.shares ?? []).some((share) => includes(session, share));
}

function includes(session: Session, share: Share): boolean {
  const { me, store } = session;
  switch (share.type) {
    case 'global':
      return true;
    case 'loggedin':
      return me !== undefined;
    case 'user':
      return me?.id === share.userId;
    case 'group':
      return me?.groupIds.includes(share.groupId) === true;
    case 'project': {
      const project = store.projects.get(share.projectId);
      return project !== undefined && canBrowseProject(session, project);
    }
    case 'projectRole': {
      const actors = store.projects.get(share.projectId)?.actors[share.roleId];
      if (me === undefined || actors === undefined) return false;
      return actors.userIds.includes(me.id) || actors.groupIds.some((id) => me.groupIds.includes(id));
    }
  }
}
