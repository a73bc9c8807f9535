/** Properties of issues, projects and issue types, one by one and of many issues. */
import { madeBug } from './issues.mjs';

export async function driveProperties(driver) {
  const { ask } = driver;
  const issueIdOrKey = await madeBug(driver, 'With properties');
  const { id } = await ask('issues.getIssue', { issueIdOrKey, fields: ['summary'] });
  await driveProperty(driver, 'issueProperties', 'Issue', { issueIdOrKey });
  await driveProperty(driver, 'projectProperties', 'Project', { projectIdOrKey: 'SUP' });
  const types = await ask('issueTypes.getIssueAllTypes', {});
  await driveProperty(driver, 'issueTypeProperties', 'IssueType', { issueTypeId: types[0].id });
  await driveManyIssues(driver, Number(id));
}

async function driveProperty({ ask }, group, name, owner) {
  const at = { ...owner, propertyKey: 'k' };
  await ask(`${group}.set${name}Property`, { ...at, body: { a: [1, 'b', null] } });
  await ask(`${group}.set${name}Property`, { ...at, body: { a: 2 } });
  await ask(`${group}.get${name}PropertyKeys`, owner);
  await ask(`${group}.get${name}Property`, at);
  await ask(`${group}.delete${name}Property`, at);
}

async function driveManyIssues(driver, issueId) {
  const { ask } = driver;
  const entityIds = [issueId];
  await ended(
    driver,
    await ask('issueProperties.bulkSetIssuesPropertiesList', {
      entitiesIds: entityIds,
      properties: { many: { a: 1 } },
    }),
  );
  const issues = [{ issueID: issueId, properties: { single: { a: 1 } } }];
  await ended(driver, await ask('issueProperties.bulkSetIssuePropertiesByIssue', { issues }));
  await ended(
    driver,
    await ask('issueProperties.bulkSetIssueProperty', {
      propertyKey: 'many',
      value: { a: 2 },
      filter: { entityIds, hasProperty: true },
    }),
  );
  await ended(
    driver,
    await ask('issueProperties.bulkDeleteIssueProperty', { propertyKey: 'many', entityIds }),
  );
}

/** Waits for the task that an answer redirected to; asking makes time pass. */
async function ended({ ask }, task) {
  let row = task;
  for (let turn = 0; turn < 20 && ['ENQUEUED', 'RUNNING'].includes(row?.status); turn += 1) {
    row = await ask('tasks.getTask', { taskId: row.id });
  }
  if (row?.status !== 'COMPLETE') throw new Error(`the task did not end: ${JSON.stringify(row)}`);
}
