/** Users, groups, permissions, roles and their actors, the site itself. */
import { PageGroupDetailsSchema, PageUserSchema } from 'jira.js/cloud';

export async function drivePeople(driver) {
  const { ask, send } = driver;
  await ask('serverInfo.getServerInfo');
  await ask('jiraSettings.getConfiguration');
  const { accountId } = await ask('myself.getCurrentUser', { expand: 'groups,applicationRoles' });
  await ask('users.getUser', { accountId, expand: 'groups,applicationRoles' });
  await ask('users.getAllUsers', { maxResults: 3 });
  await ask('users.getAllUsersDefault', { maxResults: 3 });
  const [group] = await ask('users.getUserGroups', { accountId });
  await send('GET', '/rest/api/3/user/bulk', { searchParams: { accountId }, schema: PageUserSchema });
  await ask('userSearch.findUsers', { query: 'a' });
  await ask('userSearch.findAssignableUsers', { project: 'SUP' });
  await send('GET', '/rest/api/3/group/bulk', { schema: PageGroupDetailsSchema });
  await ask('groups.getUsersFromGroup', { groupId: group.groupId });
  await ask('groups.findGroups', { query: 'jira' });
  await ask('groupAndUserPicker.findUsersAndGroups', { query: 'a' });
  await ask('permissions.getMyPermissions', {
    permissions: 'BROWSE_PROJECTS,EDIT_ISSUES',
    projectKey: 'SUP',
  });
  await ask('permissions.getAllPermissions');
  const { id } = await ask('projects.getProject', { projectIdOrKey: 'SUP' });
  await ask('permissions.getMyPermissions', { permissions: 'EDIT_ISSUES', projectId: id });
  await ask('permissions.getBulkPermissions', {
    accountId,
    globalPermissions: ['ADMINISTER'],
    projectPermissions: [{ projects: [Number(id)], permissions: ['EDIT_ISSUES'] }],
  });
  await ask('filters.getFavouriteFilters', {});
  await driveRoles(driver);
  await driveActors(driver, { accountId, groupId: group.groupId });
}

async function driveRoles({ ask }) {
  await ask('projectRoles.getAllProjectRoles');
  const { id } = await ask('projectRoles.createProjectRole', { name: 'Readers', description: 'They read' });
  await ask('projectRoles.getProjectRoleById', { id });
  await ask('projectRoles.partialUpdateProjectRole', { id, description: 'They read a lot' });
  await ask('projectRoles.fullyUpdateProjectRole', { id, name: 'Reading people', description: 'They read' });
  await ask('projectRoles.deleteProjectRole', { id });
  const projectIdOrKey = 'SUP';
  await ask('projectRoles.getProjectRoles', { projectIdOrKey });
  const details = await ask('projectRoles.getProjectRoleDetails', { projectIdOrKey });
  await ask('projectRoles.getProjectRole', { projectIdOrKey, id: details[0].id });
}

async function driveActors({ ask }, { accountId, groupId }) {
  const { id } = await ask('projectRoles.createProjectRole', { name: 'Helpers', description: '' });
  await ask('projectRoleActors.addProjectRoleActorsToRole', { id, groupId: [groupId] });
  await ask('projectRoleActors.getProjectRoleActorsForRole', { id });
  await ask('projectRoleActors.deleteProjectRoleActorsFromRole', { id, groupId });
  const at = { projectIdOrKey: 'SUP', id };
  await ask('projectRoleActors.addActorUsers', { ...at, user: [accountId] });
  await ask('projectRoleActors.setActors', {
    ...at,
    body: { categorisedActors: { 'atlassian-user-role-actor': [accountId] } },
  });
  await ask('projectRoleActors.deleteActor', { ...at, user: accountId });
}
