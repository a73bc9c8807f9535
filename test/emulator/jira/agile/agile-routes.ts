/** All operations of Jira Software. */
import type { Route } from '../router';
import { boardRoutes } from './board-routes';
import { epicRoutes } from './epic-routes';
import { agileIssueRoutes } from './issue-routes';
import { agileListRoutes, softwareListRoutes } from './list-routes';
import { agilePropertyRoutes } from './property-routes';
import { sprintRoutes } from './sprint-routes';

export const agileRoutes: readonly Route[] = [
  ...boardRoutes,
  ...sprintRoutes,
  ...epicRoutes,
  ...agileIssueRoutes,
  ...agileListRoutes,
  ...softwareListRoutes,
  ...agilePropertyRoutes,
];
