/** Properties of issues on Data Center: as on Cloud, and webhooks tell of them. */
import { issueOf } from '../../jira/access';
import { type Call, type Route, route } from '../../jira/router';
import { cloudRoute } from '../adopted-routes';

const PATH = 'issue/{issueIdOrKey}/properties/{propertyKey}';

export const serverPropertyRoutes: readonly Route[] = [
  route(`PUT /rest/api/2/${PATH}`, (call) => {
    const reply = cloudRoute(`PUT /rest/api/3/${PATH}`).run(call);
    tell(call, 'set', { key: call.params['propertyKey'], value: call.body });
    return reply;
  }),
  route(`DELETE /rest/api/2/${PATH}`, (call) => {
    const reply = cloudRoute(`DELETE /rest/api/3/${PATH}`).run(call);
    tell(call, 'deleted', { key: call.params['propertyKey'] });
    return reply;
  }),
];

/** An event of this site's own; Cloud has none for properties. */
function tell(call: Call, verb: 'set' | 'deleted', property: Record<string, unknown>): void {
  const { id, key } = issueOf(call, call.params['issueIdOrKey'] ?? '');
  call.emit(`dc:jira:${verb}:issue_property`, { issue: { id, key }, property });
}
