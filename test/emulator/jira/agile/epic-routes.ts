/** Epics: reading, changing, ranking, and moving issues in and out. */
import { z } from 'zod';
import { demand } from '../access';
import { bodyAs } from '../admin/read-body';
import type { IssueRow } from '../entities';
import { valueItems } from '../issues/change-items';
import { commitIssue, withValues } from '../issues/commit';
import { refuse } from '../problem';
import { type Call, NO_CONTENT, ok, type Reply, type Route, route } from '../router';
import { epicById, namedIssues } from './find';
import { demandAll, each, ranker, setEpic } from './move';
import { IssuesBody } from './move-body';
import { renderEpic } from './views';

export const epicRoutes: readonly Route[] = [
  route('GET /rest/agile/1.0/epic/{epicIdOrKey}', (call) => ok(renderEpic(call, epicAt(call)))),
  route('POST /rest/agile/1.0/epic/{epicIdOrKey}', updateEpic),
  route('PUT /rest/agile/1.0/epic/{epicIdOrKey}/rank', rankEpic),
  route('POST /rest/agile/1.0/epic/{epicIdOrKey}/issue', (call) => {
    const epic = epicAt(call);
    demandEdit(call, epic);
    return move(call, epic);
  }),
  route('POST /rest/agile/1.0/epic/none/issue', (call) => move(call, undefined)),
];

function epicAt(call: Call): IssueRow {
  return epicById(call, call.params['epicIdOrKey'] ?? '');
}

function demandEdit(call: Call, epic: IssueRow): void {
  demand(call, epic, 'EDIT_ISSUES', 403, 'You do not have permission to edit the epic.');
}

const EpicBody = z.strictObject({
  name: z.string().optional(),
  summary: z.string().optional(),
  color: z
    .strictObject({
      key: z
        .string()
        .regex(/^color_([1-9]|1[0-4])$/)
        .optional(),
    })
    .optional(),
  done: z.boolean().optional(),
});

function updateEpic(call: Call): Reply {
  const { name, summary, color, done } = bodyAs(call, EpicBody);
  const epic = epicAt(call);
  demandEdit(call, epic);
  if (name?.trim() === '') throw refuse(400, 'The epic name must not be empty.');
  if (summary?.trim() === '') throw refuse(400, 'You must specify a summary of the issue.');
  call.noteIssueWrite(epic);
  call.store.epics.put({
    ...(call.store.epics.get(epic.id) ?? { id: epic.id }),
    ...(name === undefined ? {} : { name: name.trim() }),
    ...(color?.key === undefined ? {} : { color: color.key }),
    ...(done === undefined ? {} : { done }),
  });
  if (summary === undefined) return ok(renderEpic(call, epic));
  const next = withValues(epic, new Map([['summary', summary.trim()]]));
  return ok(renderEpic(call, commitIssue(call, next, valueItems(call, epic, next))));
}

const RankBody = z.strictObject({
  rankBeforeEpic: z.string().optional(),
  rankAfterEpic: z.string().optional(),
  rankCustomFieldId: z.number().int().optional(),
});

function rankEpic(call: Call): Reply {
  const { rankBeforeEpic, rankAfterEpic, rankCustomFieldId } = bodyAs(call, RankBody);
  const epic = epicAt(call);
  for (const other of [rankBeforeEpic, rankAfterEpic]) if (other !== undefined) epicById(call, other);
  const place = { rankBeforeIssue: rankBeforeEpic, rankAfterIssue: rankAfterEpic, rankCustomFieldId };
  const step = ranker(call, [epic], place);
  if (step === undefined) throw refuse(400, 'Either rankBeforeEpic or rankAfterEpic must be given.');
  call.noteIssueWrite(epic);
  step(call, epic);
  return NO_CONTENT;
}

/** All or nothing: the document knows no partial answer here. */
function move(call: Call, epic: IssueRow | undefined): Reply {
  const issues = namedIssues(call, bodyAs(call, IssuesBody).issues ?? []);
  demandAll(
    each(call, issues, (inner, issue) => {
      inner.noteIssueWrite(issue);
      setEpic(inner, issue, epic);
    }),
  );
  return NO_CONTENT;
}
