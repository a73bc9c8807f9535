/** Operations of Data Center that work as on Cloud: the same code, which asks the site for its flavour where they differ. */

import { CLOUD_ROUTES } from '../jira/create-cloud-site';
import type { Call, Reply, Route } from '../jira/router';

const CLOUD: ReadonlyMap<string, Route> = new Map(CLOUD_ROUTES.map((entry) => [entry.operation, entry]));

/** The Cloud operation of version 3; the emulator does not start without it. */
export function cloudRoute(operation: string): Route {
  const found = CLOUD.get(operation);
  if (found === undefined) throw new Error(`Data Center takes over ${operation}, which Cloud no longer has`);
  return found;
}

interface AdoptOptions {
  /** What is missing; absent: nothing. */
  note?: string;
  /** Visitors may ask. */
  open?: boolean;
  /** Puts a request into Cloud's words. */
  before?: (call: Call) => Call;
  /** Puts one object of the answer into Data Center's words. */
  after?: (row: Record<string, unknown>) => Record<string, unknown>;
}

function reworded(reply: Reply, after: NonNullable<AdoptOptions['after']>): Reply {
  if (Array.isArray(reply.json)) return { ...reply, json: reply.json.map((row) => after(row)) };
  return reply.json === undefined ? reply : { ...reply, json: after(reply.json as Record<string, unknown>) };
}

/** The same operation as version 2. `note` says what is missing; visitors may ask where `open` is set. */
export function adopt(path: string, options: AdoptOptions = {}): Route {
  const space = path.indexOf(' ');
  const cloud = cloudRoute(`${path.slice(0, space)} /rest/api/3${path.slice(space + 1)}`);
  const { before = (call: Call) => call, after } = options;
  return {
    operation: `${path.slice(0, space)} /rest/api/2${path.slice(space + 1)}`,
    run: (call) => {
      const reply = cloud.run(before(call));
      return after === undefined ? reply : reworded(reply, after);
    },
    level: options.note === undefined ? 'full' : 'partial',
    note: options.note ?? '',
    ...(options.open === true ? { open: true } : {}),
  };
}

const READ = { open: true } as const;

/** Everything about issues that needs no form of its own. */
export const adoptedRoutes: readonly Route[] = [
  adopt('POST /issue'),
  adopt('POST /issue/bulk'),
  adopt('GET /issue/{issueIdOrKey}', {
    ...READ,
    note: 'renderedFields has texts only; versionedRepresentations and operations are empty',
  }),
  adopt('PUT /issue/{issueIdOrKey}', { before: withoutQuery('returnIssue', 'overrideScreenSecurity') }),
  adopt('DELETE /issue/{issueIdOrKey}'),
  adopt('GET /issue/{issueIdOrKey}/editmeta', READ),
  adopt('GET /issue/{issueIdOrKey}/transitions', READ),
  adopt('POST /issue/{issueIdOrKey}/transitions'),
  adopt('GET /issue/{issueIdOrKey}/comment', READ),
  adopt('POST /issue/{issueIdOrKey}/comment'),
  adopt('GET /issue/{issueIdOrKey}/comment/{id}', READ),
  adopt('PUT /issue/{issueIdOrKey}/comment/{id}'),
  adopt('DELETE /issue/{issueIdOrKey}/comment/{id}'),
  adopt('POST /issue/{issueIdOrKey}/worklog'),
  adopt('GET /issue/{issueIdOrKey}/worklog/{id}', READ),
  adopt('PUT /issue/{issueIdOrKey}/worklog/{id}'),
  adopt('DELETE /issue/{issueIdOrKey}/worklog/{id}'),
  adopt('POST /worklog/list', READ),
  adopt('POST /issueLink'),
  adopt('GET /issueLink/{linkId}', READ),
  adopt('DELETE /issueLink/{linkId}'),
  adopt('GET /issueLinkType', READ),
  adopt('GET /issueLinkType/{issueLinkTypeId}', READ),
  adopt('GET /issue/{issueIdOrKey}/remotelink', READ),
  adopt('GET /issue/{issueIdOrKey}/remotelink/{linkId}', READ),
  adopt('PUT /issue/{issueIdOrKey}/remotelink/{linkId}'),
  adopt('DELETE /issue/{issueIdOrKey}/remotelink/{linkId}'),
  adopt('DELETE /issue/{issueIdOrKey}/remotelink'),
  adopt('GET /issue/{issueIdOrKey}/votes', READ),
  adopt('DELETE /issue/{issueIdOrKey}/votes'),
  adopt('GET /issue/{issueIdOrKey}/watchers', READ),
  adopt('GET /attachment/meta', READ),
  adopt('DELETE /attachment/{id}'),
  adopt('POST /issue/{issueIdOrKey}/attachments'),
  adopt('GET /issue/{issueIdOrKey}/properties', READ),
  adopt('GET /issue/{issueIdOrKey}/properties/{propertyKey}', READ),
  adopt('GET /comment/{commentId}/properties', READ),
  adopt('GET /comment/{commentId}/properties/{propertyKey}', READ),
  adopt('PUT /comment/{commentId}/properties/{propertyKey}'),
  adopt('DELETE /comment/{commentId}/properties/{propertyKey}'),
  adopt('GET /project/{projectIdOrKey}/properties', READ),
  adopt('GET /project/{projectIdOrKey}/properties/{propertyKey}', READ),
  adopt('PUT /project/{projectIdOrKey}/properties/{propertyKey}'),
  adopt('DELETE /project/{projectIdOrKey}/properties/{propertyKey}'),
  adopt('GET /project/{projectIdOrKey}/statuses', READ),
  adopt('GET /project/{projectIdOrKey}/role', READ),
  adopt('GET /configuration', READ),
  adopt('GET /permissions'),
  adopt('GET /statuscategory', READ),
];

/** Query parameters that Data Center does not know are no switches there. */
function withoutQuery(...names: readonly string[]): (call: Call) => Call {
  return (call) => {
    const query = new URLSearchParams(call.query);
    for (const name of names) query.delete(name);
    return { ...call, query };
  };
}
