/** Permission schemes and issue security. */
import {
  PageIssueSecuritySchemeToProjectMappingSchema,
  PageSecurityLevelSchema,
  PageSecuritySchemeWithProjectsSchema,
} from 'jira.js/cloud';

export async function drivePermissionSchemes(driver) {
  const { ask } = driver;
  const call = (name, parameters) => ask(`permissionSchemes.${name}`, parameters);
  await call('getAllPermissionSchemes', { expand: 'permissions' });
  const [role] = await ask('projectRoles.getAllProjectRoles');
  const holder = { type: 'projectRole', parameter: String(role.id), value: String(role.id) };
  const made = await call('createPermissionScheme', {
    body: { name: 'Ours', permissions: [{ permission: 'BROWSE_PROJECTS', holder }] },
  });
  const schemeId = made.id;
  await call('getPermissionScheme', { schemeId, expand: 'all' });
  await call('updatePermissionScheme', { schemeId, body: { name: 'Ours alone', description: '' } });
  const grant = await call('createPermissionGrant', { schemeId, permission: 'EDIT_ISSUES', holder });
  await call('getPermissionSchemeGrants', { schemeId, expand: 'permissions' });
  await call('getPermissionSchemeGrant', { schemeId, permissionId: grant.id });
  await call('deletePermissionSchemeEntity', { schemeId, permissionId: grant.id });
  await driveProject(driver, schemeId);
  await call('deletePermissionScheme', { schemeId });
  await driveSecurity(driver);
}

async function driveProject({ ask }, schemeId) {
  const projectKeyOrId = 'SUP';
  const call = (name, parameters) => ask(`projectPermissionSchemes.${name}`, parameters);
  const before = await call('getAssignedPermissionScheme', { projectKeyOrId, expand: 'permissions' });
  await call('assignPermissionScheme', { projectKeyOrId, id: schemeId });
  await call('assignPermissionScheme', { projectKeyOrId, id: before.id });
  await call('getProjectIssueSecurityScheme', { projectKeyOrId });
  await call('getSecurityLevelsForProject', { projectKeyOrId });
}

async function driveSecurity({ ask, send }) {
  const { issueSecuritySchemes } = await ask('issueSecuritySchemes.getIssueSecuritySchemes');
  const scheme = await ask('issueSecuritySchemes.getIssueSecurityScheme', { id: issueSecuritySchemes[0].id });
  await ask('issueSecurityLevel.getIssueSecurityLevel', { id: scheme.levels[0].id });
  const path = '/rest/api/3/issuesecurityschemes';
  await send('GET', `${path}/search`, { schema: PageSecuritySchemeWithProjectsSchema });
  await send('GET', `${path}/project`, { schema: PageIssueSecuritySchemeToProjectMappingSchema });
  await send('GET', `${path}/level`, { schema: PageSecurityLevelSchema });
}
