/** All operations of a Data Center site. */
import type { Route } from '../jira/router';
import { accessTokenRoutes } from './access-tokens';
import { adoptedRoutes } from './adopted-routes';
import { archiveRoutes, readOnlyWhenArchived } from './routes/archive';
import { serverChoiceRoutes } from './routes/choices';
import { serverFileRoutes } from './routes/files';
import { serverFilterRoutes } from './routes/filters';
import { serverIssueRoutes } from './routes/issues';
import { serverMetaRoutes } from './routes/meta';
import { serverPeopleRoutes } from './routes/people';
import { serverProjectRoutes } from './routes/projects';
import { serverPropertyRoutes } from './routes/properties';
import { serverSearchRoutes } from './routes/search';
import { webhookRoutes } from './webhooks';
import { guardedFromForms } from './xsrf';

export const SERVER_ROUTES: readonly Route[] = guardedFromForms(
  readOnlyWhenArchived([
    ...adoptedRoutes,
    ...serverIssueRoutes,
    ...serverPropertyRoutes,
    ...serverSearchRoutes,
    ...serverPeopleRoutes,
    ...serverProjectRoutes,
    ...serverChoiceRoutes,
    ...serverFileRoutes,
    ...serverFilterRoutes,
    ...serverMetaRoutes,
    ...archiveRoutes,
    ...webhookRoutes,
    ...accessTokenRoutes,
  ]),
);
