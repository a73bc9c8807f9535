/** Jira Cloud's limits as Atlassian documents them (rate-limiting page of 12 August 2026 unless another source is named). */

/** Points per hour of an app over all sites (tier 1, "global pool"); reset at the top of the UTC hour. */
export const POINTS_PER_HOUR = 65_000;
/** `X-RateLimit-NearLimit` is true when less than this share is left. */
export const NEAR_LIMIT_SHARE = 0.2;

/** Requests per second by method, per site and endpoint. */
export const BURST_PER_SECOND: Readonly<Record<string, number>> = {
  GET: 100,
  POST: 100,
  PUT: 50,
  DELETE: 50,
};
export const BURST_OVERRIDES: Readonly<Record<string, number>> = {
  'GET /rest/api/3/issue/{issueIdOrKey}': 150,
  'GET /rest/api/3/issue/{issueIdOrKey}/changelog': 200,
  'GET /rest/api/3/attachment/content/{id}': 300,
  'GET /rest/api/3/user': 150,
  'POST /rest/api/3/search/approximate-count': 150,
};
/** Seconds of traffic that a bucket holds. Atlassian publishes the rate but not the capacity; one second is the strict reading. */
export const BURST_CAPACITY_SECONDS = 1;

/** Writes to one issue: both windows hold at once. */
export const ISSUE_WRITE_WINDOWS: readonly { writes: number; ms: number }[] = [
  { writes: 20, ms: 2_000 },
  { writes: 100, ms: 30_000 },
];

/** Longest summary; the error text speaks of "less than 255", real sites accept 255 characters. */
export const SUMMARY_CHARACTERS = 255;
/**
 * `jira.text.field.character.limit`. Number and text are reported by several clients; whether Jira Cloud counts the words or
 * the JSON of a document is not established, so the words are counted, which is what people can check.
 */
export const LONG_TEXT_CHARACTERS = 32_767;
/** Longest text of a short text field and of a label. */
export const SHORT_TEXT_CHARACTERS = 255;
/** Bytes of one entity property and characters of its key. */
export const PROPERTY_BYTES = 32_768;
export const PROPERTY_KEY_CHARACTERS = 255;

export const BULK_CREATE_ISSUES = 50;
export const BULK_FETCH_ISSUES = 100;
export const BULK_FETCH_PROPERTIES = 5;
export const SEARCH_PROPERTIES = 5;
export const SEARCH_DEFAULT_RESULTS = 50;
export const SEARCH_MAX_RESULTS = 5_000;
/** Issues of a search page when fields beyond id and key are asked for. */
export const SEARCH_MAX_RESULTS_WITH_FIELDS = 100;
export const RECONCILE_ISSUES = 50;
export const CHANGELOG_BULK_ISSUES = 1_000;
export const CHANGELOG_BULK_FIELDS = 10;
export const CHANGELOG_BULK_RESULTS = 10_000;
export const COMMENT_LIST_IDS = 1_000;
/** Per-issue data limits (`GET /issue/limit/report`). */
export const COMMENTS_PER_ISSUE = 5_000;
export const ATTACHMENTS_PER_ISSUE = 2_000;
export const WORKLOGS_PER_ISSUE = 5_000;
export const LINKS_PER_ISSUE = 2_000;
/** What `GET /attachment/meta` reports; the default of new sites. */
export const UPLOAD_LIMIT_BYTES = 1_073_741_824;

/** Bulk operations (`/bulk/issues/...`): issues and fields of one request, and requests under way at once. */
export const BULK_ISSUES = 1_000;
export const BULK_FIELDS = 200;
export const BULK_REQUESTS_AT_ONCE = 5;
/** How long `GET /task` and `GET /bulk/queue` remember. */
export const TASK_KEPT_MS = 14 * 86_400_000;
/** How fast background work goes is not published; these only make it visibly asynchronous. */
export const TASK_START_MS = 300;
export const TASK_STEP_MS = 200;
/** `POST /issue/properties`, `POST /issue/properties/multi`. */
export const BULK_PROPERTIES = 10;
export const BULK_PROPERTY_ISSUES = 10_000;
export const MULTI_PROPERTY_ISSUES = 100;
/** `PUT /issue/archive` and `PUT /issue/unarchive`, `POST /issue/archive`. */
export const ARCHIVE_ISSUES = 1_000;
export const ARCHIVE_ISSUES_BY_JQL = 100_000;
/** From which share on `GET /issue/limit/report` calls an issue near a limit; the document's examples begin at nine tenths. */
export const NEAR_LIMIT_OF_ISSUE = 0.9;
