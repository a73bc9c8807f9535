// Addresses: from what Jira and the app say to where the emulator really answers.

/** `https://globex.atlassian.net/browse/X` -> the reachable address of that site; anything else stays as it is. */
export function localAddress(url) {
  for (const [publicUrl, baseUrl] of Object.entries(window.emulator.sites)) {
    if (url === publicUrl || url.startsWith(`${publicUrl}/`)) {
      const local = new URL(url.slice(publicUrl.length) || '/', baseUrl);
      local.hostname = location.hostname;
      return local.href;
    }
  }
  return url;
}

const TARGETS = {
  issue: ({ issueKey }) => `/browse/${encodeURIComponent(issueKey)}`,
  dashboard: () => '/jira/your-work',
  projectSettingsDetails: ({ projectKey }) => `/projects/${encodeURIComponent(projectKey)}/settings`,
  userProfile: ({ accountId }) => `/jira/people/${encodeURIComponent(accountId)}`,
  module({ moduleKey, projectKey, path }) {
    const base = projectKey
      ? `/projects/${encodeURIComponent(projectKey)}/settings/apps/${encodeURIComponent(moduleKey)}`
      : `/jira/settings/apps/${encodeURIComponent(moduleKey)}`;
    return path ? `${base}/${path.replace(/^\//, '')}` : base;
  },
};

/** The path of a `NavigationLocation`. Targets of other products are refused by name. */
export function urlOfTarget(location) {
  if (!Object.hasOwn(TARGETS, location.target)) {
    throw new Error(`The emulator cannot navigate to "${location.target}".`);
  }
  return TARGETS[location.target](location);
}
