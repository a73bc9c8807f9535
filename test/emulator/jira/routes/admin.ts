/** Everything that administrators of a site or a project do, in one list. */
import type { Route } from '../router';
import { componentRoutes } from './components';
import { contextRoutes } from './contexts';
import { fieldAdminRoutes } from './field-admin';
import { optionRoutes } from './options';
import { screenSchemeRoutes } from './screen-schemes';
import { screenRoutes } from './screens';
import { versionRoutes } from './versions';

export const adminRoutes: readonly Route[] = [
  ...versionRoutes,
  ...componentRoutes,
  ...screenRoutes,
  ...screenSchemeRoutes,
  ...fieldAdminRoutes,
  ...contextRoutes,
  ...optionRoutes,
];
