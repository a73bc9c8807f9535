/** Where real Jira is known to differ from its own document; reviewed data, at most twelve, each with its evidence. */

export interface Waiver {
  id: string;
  /** Files of the contract folder that are patched, each in the same way. */
  documents: readonly string[];
  patches: readonly Patch[];
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
  | { kind: 'optionalBody'; operation: string }
  /** Query parameters described as a class without properties are texts. */
  | { kind: 'textParameters' }
  /** The schema stands for any value. */
  | { kind: 'any'; schema: string }
  /** The schema no longer refuses properties which only its parts name. */
  | { kind: 'open'; schema: string }
  | { kind: 'notRequired'; schema: string; property: string }
  /** For recorded shapes: the place may differ from the recordings. */
  | { kind: 'shape'; entity: string; place: string };

/** One mark for each patch of a waiver, in order: every one has to be needed, or the waiver is not used. */
export function marksOf({ id, patches }: Waiver): string[] {
  return patches.map((_patch, position) => `${id}#${position}`);
}

/** Whether every patch of the waiver admitted something. */
export function isUsed(waiver: Waiver, used: ReadonlySet<string>): boolean {
  return marksOf(waiver).every((mark) => used.has(mark));
}

const CLOUD = 'jira-cloud-v3.json';
const SOFTWARE = 'jira-software-agile-1.0.json';
export const SHAPES = 'recorded-shapes.json';

export const WAIVERS: readonly Waiver[] = [
  {
    id: 'changelog-null',
    documents: [CLOUD, SOFTWARE],
    patches: [
      {
        kind: 'nullable',
        schema: 'ChangeDetails',
        properties: ['from', 'fromString', 'to', 'toString'],
      },
    ],
    reason: 'The document says string; Jira writes null for what was or becomes empty.',
    evidence:
      "jira.md 2.3: 131 of 279 recorded changelog pages; recorded 'changelog entry (Cloud)': from null 593 of 2040",
  },
  {
    id: 'changelog-account-ids',
    documents: [CLOUD, SOFTWARE],
    patches: [
      {
        kind: 'extra',
        schema: 'ChangeDetails',
        properties: {
          tmpFromAccountId: { type: 'string', nullable: true },
          tmpToAccountId: { type: 'string', nullable: true },
        },
      },
    ],
    reason: 'Items of assignee and reporter carry both account ids, which the document does not know.',
    evidence: "jira.md 5 Changelog; recorded 'changelog entry (Cloud)': 7 items",
  },
  {
    id: 'untranslated-name',
    documents: [CLOUD],
    patches: [
      { kind: 'extra', schema: 'FieldDetails', properties: { untranslatedName: { type: 'string' } } },
      { kind: 'extra', schema: 'IssueTypeDetails', properties: { untranslatedName: { type: 'string' } } },
    ],
    reason: 'Every custom field and every issue type has it; the document does not know it.',
    evidence: "jira.md 2.3; recorded 'field': 147 of 147 custom fields, 'issuetype': 20 of 20",
  },
  {
    id: 'default-locale',
    documents: [CLOUD],
    patches: [
      {
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
    ],
    reason: 'GET /serverInfo says the default locale; the document does not know it.',
    evidence: "jira.md 2.3; recorded 'serverInfo': 2 of 2",
  },
  {
    id: 'search-gone',
    documents: [CLOUD],
    patches: [
      { kind: 'status', operation: 'GET /rest/api/3/search', status: 410 },
      { kind: 'status', operation: 'POST /rest/api/3/search', status: 410 },
    ],
    reason: 'The document still lists the old search as being removed; it has been, and answers 410.',
    evidence: 'jira.md 1: the old /search is deprecated, "being removed"; /search/jql took its place',
  },
  {
    id: 'expand-repeated',
    documents: [CLOUD],
    patches: [{ kind: 'repeatable', operation: 'GET /rest/api/3/issue/{issueIdOrKey}', name: 'expand' }],
    reason: 'The document says one text; Jira also reads the parameter repeated.',
    evidence: 'jira.md 4: jira.js 6.2.0, whose calls its authors run against a live Jira, repeats it',
  },
  {
    id: 'any-json',
    documents: [CLOUD],
    patches: [{ kind: 'any', schema: 'JsonNode' }],
    reason: 'Values of properties are any JSON; the document describes the Java class that held them.',
    evidence: 'the example of POST /issue/properties/multi: {"owner": "admin", "weight": 100}',
  },
  {
    id: 'nothing-could-fit',
    documents: [CLOUD],
    patches: [
      { kind: 'open', schema: 'WorkflowCondition' },
      { kind: 'notRequired', schema: 'IssueBulkMovePayload', property: 'targetToMultipleSourceMapping' },
      { kind: 'notRequired', schema: 'targetToSourcesMapping', property: 'issueIdOrKeys' },
    ],
    reason:
      'A condition is closed before its alternatives are read, a move requires two properties that are not allowed: no value fits.',
    evidence: 'the examples of GET /workflow/search (conditionsTree) and POST /bulk/issues/move',
  },
  {
    id: 'said-but-not-in-the-schema',
    documents: [CLOUD],
    patches: [
      {
        kind: 'extra',
        schema: 'Field',
        properties: {
          trashedDate: { type: 'string', format: 'date-time' },
          trashedBy: { allOf: [{ $ref: '#/components/schemas/User' }] },
          plannedDeletionDate: { type: 'string', format: 'date-time' },
        },
      },
      {
        kind: 'extra',
        schema: 'IssueTypeScheme',
        properties: { projects: { allOf: [{ $ref: '#/components/schemas/PageBeanProjectDetails' }] } },
      },
      {
        kind: 'extra',
        schema: 'IssueTypeScreenScheme',
        properties: { projects: { allOf: [{ $ref: '#/components/schemas/PageBeanProjectDetails' }] } },
      },
      { kind: 'nullable', schema: 'ContextForProjectAndIssueType', properties: ['contextId'] },
    ],
    reason: 'Texts and examples of four operations show what their schemas leave out.',
    evidence:
      'examples of GET /field/search/trashed, GET /issuetypescheme and GET /issuetypescreenscheme (expand=projects); POST /field/{fieldId}/context/mapping: "the returned custom field context ID is `null`"',
  },
  {
    id: 'watch-it-oneself',
    documents: [CLOUD],
    patches: [{ kind: 'optionalBody', operation: 'POST /rest/api/3/issue/{issueIdOrKey}/watchers' }],
    reason: 'The document requires a body and says what happens without one.',
    evidence: 'the text of the operation: "If no user is specified the calling user is added."',
  },
  {
    id: 'lists-of-texts',
    documents: [SOFTWARE],
    patches: [{ kind: 'textParameters' }],
    reason:
      'Lists in queries (fields, type, state) are texts; the document describes the Java class that held them.',
    evidence:
      'its own texts: "e.g. state=active,closed" and "Valid values: scrum, kanban, simple"; jira.js 6.2.0 sends texts',
  },
  {
    id: 'too-few-recordings',
    documents: [SHAPES],
    patches: [
      { kind: 'shape', entity: 'issue fields', place: 'fixVersions[].releaseDate' },
      { kind: 'shape', entity: 'changelog entry', place: 'items[].tmpToAccountId' },
    ],
    reason:
      'All versions of one source were dated; a version without a date has no such key. No recorded change takes the assignee away; nobody is written as null, as in tmpFromAccountId.',
    evidence:
      "recorded 'issue (v3, Cloud)': none of 32 versions under 'Fix versions' has the date; recorded 'changelog entry (Cloud)': tmpFromAccountId null in 7 of 7 changes from nobody",
  },
];
