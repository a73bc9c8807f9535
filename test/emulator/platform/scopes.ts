/** Which classic scope a Jira REST call needs, after `x-atlassian-oauth2-scopes` of Jira's OpenAPI document. */

interface ScopeRule {
  /** `*` = any method. */
  methods: readonly string[] | '*';
  path: RegExp;
  /** All of these are needed; empty = any app may call it. */
  scopes: readonly string[];
}

const WRITES = ['POST', 'PUT', 'DELETE', 'PATCH'] as const;

/** The first rule that fits decides. Without one: `read:jira-work` for reads, `write:jira-work` for writes. */
const RULES: readonly ScopeRule[] = [
  { methods: '*', path: /^\/(serverInfo|data-policy|permissions\/check|priority\/search)/, scopes: [] },
  { methods: WRITES, path: /^\/(priority|resolution)(\/|$)/, scopes: ['manage:jira-configuration'] },
  // POST only because the question does not fit into an address.
  {
    methods: ['POST'],
    path: /^\/(search|issue\/bulkfetch|issue\/watching|issue\/[^/]+\/changelog\/list|changelog\/bulkfetch|comment\/list|worklog\/list|jql\/(autocompletedata|match|parse)|permissions\/project)/,
    scopes: ['read:jira-work'],
  },
  { methods: ['POST'], path: /^\/expression\//, scopes: ['read:jira-work', 'read:jira-user'] },
  {
    methods: ['GET'],
    path: /^\/(myself|users?(\/|$)|groups\/picker|group(\/bulk)?$|configuration$)/,
    scopes: ['read:jira-user'],
  },
  {
    methods: ['GET'],
    path: /^\/(screens|field\/[^/]+\/(contexts|screens)$|workflow\/search)/,
    scopes: ['manage:jira-project'],
  },
  {
    methods: WRITES,
    path: /^\/(component|version|screens|projectCategory)(\/|$)|^\/project\/[^/]+(\/(archive|avatar|avatar2|features|properties|email|permissionscheme|role)(\/|$)|$)/,
    scopes: ['manage:jira-project'],
  },
  {
    methods: '*',
    path: /^\/(field\/[^/]+\/context|fieldconfiguration|statuses|workflows|workflow\/|workflowscheme|issuetypescheme|issuetypescreenscheme|priorityscheme|notificationscheme|role(\/|$)|permissions$|mypreferences|group\/member|auditing|application-properties|events$)/,
    scopes: ['manage:jira-configuration'],
  },
  {
    methods: WRITES,
    path: /^\/(field|issueLinkType|issuetype|project|permissionscheme|group|user)(\/|$)/,
    scopes: ['manage:jira-configuration'],
  },
  { methods: '*', path: /^\/webhook/, scopes: ['read:jira-work', 'manage:jira-webhook'] },
];

/** The scopes a call needs. `path` begins with `/rest/`; the query does not matter. */
function scopesFor(method: string, path: string): readonly string[] {
  const rest = path.replace(/\?.*$/, '').replace(/^\/rest\/(api\/(2|3|latest)|agile\/1\.0)/, '');
  for (const rule of RULES) {
    if (rule.methods !== '*' && !rule.methods.includes(method)) continue;
    if (rule.path.test(rest)) return rule.scopes;
  }
  return method === 'GET' || method === 'HEAD' ? ['read:jira-work'] : ['write:jira-work'];
}

/** The needed scopes which the manifest does not grant. */
export function missingScopes(granted: ReadonlySet<string>, method: string, path: string): string[] {
  return scopesFor(method, path).filter((scope) => !granted.has(scope));
}
