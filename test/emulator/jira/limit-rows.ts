/** What the Jira sites enforce, as rows of the table of all limits. */
import { type LimitRow, limitsFrom } from '../core/limit';
import * as limits from './limits';

const RATES = 'DAC rate-limiting';
const SPEC = "Jira's OpenAPI document";
const PACE = 'semantics-rate-limits.test.ts:';
const SIZES = 'platform-jira-limits.test.ts: %s ›';
const TEXTS = 'semantics-texts.test.ts: refuses %s and leaves no trace ›';
const PER_ISSUE = 'platform-jira-limits.test.ts: an issue has so many %s and no more: 413 ›';
const REPORT = 'GET /issue/limit/report';
const BURST = `${PACE} %s: %i at once, then jira-burst-based until tokens come back`;
const PROPERTY =
  'semantics-attached.test.ts: 32,768 bytes and 255 characters of key are taken, one more is not [doc]';
const PAGE =
  'platform-jira-limits.test.ts: a search page has 50 issues unless asked, 100 with fields and 5000 of ids';

const burstRows = [...Object.entries(limits.BURST_PER_SECOND), ...Object.entries(limits.BURST_OVERRIDES)].map(
  ([what, rate]): LimitRow => [
    `burst of ${what}`,
    rate,
    'per second, site and operation',
    RATES,
    '429 jira-burst-based with Retry-After',
    BURST,
  ],
);

const writeRows = limits.ISSUE_WRITE_WINDOWS.map(
  ({ writes, ms }): LimitRow => [
    `writes to one issue in ${ms / 1000} s`,
    writes,
    'writes',
    RATES,
    '429 jira-per-issue-on-write with Retry-After',
    `${PACE} an issue takes $writes writes in $ms ms and no more`,
  ],
);

