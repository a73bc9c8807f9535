/** Everything that people and their tools do from day to day beside single issues, in one list. */
import { bulkWorkers } from '../daily/bulk-workers';
import type { Route } from '../router';
import type { TaskWorkers } from '../tasks';
import { bulkRoutes } from './bulk';
import { taskRoutes } from './tasks-routes';

export const dailyRoutes: readonly Route[] = [...taskRoutes, ...bulkRoutes];

/** What the tasks of these routes do. */
export const dailyWorkers: TaskWorkers = { ...bulkWorkers };
