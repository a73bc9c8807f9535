/** Bulk operations and the tasks behind them. */
import { madeBug } from './issues.mjs';

export async function driveBulk(driver) {
  const { ask, send } = driver;
  const keys = [await madeBug(driver, 'Bulk one'), await madeBug(driver, 'Bulk two')];
  const selectedIssueIdsOrKeys = keys;
  const issueIdsOrKeys = keys.join(',');
  await ask('issueBulkOperations.getBulkEditableFields', { issueIdsOrKeys });
  await driveEdit(driver, selectedIssueIdsOrKeys);
  const offered = await ask('issueBulkOperations.getAvailableTransitions', { issueIdsOrKeys });
  const [{ transitionId }] = offered.availableTransitions[0].transitions;
  const bulkTransitionInputs = [{ selectedIssueIdsOrKeys, transitionId: String(transitionId) }];
  await ended(driver, await ask('issueBulkOperations.submitBulkTransition', { bulkTransitionInputs }));
  await ended(driver, await ask('issueBulkOperations.submitBulkWatch', { selectedIssueIdsOrKeys }));
  await ended(driver, await ask('issueBulkOperations.submitBulkUnwatch', { selectedIssueIdsOrKeys }));
  const { issueTypes } = await ask('projects.getProject', { projectIdOrKey: 'DEV' });
  const type = issueTypes.find((each) => each.hierarchyLevel === 0);
  const mapping = {
    inferClassificationDefaults: true,
    inferFieldDefaults: true,
    inferStatusDefaults: true,
    inferSubtaskTypeDefault: true,
    issueIdsOrKeys: keys,
  };
  const targetToSourcesMapping = { [`DEV,${type.id}`]: mapping };
  await ended(driver, await ask('issueBulkOperations.submitBulkMove', { targetToSourcesMapping }));
  const doomed = await ask('issueBulkOperations.submitBulkDelete', { selectedIssueIdsOrKeys });
  await send('POST', `/rest/api/3/task/${doomed.taskId}/cancel`);
  await ask('tasks.getTask', { taskId: doomed.taskId });
}

async function driveEdit(driver, selectedIssueIdsOrKeys) {
  const { ask } = driver;
  const { values } = await ask('issuePriorities.searchPriorities', {});
  const task = await ask('issueBulkOperations.submitBulkEdit', {
    selectedIssueIdsOrKeys,
    selectedActions: ['labels', 'priority'],
    editedFieldsInput: {
      labelsFields: [
        { fieldId: 'labels', bulkEditMultiSelectFieldOption: 'ADD', labels: [{ name: 'swept' }] },
      ],
      priority: { priorityId: values[0].id },
    },
  });
  await ended(driver, task);
}

/** Waits for a bulk task; asking makes time pass. */
async function ended({ ask }, task) {
  for (let turn = 0; turn < 20; turn += 1) {
    const { status } = await ask('issueBulkOperations.getBulkOperationProgress', { taskId: task.taskId });
    if (status === 'COMPLETE') return;
  }
  throw new Error(`the task ${task.taskId} did not end`);
}
