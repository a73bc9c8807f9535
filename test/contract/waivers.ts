/** Where real Jira is known to differ from its own document; reviewed data, at most twelve, each with its evidence. */

export interface Waiver {
  id: string;
  /** File of the document that is patched. */
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
  | { kind: 'query'; operation: string; name: string };

const CLOUD = 'jira-cloud-v3.json';

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
];
