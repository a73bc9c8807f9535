/** Priorities, resolutions, issue types and link types under administration. */
import {
  IssueTypeDetailsSchema,
  PageResolutionJsonSchema,
  PrioritySchema,
  ResolutionIdSchema,
  ResolutionSchema,
} from 'jira.js/cloud';
import { z } from 'zod';

export async function driveChoices(driver) {
  await drivePriorities(driver);
  await driveResolutions(driver);
  await driveIssueTypes(driver);
  await driveIssueTypeSchemes(driver);
  await driveLinkTypes(driver);
}

async function drivePriorities({ ask, send }) {
  await send('GET', '/rest/api/3/priority', { schema: z.array(PrioritySchema) });
  const { id } = await ask('issuePriorities.createPriority', { name: 'Right now', statusColor: '#ff0000' });
  await ask('issuePriorities.updatePriority', { id, description: 'Drop everything' });
  await ask('issuePriorities.movePriorities', { ids: [id], position: 'First' });
  await ask('issuePriorities.setDefaultPriority', { id });
  await ask('issuePriorities.getPriority', { id });
  await ask('issuePriorities.searchPriorities', { onlyDefault: true });
}

async function driveResolutions({ ask, send }) {
  const { id } = await send('POST', '/rest/api/3/resolution', {
    body: { name: 'Sold', description: 'Gone' },
    schema: ResolutionIdSchema,
  });
  await send('PUT', `/rest/api/3/resolution/${id}`, { body: { name: 'Sold out' } });
  await send('PUT', '/rest/api/3/resolution/move', { body: { ids: [id], position: 'First' } });
  await send('PUT', '/rest/api/3/resolution/default', { body: { id } });
  await ask('issueResolutions.getResolution', { id });
  await send('GET', '/rest/api/3/resolution', { schema: z.array(ResolutionSchema) });
  await send('GET', '/rest/api/3/resolution/search', { schema: PageResolutionJsonSchema });
}

async function driveIssueTypes({ ask, send }) {
  await ask('issueTypes.getIssueAllTypes', {});
  const { id } = await ask('issueTypes.createIssueType', { name: 'Wish', hierarchyLevel: 0 });
  await ask('issueTypes.updateIssueType', { id, name: 'Dream', description: 'Far away' });
  await ask('issueTypes.getIssueType', { id });
  await ask('issueTypes.getAlternativeIssueTypes', { id });
  await ask('issueTypes.deleteIssueType', { id });
  const project = await ask('projects.getProject', { projectIdOrKey: 'SUP' });
  await send('GET', '/rest/api/3/issuetype/project', {
    searchParams: { projectId: project.id },
    schema: z.array(IssueTypeDetailsSchema),
  });
}

async function driveIssueTypeSchemes({ ask }) {
  const call = (name, parameters) => ask(`issueTypeSchemes.${name}`, parameters);
  const project = await ask('projects.getProject', { projectIdOrKey: 'SUP' });
  const projectId = Number(project.id);
  const [first, ...rest] = project.issueTypes.map((type) => type.id);
  const { issueTypeSchemeId: made } = await call('createIssueTypeScheme', {
    name: 'Those of support',
    issueTypeIds: [first],
    defaultIssueTypeId: first,
  });
  const issueTypeSchemeId = Number(made);
  await call('addIssueTypesToIssueTypeScheme', { issueTypeSchemeId, issueTypeIds: rest });
  await call('reorderIssueTypesInIssueTypeScheme', {
    issueTypeSchemeId,
    issueTypeIds: [rest[0]],
    position: 'First',
  });
  await call('updateIssueTypeScheme', { issueTypeSchemeId, name: 'Of support' });
  await call('getAllIssueTypeSchemes', { expand: 'issueTypes,projects' });
  await call('getIssueTypeSchemesMapping', {});
  const used = await call('getIssueTypeSchemeForProjects', { projectId: [projectId] });
  const before = used.values[0].issueTypeScheme.id;
  await call('assignIssueTypeSchemeToProject', { issueTypeSchemeId: made, projectId: project.id });
  await call('assignIssueTypeSchemeToProject', { issueTypeSchemeId: before, projectId: project.id });
  await call('removeIssueTypeFromIssueTypeScheme', { issueTypeSchemeId, issueTypeId: Number(rest[0]) });
  await call('deleteIssueTypeScheme', { issueTypeSchemeId });
}

async function driveLinkTypes({ ask }) {
  await ask('issueLinkTypes.getIssueLinkTypes');
  const { id } = await ask('issueLinkTypes.createIssueLinkType', {
    name: 'Feeds',
    inward: 'is fed by',
    outward: 'feeds',
  });
  await ask('issueLinkTypes.updateIssueLinkType', { issueLinkTypeId: id, outward: 'nourishes' });
  await ask('issueLinkTypes.getIssueLinkType', { issueLinkTypeId: id });
  await ask('issueLinkTypes.deleteIssueLinkType', { issueLinkTypeId: id });
}