const rows: readonly LimitRow[] = [
  [
    'points of an app over all sites',
    limits.POINTS_PER_HOUR,
    'per hour',
    `${RATES}, tier 1`,
    '429 jira-quota-global-based until the full hour',
    `${PACE} one pool for all sites: what the app spends on one is missing on the other`,
  ],
  [
    'points before enforcement',
    limits.POINTS_PER_HOUR,
    'per hour',
    RATES,
    'headers with Beta- only',
    `${PACE} before enforcement: nobody is refused, and the headers say Beta`,
  ],
  [
    'points nearly spent',
    limits.NEAR_LIMIT_SHARE,
    'share left',
    RATES,
    'X-RateLimit-NearLimit: true',
    `${PACE} headers tell what is left; the structured one names it when 80 % is used`,
  ],
  [
    'summary',
    limits.SUMMARY_CHARACTERS,
    'characters',
    'observed',
    '400 by field',
    `${TEXTS} a summary of 256`,
  ],
  [
    'long text',
    limits.LONG_TEXT_CHARACTERS,
    'characters',
    'observed',
    '400 by field',
    'semantics-texts.test.ts: a summary of 255 characters and a text of 32,767 are taken',
  ],
  ['value of an issue property', limits.PROPERTY_BYTES, 'bytes', SPEC, '400', PROPERTY],
  ['key of an issue property', limits.PROPERTY_KEY_CHARACTERS, 'characters', SPEC, '400', PROPERTY],
  [
    'issues created at once',
    limits.BULK_CREATE_ISSUES,
    'issues',
    SPEC,
    '400',
    `${SIZES} issues created at once`,
  ],
  [
    'issues fetched at once',
    limits.BULK_FETCH_ISSUES,
    'issues',
    SPEC,
    '400',
    `${SIZES} issues fetched at once`,
  ],
  [
    'properties fetched with issues',
    limits.BULK_FETCH_PROPERTIES,
    'properties',
    SPEC,
    '400',
    `${SIZES} properties fetched with issues`,
  ],
  [
    'properties of a search',
    limits.SEARCH_PROPERTIES,
    'properties',
    SPEC,
    '400',
    `${SIZES} properties of a search`,
  ],
  [
    'search page, unless asked',
    limits.SEARCH_DEFAULT_RESULTS,
    'issues',
    SPEC,
    'the rest is on the next page',
    PAGE,
  ],
  ['search page of ids', limits.SEARCH_MAX_RESULTS, 'issues', SPEC, 'the rest is on the next page', PAGE],
  [
    'search page with fields',
    limits.SEARCH_MAX_RESULTS_WITH_FIELDS,
    'issues',
    'observed',
    'the rest is on the next page',
    PAGE,
  ],
  [
    'reconciled issues',
    limits.RECONCILE_ISSUES,
    'issues',
    SPEC,
    '400',
    'semantics-search.test.ts: at most 50 issues are reconciled and at most 7 fields sorted by [spec]',
  ],
  [
    'issues of a bulk changelog',
    limits.CHANGELOG_BULK_ISSUES,
    'issues',
    SPEC,
    '400',
    `${SIZES} issues of a bulk changelog`,
  ],
  [
    'fields of a bulk changelog',
    limits.CHANGELOG_BULK_FIELDS,
    'fields',
    SPEC,
    '400',
    `${SIZES} fields of a bulk changelog`,
  ],
  [
    'comments asked for by id',
    limits.COMMENT_LIST_IDS,
    'ids',
    SPEC,
    '400',
    `${SIZES} comments asked for by id`,
  ],
  ['comments of an issue', limits.COMMENTS_PER_ISSUE, 'comments', REPORT, '413', `${PER_ISSUE} comments`],
  ['worklogs of an issue', limits.WORKLOGS_PER_ISSUE, 'worklogs', REPORT, '413', `${PER_ISSUE} worklogs`],
  [
    'attachments of an issue',
    limits.ATTACHMENTS_PER_ISSUE,
    'attachments',
    REPORT,
    '413',
    `${PER_ISSUE} attachments`,
  ],
  ['links of an issue', limits.LINKS_PER_ISSUE, 'links', REPORT, '413', `${PER_ISSUE} issue links`],
  [
    'issues of a bulk operation',
    limits.BULK_ISSUES,
    'issues',
    SPEC,
    '400',
    `${SIZES} issues of a bulk operation`,
  ],
  ['fields of a bulk edit', limits.BULK_FIELDS, 'fields', SPEC, '400', `${SIZES} fields of a bulk edit`],
  [
    'bulk operations under way',
    limits.BULK_REQUESTS_AT_ONCE,
    'operations',
    SPEC,
    '400',
    'jira-daily-bulk.test.ts: a task is enqueued, runs and can be cancelled; at most five run at once',
  ],
  [
    'tasks remembered',
    limits.TASK_KEPT_MS,
    'ms',
    SPEC,
    '404',
    'jira-daily-bulk.test.ts: a task is enqueued, runs and can be cancelled; at most five run at once',
  ],
  [
    'properties set in bulk',
    limits.BULK_PROPERTIES,
    'properties',
    SPEC,
    '400',
    `${SIZES} properties set in bulk`,
  ],
  [
    'issues of a bulk property',
    limits.BULK_PROPERTY_ISSUES,
    'issues',
    SPEC,
    '400',
    `${SIZES} issues of a bulk property`,
  ],
  [
    'issues of several properties',
    limits.MULTI_PROPERTY_ISSUES,
    'issues',
    SPEC,
    '400',
    `${SIZES} issues of several properties`,
  ],
  [
    'issues archived by name',
    limits.ARCHIVE_ISSUES,
    'issues',
    SPEC,
    '412 after the first thousand',
    'platform-jira-limits.test.ts: of more than 1000 named issues the first 1000 are archived: 412',
  ],
  [
    'issues archived by a query',
    limits.ARCHIVE_ISSUES_BY_JQL,
    'issues',
    SPEC,
    '400',
    'platform-jira-limits.test.ts: 100,000 issues are archived by one query, not one more',
  ],
];

/** Pace, sizes and numbers. */
export const JIRA_LIMIT_ROWS = limitsFrom([...burstRows, ...writeRows, ...rows]);
