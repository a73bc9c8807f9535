/** The site itself: server information, configuration, labels, filters; and what it refuses on purpose. */
import { canSeeIssue } from '../access';
import { refuse } from '../problem';
import { type Call, ok, type Route, route } from '../router';
import { formatMoment } from '../time';
import { siteUrl } from '../world';
import { page } from './read-query';

export const metaRoutes: readonly Route[] = [
  route('GET /rest/api/3/serverInfo', (call) => ok(serverInfo(call)), { open: true }),
  route('GET /rest/api/3/configuration', () =>
    ok({
      votingEnabled: true,
      watchingEnabled: true,
      unassignedIssuesAllowed: true,
      subTasksEnabled: true,
      issueLinkingEnabled: true,
      timeTrackingEnabled: true,
      attachmentsEnabled: true,
      timeTrackingConfiguration: {
        workingHoursPerDay: 8,
        workingDaysPerWeek: 5,
        timeFormat: 'pretty',
        defaultUnit: 'minute',
      },
    }),
  ),
  route('GET /rest/api/3/label', (call) => {
    const labels = new Set<string>();
    for (const issue of call.store.issues.all()) {
      const own = issue.values['labels'];
      if (Array.isArray(own) && canSeeIssue(call, issue)) for (const label of own) labels.add(String(label));
    }
    return ok(page(call, 'label', [...labels].sort(), 1000));
  }),
  route('GET /rest/api/3/filter/favourite', () => ok([]), {
    level: 'partial',
    note: 'no filters are saved here',
  }),
  route(
    'GET /rest/api/3/webhook',
    () => {
      throw refuse(403, 'Only Connect and OAuth 2.0 apps can use this operation.');
    },
    { level: 'refused', note: 'a Forge app listens to product events' },
  ),
  route(
    'POST /rest/api/3/webhook',
    () => {
      throw refuse(403, 'Only Connect and OAuth 2.0 apps can use this operation.');
    },
    { level: 'refused', note: 'a Forge app listens to product events' },
  ),
];

function serverInfo(call: Call): Record<string, unknown> {
  const { buildNumber, timeZone } = call.world.facts;
  return {
    baseUrl: siteUrl(call, ''),
    displayUrl: siteUrl(call, ''),
    displayUrlServicedeskHelpCenter: siteUrl(call, ''),
    displayUrlConfluence: siteUrl(call, ''),
    version: '1001.0.0-SNAPSHOT',
    versionNumbers: [1001, 0, 0],
    deploymentType: 'Cloud',
    buildNumber,
    buildDate: '2026-11-10T09:12:41.000+0000',
    serverTime: formatMoment(call.now, call.timeZone),
    scmInfo: '6f1c2d9a0b7e4c3d8e5f1a2b3c4d5e6f7a8b9c0d',
    serverTitle: 'Jira',
    serverTimeZone: timeZone,
    defaultLocale: { locale: 'en_US' },
  };
}
