/** The table of deliberate lies, each with the layers that must catch it. */
import { at, type Mutation } from './mutation';

const GONE = () => undefined;
const text = (value: unknown) => String(value);
const number = (value: unknown) => Number(value);
const list = (value: unknown) => [value];

const ISSUE = 'GET /rest/api/3/issue/{issueIdOrKey}';
const CHANGELOG = 'GET /rest/api/3/issue/{issueIdOrKey}/changelog';
const COMMENTS = 'GET /rest/api/3/issue/{issueIdOrKey}/comment';
const WORKLOGS = 'GET /rest/api/3/issue/{issueIdOrKey}/worklog';
const REMOTE_LINKS = 'GET /rest/api/3/issue/{issueIdOrKey}/remotelink';
const SERVER = 'GET /rest/api/3/serverInfo';
const USER = 'GET /rest/api/3/user';
const FIELDS = 'GET /rest/api/3/field';
const TYPES = 'GET /rest/api/3/issuetype';
const STATUSES = 'GET /rest/api/3/status';
const PROJECTS = 'GET /rest/api/3/project/search';

export const MUTATIONS: readonly Mutation[] = [
  {
    name: 'a property is invented',
    operation: SERVER,
    lie: at('edition', () => 'premium'),
    caughtBy: ['a'],
  },
  {
    name: 'a property is invented deep in a list',
    operation: CHANGELOG,
    lie: at('values.[].items.[].reason', () => 'edit'),
    caughtBy: ['a'],
  },
  {
    name: 'an id is a number',
    operation: CHANGELOG,
    lie: at('values.[].id', number),
    caughtBy: ['a', 'b', 'c'],
  },
  {
    name: 'a number is text',
    operation: WORKLOGS,
    lie: at('worklogs.[].timeSpentSeconds', text),
    caughtBy: ['a', 'b', 'c'],
  },
  {
    name: 'a moment has the zone of RFC 3339',
    operation: CHANGELOG,
    lie: at('values.[].created', (moment) => String(moment).replace(/(\d\d)$/, ':$1')),
    caughtBy: ['a', 'c'],
  },
  {
    name: 'a moment in the free map of fields lacks its milliseconds',
    operation: ISSUE,
    lie: at('fields.created', (moment) => String(moment).replace(/\.\d{3}/, '')),
    caughtBy: ['a', 'c'],
  },
  {
    name: 'an object is a list',
    operation: STATUSES,
    lie: at('[].statusCategory', list),
    caughtBy: ['a', 'b', 'c'],
  },
  {
    name: 'null where a text belongs',
    operation: STATUSES,
    lie: at('[].name', () => null),
    caughtBy: ['a', 'b', 'c'],
  },
  {
    name: 'a flag is text',
    operation: PROJECTS,
    lie: at('values.[].simplified', text),
    caughtBy: ['a', 'b', 'c'],
  },
  {
    name: 'a flag is a number',
    operation: FIELDS,
    lie: at('[].custom', Number),
    caughtBy: ['a', 'b', 'c'],
  },
  {
    name: 'null where a flag belongs',
    operation: TYPES,
    lie: at('[].subtask', () => null),
    caughtBy: ['a', 'b', 'c'],
  },
  {
    name: 'a numeric id is text',
    operation: REMOTE_LINKS,
    lie: at('[].id', text),
    caughtBy: ['a', 'b', 'c'],
  },
  {
    name: 'a moment is a number',
    operation: COMMENTS,
    lie: at('comments.[].created', (moment) => Date.parse(String(moment))),
    caughtBy: ['a', 'c'],
  },
  {
    name: 'numbers in a list are texts',
    operation: SERVER,
    lie: at('versionNumbers.[]', text),
    caughtBy: ['a', 'b', 'c'],
  },
  {
    name: 'a user is a list',
    operation: WORKLOGS,
    lie: at('worklogs.[].author', list),
    caughtBy: ['a', 'b', 'c'],
  },
  {
    name: 'a key that always stands is dropped',
    operation: TYPES,
    lie: at('[].hierarchyLevel', GONE),
    caughtBy: ['c'],
  },
  {
    name: 'the author of a change is dropped',
    operation: CHANGELOG,
    lie: at('values.[].author', GONE),
    caughtBy: ['c'],
  },
  {
    name: 'a field that every issue has is dropped',
    operation: ISSUE,
    lie: at('fields.watches', GONE),
    caughtBy: ['c'],
  },
  {
    name: 'the display name of a user is dropped',
    operation: USER,
    lie: at('displayName', GONE),
    caughtBy: ['c'],
  },
  {
    name: 'a status that is not documented',
    operation: SERVER,
    lie: ({ body }) => ({ status: 202, body }),
    caughtBy: ['a'],
  },
  {
    name: 'created is answered as ok',
    operation: 'POST /rest/api/3/issue/{issueIdOrKey}/comment',
    lie: ({ body }) => ({ status: 200, body }),
    caughtBy: ['a'],
  },
  {
    name: 'an edit is answered as accepted',
    operation: 'PUT /rest/api/3/issue/{issueIdOrKey}',
    lie: () => ({ status: 202, body: {} }),
    caughtBy: ['a'],
  },
  {
    name: 'the body is missing',
    operation: 'GET /rest/api/3/issue/{issueIdOrKey}/transitions',
    lie: ({ status }) => ({ status, body: undefined }),
    caughtBy: ['a'],
  },
  {
    name: 'a page is a bare list',
    operation: PROJECTS,
    lie: ({ status, body }) => ({ status, body: (body as { values: unknown }).values }),
    caughtBy: ['a', 'b'],
  },
  {
    name: 'a query parameter that nobody documented is accepted',
    operation: FIELDS,
    swallows: 'page',
    caughtBy: ['a'],
  },
];
