/** Screens, tabs, the fields on them, and the schemes that give screens to projects. */
import { ScreenSchema } from 'jira.js/cloud';

export async function driveScreens(driver) {
  const { ask, send } = driver;
  await ask('screens.getScreens', {});
  const { id } = await send('POST', '/rest/api/3/screens', {
    body: { name: 'Tiny', description: 'Small' },
    schema: ScreenSchema,
  });
  await send('PUT', `/rest/api/3/screens/${id}`, { body: { name: 'Little' }, schema: ScreenSchema });
  await ask('screens.addFieldToDefaultScreen', { fieldId: 'duedate' });
  await driveTabs(driver, id);
  await driveScreenSchemes(driver, id);
  await send('DELETE', `/rest/api/3/screens/${id}`);
}

async function driveTabs({ ask, send }, screenId) {
  await ask('screenTabs.getAllScreenTabs', { screenId });
  const { id } = await ask('screenTabs.addScreenTab', { screenId, name: 'More' });
  const at = { screenId, tabId: id };
  await ask('screenTabs.renameScreenTab', { ...at, name: 'Extra' });
  await ask('screenTabs.moveScreenTab', { ...at, pos: 0 });
  await send('GET', '/rest/api/3/screens/tabs', { searchParams: { screenId } });
  await ask('screens.getAvailableScreenFields', { screenId });
  await ask('screenTabFields.addScreenTabField', { ...at, fieldId: 'summary' });
  await ask('screenTabFields.addScreenTabField', { ...at, fieldId: 'labels' });
  await ask('screenTabFields.getAllScreenTabFields', at);
  await ask('screenTabFields.moveScreenTabField', { ...at, id: 'labels', position: 'First' });
  await ask('screens.getScreensForField', { fieldId: 'labels', expand: 'tab' });
  await ask('screenTabFields.removeScreenTabField', { ...at, id: 'labels' });
  await ask('screenTabs.deleteScreenTab', at);
}

async function driveScreenSchemes(driver, screenId) {
  const { ask } = driver;
  const made = await ask('screenSchemes.createScreenScheme', {
    name: 'Tiny',
    screens: { default: screenId },
  });
  const screenSchemeId = String(made.id);
  await ask('screenSchemes.getScreenSchemes', { expand: 'issueTypeScreenSchemes' });
  await ask('screenSchemes.updateScreenScheme', { screenSchemeId, name: 'Little' });
  await driveIssueTypeScreenSchemes(driver, screenSchemeId);
  await ask('screenSchemes.deleteScreenScheme', { screenSchemeId });
}

async function driveIssueTypeScreenSchemes({ ask }, screenSchemeId) {
  const call = (name, parameters) => ask(`issueTypeScreenSchemes.${name}`, parameters);
  const project = await ask('projects.getProject', { projectIdOrKey: 'SUP' });
  const projectId = project.id;
  const [type] = project.issueTypes;
  const made = await call('createIssueTypeScreenScheme', {
    name: 'By type',
    issueTypeMappings: [{ issueTypeId: 'default', screenSchemeId }],
  });
  const issueTypeScreenSchemeId = made.id;
  await call('getIssueTypeScreenSchemes', { expand: 'projects' });
  await call('updateIssueTypeScreenScheme', { issueTypeScreenSchemeId, name: 'Each its own' });
  await call('appendMappingsForIssueTypeScreenScheme', {
    issueTypeScreenSchemeId,
    issueTypeMappings: [{ issueTypeId: type.id, screenSchemeId }],
  });
  await call('getIssueTypeScreenSchemeMappings', {});
  await call('removeMappingsFromIssueTypeScreenScheme', { issueTypeScreenSchemeId, issueTypeIds: [type.id] });
  await call('updateDefaultScreenScheme', { issueTypeScreenSchemeId, screenSchemeId });
  const used = await call('getIssueTypeScreenSchemeProjectAssociations', { projectId: [Number(projectId)] });
  const before = used.values[0].issueTypeScreenScheme.id;
  await call('assignIssueTypeScreenSchemeToProject', { issueTypeScreenSchemeId, projectId });
  await call('getProjectsForIssueTypeScreenScheme', {
    issueTypeScreenSchemeId: Number(issueTypeScreenSchemeId),
  });
  await call('assignIssueTypeScreenSchemeToProject', { issueTypeScreenSchemeId: before, projectId });
  await call('deleteIssueTypeScreenScheme', { issueTypeScreenSchemeId });
}
