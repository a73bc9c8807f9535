/** Where real Jira is known to differ from its own document; reviewed data, at most twelve, each with its evidence. */

export interface Waiver {
  id: string;
  /** File of the contract folder that is patched. */
  document: string;
  patch: Patch;
  /** What the document says, what Jira does. */
  reason: string;
  /** The recording or the section which shows it. */
  evidence: string;
}

/** The smallest change of the document that admits the known difference; everything else stays strict. */
export type Patch =
  | { kind: 'nullable'; schema: string; properties: string[] }
  | { kind: 'extra'; schema: string; properties: Record<string, object> }
  | { kind: 'status'; operation: string; status: number }
  | { kind: 'repeatable'; operation: string; name: string }
  /** For recorded shapes: the place may differ from the recordings. */
  | { kind: 'shape'; entity: string; place: string };

const CLOUD = 'jira-cloud-v3.json';
export const SHAPES = 'recorded-shapes.json';

export const WAIVERS: readonly Waiver[] = [
  {
    id: 'changelog-null',
    document: CLOUD,
    patch: {
      kind: 'nullable',
      schema: 'ChangeDetails',
      properties: ['from', 'fromString', 'to', 'toString'],
    },
    reason: 'The document says string; Jira writes null for what was or becomes empty.',
    evidence:
      "jira.md 2.3: 131 of 279 recorded changelog pages; recorded 'changelog entry (Cloud)': from null 593 of 2040",
  },
  {
    id: 'changelog-account-ids',
    document: CLOUD,
    patch: {
      kind: 'extra',
      schema: 'ChangeDetails',
      properties: {
        tmpFromAccountId: { type: 'string', nullable: true },
        tmpToAccountId: { type: 'string', nullable: true },
      },
    },
    reason: 'Items of assignee and reporter carry both account ids, which the document does not know.',
    evidence: "jira.md 5 Changelog; recorded 'changelog entry (Cloud)': 7 items",
  },
  {
    id: 'field-untranslated-name',
    document: CLOUD,
    patch: { kind: 'extra', schema: 'FieldDetails', properties: { untranslatedName: { type: 'string' } } },
    reason: 'Every custom field of GET /field has it; the document does not know it.',
    evidence: "jira.md 2.3; recorded 'field': 147 of 147 custom fields",
  },
  {
    id: 'issue-type-untranslated-name',
    document: CLOUD,
    patch: {
      kind: 'extra',
      schema: 'IssueTypeDetails',
      properties: { untranslatedName: { type: 'string' } },
    },
    reason: 'Every issue type has it; the document does not know it.',
    evidence: "jira.md 2.3; recorded 'issuetype': 20 of 20",
  },
  {
    id: 'default-locale',
    document: CLOUD,
    patch: {
      kind: 'extra',
      schema: 'ServerInformation',
      properties: {
        defaultLocale: {
          type: 'object',
          additionalProperties: false,
          properties: { locale: { type: 'string' } },
        },
      },
    },
    reason: 'GET /serverInfo says the default locale; the document does not know it.',
    evidence: "jira.md 2.3; recorded 'serverInfo': 2 of 2",
  },
  {
    id: 'search-gone',
    document: CLOUD,
    patch: { kind: 'status', operation: 'GET /rest/api/3/search', status: 410 },
    reason: 'The document still lists the old search as being removed; it has been, and answers 410.',
    evidence: 'jira.md 1: the old /search is deprecated, "being removed"; /search/jql took its place',
  },
  {
    id: 'expand-repeated',
    document: CLOUD,
    patch: { kind: 'repeatable', operation: 'GET /rest/api/3/issue/{issueIdOrKey}', name: 'expand' },
    reason: 'The document says one text; Jira also reads the parameter repeated.',
    evidence: 'jira.md 4: jira.js 6.2.0, whose calls its authors run against a live Jira, repeats it',
  },
  {
    id: 'version-without-date',
    document: SHAPES,
    patch: { kind: 'shape', entity: 'issue fields', place: 'fixVersions[].releaseDate' },
    reason: 'All versions of that one source were dated; a version without a date has no such key.',
    evidence: "recorded 'issue (v3, Cloud)': none of 32 versions under 'Fix versions' has it",
  },
  {
    id: 'unassigned-account-id',
    document: SHAPES,
    patch: { kind: 'shape', entity: 'changelog entry', place: 'items[].tmpToAccountId' },
    reason: 'No recorded change takes the assignee away; nobody is written as null, as in tmpFromAccountId.',
    evidence: "recorded 'changelog entry (Cloud)': tmpFromAccountId null in 7 of 7 changes from nobody",
  },
];
