/** Everything that people and their tools do from day to day beside single issues, in one list. */
import { bulkWorkers } from '../daily/bulk-workers';
import type { Route } from '../router';
import type { TaskWorkers } from '../tasks';
import { archiveRoutes, archiveWorkers } from './archive';
import { bulkRoutes } from './bulk';
import { bulkPropertyRoutes, propertyWorkers } from './bulk-properties';
import { issueToolRoutes } from './issue-tools';
import { taskRoutes } from './tasks-routes';

export const dailyRoutes: readonly Route[] = [
  ...taskRoutes,
  ...bulkRoutes,
  ...archiveRoutes,
  ...bulkPropertyRoutes,
  ...issueToolRoutes,
];

/** What the tasks of these routes do. */
export const dailyWorkers: TaskWorkers = { ...bulkWorkers, ...archiveWorkers, ...propertyWorkers };
