/** Everything that administrators of a site or a project do, in one list. */
import type { Route } from '../router';
import { categoryRoutes } from './categories';
import { choiceRoutes } from './choices-admin';
import { componentRoutes } from './components';
import { contextRoutes } from './contexts';
import { fieldAdminRoutes } from './field-admin';
import { issueTypeSchemeRoutes } from './issue-type-schemes';
import { issueTypeRoutes } from './issue-types';
import { linkTypeRoutes } from './link-types';
import { optionRoutes } from './options';
import { permissionSchemeRoutes } from './permission-schemes';
import { projectAdminRoutes } from './project-admin';
import { roleRoutes } from './roles';
import { screenSchemeRoutes } from './screen-schemes';
import { screenRoutes } from './screens';
import { securitySchemeRoutes } from './security-schemes';
import { statusRoutes } from './statuses';
import { versionRoutes } from './versions';
import { workflowSchemeRoutes } from './workflow-schemes';
import { workflowRoutes } from './workflows';

export const adminRoutes: readonly Route[] = [
  ...versionRoutes,
  ...componentRoutes,
  ...screenRoutes,
  ...screenSchemeRoutes,
  ...fieldAdminRoutes,
  ...contextRoutes,
  ...optionRoutes,
  ...projectAdminRoutes,
  ...roleRoutes,
  ...categoryRoutes,
  ...choiceRoutes,
  ...linkTypeRoutes,
  ...issueTypeRoutes,
  ...statusRoutes,
  ...workflowRoutes,
  ...issueTypeSchemeRoutes,
  ...workflowSchemeRoutes,
  ...permissionSchemeRoutes,
  ...securitySchemeRoutes,
];
