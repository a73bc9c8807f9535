/** Projects with their versions, components and categories. */
import { ProjectSchema } from 'jira.js/cloud';
import { z } from 'zod';
import { madeBug } from './issues.mjs';

export async function driveProjects(driver) {
  const { ask, send } = driver;
  await send('GET', '/rest/api/3/project', {
    searchParams: { expand: 'description,lead,issueTypes,url,projectKeys' },
    schema: z.array(ProjectSchema),
  });
  await ask('projects.searchProjects', { expand: 'description,lead,issueTypes,url,projectKeys,insight' });
  const expand = 'description,lead,issueTypes,projectKeys';
  const sup = await ask('projects.getProject', { projectIdOrKey: 'SUP', expand });
  await send('GET', '/rest/api/3/project/recent', { schema: z.array(ProjectSchema) });
  await ask('projects.getAllStatuses', { projectIdOrKey: 'SUP' });
  await ask('projectKeyAndNameValidation.validateProjectKey', { key: 'SUP' });
  await ask('projectKeyAndNameValidation.getValidProjectKey', { key: 'SUP' });
  await ask('projectKeyAndNameValidation.getValidProjectName', { name: 'Support' });
  await driveOneProject(driver, sup.lead.accountId);
  await driveVersions(driver, Number(sup.id));
  await driveComponents(driver);
  await driveCategories(driver);
}

async function driveOneProject({ ask, send }, leadAccountId) {
  const made = await ask('projects.createProject', {
    key: 'PASS',
    name: 'Passing by',
    projectTypeKey: 'software',
    projectTemplateKey: 'com.pyxis.greenhopper.jira:gh-simplified-kanban-classic',
    leadAccountId,
    assigneeType: 'UNASSIGNED',
  });
  const projectIdOrKey = made.key;
  await ask('projects.updateProject', { projectIdOrKey, name: 'Passing', description: 'For a while' });
  await ask('projects.archiveProject', { projectIdOrKey });
  await send('POST', '/rest/api/3/project/PASS/restore', { schema: ProjectSchema });
  await ask('projects.deleteProject', { projectIdOrKey });
}

async function driveVersions(driver, projectId) {
  const { ask, send } = driver;
  const made = async (name) => (await ask('projectVersions.createVersion', { projectId, name })).id;
  const [one, two, three] = [await made('One'), await made('Two'), await made('Three')];
  await madeBug(driver, 'Fixed in one', { fixVersions: [{ id: one }] });
  await ask('projectVersions.updateVersion', {
    id: one,
    body: { description: 'First', releaseDate: '2026-12-01', released: true },
  });
  const expand = 'issuesstatus,operations';
  await ask('projectVersions.getVersion', { id: one, expand });
  await ask('projectVersions.getProjectVersions', { projectIdOrKey: 'SUP', expand });
  await ask('projectVersions.getProjectVersionsPaginated', { projectIdOrKey: 'SUP', query: 'o', expand });
  await ask('projectVersions.moveVersion', { id: three, position: 'First' });
  await ask('projectVersions.getVersionRelatedIssues', { id: one });
  await ask('projectVersions.getVersionUnresolvedIssues', { id: one });
  await ask('projectVersions.mergeVersions', { id: one, moveIssuesTo: two });
  await ask('projectVersions.deleteAndReplaceVersion', { id: two, moveFixIssuesTo: Number(three) });
  await send('DELETE', `/rest/api/3/version/${three}`);
}

async function driveComponents(driver) {
  const { ask } = driver;
  const made = await ask('projectComponents.createComponent', {
    project: 'SUP',
    name: 'Scanner',
    description: 'At the gate',
    assigneeType: 'PROJECT_DEFAULT',
  });
  const { id } = made;
  await madeBug(driver, 'Broken scanner', { components: [{ id }] });
  await ask('projectComponents.getComponent', { id });
  await ask('projectComponents.updateComponent', { id, body: { name: 'Scanners' } });
  await ask('projectComponents.getProjectComponents', { projectIdOrKey: 'SUP' });
  await ask('projectComponents.getProjectComponentsPaginated', { projectIdOrKey: 'SUP', query: 's' });
  await ask('projectComponents.findComponentsForProjects', { projectIdsOrKeys: ['SUP', 'DEV'] });
  await ask('projectComponents.getComponentRelatedIssues', { id });
  await ask('projectComponents.deleteComponent', { id });
}

async function driveCategories({ ask }) {
  const made = await ask('projectCategories.createProjectCategory', { name: 'Inner', description: 'Ours' });
  const id = Number(made.id);
  await ask('projectCategories.getAllProjectCategories');
  await ask('projectCategories.getProjectCategoryById', { id });
  await ask('projectCategories.updateProjectCategory', { id, body: { name: 'Inside' } });
  await ask('projectCategories.removeProjectCategory', { id });
}
