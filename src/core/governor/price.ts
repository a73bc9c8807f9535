/** What a request costs in Jira's points: one, and one more for each object that is read; writing reads nothing. */

/** Reading by POST. */
const readingPosts = new Set(['issue/bulkfetch', 'search/jql', 'search/approximate-count']);
/** Objects of a listing whose length nobody knows before. */
const usualListing = 10;
const listings =
  /^(issue\/[^/]+\/(comment|worklog|transitions|changelog)|project\/search|field|status|priority)$/;

export interface Priced {
  method: string;
  /** Behind `/rest/api/3/`, without its query. */
  path: string;
  /** Members of the body that say how much is asked for. */
  body?: { issueIdsOrKeys?: readonly unknown[]; issueUpdates?: readonly unknown[]; maxResults?: number };
}

/** An estimate from the request alone, rather too high than too low. */
export function priceOf({ method, path, body = {} }: Priced): number {
  if (method === 'GET') return 1 + (listings.test(path) ? usualListing : 1);
  if (readingPosts.has(path)) return 1 + (body.issueIdsOrKeys?.length ?? body.maxResults ?? 0);
  // A batch of creations costs as much as its issues one by one.
  return Math.max(1, body.issueUpdates?.length ?? 1);
}
