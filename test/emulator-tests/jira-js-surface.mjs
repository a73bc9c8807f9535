/** Drives a Cloud site over its whole surface with jira.js. Prints what failed as one line of JSON. */
import { driveActivity } from './jira-js/activity.mjs';
import { driveAgile } from './jira-js/agile.mjs';
import { driveBulk } from './jira-js/bulk.mjs';
import { driveChoices } from './jira-js/choices.mjs';
import { createDriver } from './jira-js/driver.mjs';
import { driveFields } from './jira-js/fields.mjs';
import { driveIssues } from './jira-js/issues.mjs';
import { drivePeople } from './jira-js/people.mjs';
import { drivePermissionSchemes } from './jira-js/permission-schemes.mjs';
import { driveProjects } from './jira-js/projects.mjs';
import { driveProperties } from './jira-js/properties.mjs';
import { driveScreens } from './jira-js/screens.mjs';
import { driveSearch } from './jira-js/search.mjs';
import { driveVersionTwo } from './jira-js/version-two.mjs';
import { driveDeletedWorkflow, driveWorkflows } from './jira-js/workflows.mjs';

/** In this order on one site; each begins with what the seed holds or makes what it needs. */
const DRIVES = [
  driveIssues,
  driveActivity,
  driveProperties,
  driveBulk,
  driveSearch,
  drivePeople,
  driveProjects,
  driveFields,
  driveScreens,
  driveChoices,
  driveWorkflows,
  drivePermissionSchemes,
  driveVersionTwo,
  driveAgile,
  driveDeletedWorkflow,
];

const [host, email, apiToken] = process.argv.slice(2);
const driver = createDriver({ host, email, apiToken });
for (const drive of DRIVES) await driver.attempt(drive.name, () => drive(driver));
process.stdout.write(`${JSON.stringify(driver.failures)}\n`);
process.exit(0);
