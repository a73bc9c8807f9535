/** Custom fields, their contexts and options. */
import { Page2ProjectFieldSchema, PageContextSchema, PageFieldProjectAssociationSchema } from 'jira.js/cloud';

const PREFIX = 'com.atlassian.jira.plugin.system.customfieldtypes:';

export async function driveFields(driver) {
  const { ask, send } = driver;
  await ask('issueFields.getFields');
  const expand = 'key,lastUsed,screensCount,contextsCount,isLocked,searcherKey,projectsCount';
  await ask('issueFields.getFieldsPaginated', { type: ['custom'], expand });
  const made = await ask('issueFields.createCustomField', {
    name: 'Colour',
    description: 'Of the thing',
    type: `${PREFIX}select`,
    searcherKey: `${PREFIX}multiselectsearcher`,
  });
  const fieldId = made.id;
  await ask('issueFields.updateCustomField', { fieldId, name: 'Tint' });
  await driveContexts(driver, fieldId);
  await driveOptions(driver, fieldId);
  await send('GET', `/rest/api/3/field/${fieldId}/contexts`, { schema: PageContextSchema });
  await send('GET', `/rest/api/3/field/${fieldId}/association/project`, {
    schema: PageFieldProjectAssociationSchema,
  });
  const { id, issueTypes } = await ask('projects.getProject', { projectIdOrKey: 'SUP' });
  await send('GET', '/rest/api/3/projects/fields', {
    searchParams: { projectId: id, workTypeId: issueTypes[0].id },
    schema: Page2ProjectFieldSchema,
  });
  await ask('issueFields.trashCustomField', { id: fieldId });
  await ask('issueFields.getTrashedFieldsPaginated', {});
  await ask('issueFields.restoreCustomField', { id: fieldId });
}

async function driveContexts({ ask }, fieldId) {
  const { id, issueTypes } = await ask('projects.getProject', { projectIdOrKey: 'SUP' });
  const other = await ask('projects.getProject', { projectIdOrKey: 'DEV' });
  const made = await ask('issueCustomFieldContexts.createCustomFieldContext', {
    fieldId,
    name: 'For support',
    projectIds: [id],
    issueTypeIds: [issueTypes[0].id],
  });
  const contextId = Number(made.id);
  const at = { fieldId, contextId };
  await ask('issueCustomFieldContexts.updateCustomFieldContext', { ...at, name: 'Support only' });
  await ask('issueCustomFieldContexts.getContextsForField', { fieldId });
  await ask('issueCustomFieldContexts.assignProjectsToCustomFieldContext', { ...at, projectIds: [other.id] });
  await ask('issueCustomFieldContexts.addIssueTypesToContext', { ...at, issueTypeIds: [issueTypes[1].id] });
  await ask('issueCustomFieldContexts.getProjectContextMapping', { fieldId });
  await ask('issueCustomFieldContexts.getIssueTypeMappingsForContexts', { fieldId });
  await ask('issueCustomFieldContexts.getCustomFieldContextsForProjectsAndIssueTypes', {
    fieldId,
    mappings: [
      { projectId: id, issueTypeId: issueTypes[0].id },
      { projectId: id, issueTypeId: issueTypes[2].id },
    ],
  });
  await ask('issueCustomFieldContexts.removeIssueTypesFromContext', {
    ...at,
    issueTypeIds: [issueTypes[1].id],
  });
  await ask('issueCustomFieldContexts.removeCustomFieldContextFromProjects', {
    ...at,
    projectIds: [other.id],
  });
  await ask('issueCustomFieldContexts.deleteCustomFieldContext', at);
}

async function driveOptions({ ask }, fieldId) {
  const contexts = await ask('issueCustomFieldContexts.getContextsForField', { fieldId });
  const at = { fieldId, contextId: Number(contexts.values[0].id) };
  const made = await ask('issueCustomFieldOptions.createCustomFieldOption', {
    ...at,
    options: [{ value: 'Red' }, { value: 'Blue' }],
  });
  const [red, blue] = made.options.map((option) => option.id);
  await ask('issueCustomFieldOptions.updateCustomFieldOption', {
    ...at,
    options: [{ id: red, value: 'Crimson', disabled: false }],
  });
  await ask('issueCustomFieldOptions.getOptionsForContext', at);
  await ask('issueCustomFieldOptions.reorderCustomFieldOptions', {
    ...at,
    customFieldOptionIds: [blue],
    position: 'First',
  });
  await ask('issueCustomFieldOptions.getCustomFieldOption', { id: red });
  await ask('issueCustomFieldOptions.deleteCustomFieldOption', { ...at, optionId: Number(blue) });
}
