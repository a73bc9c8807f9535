/** Making, changing, archiving and deleting projects, and checking their names beforehand. */
import { z } from 'zod';
import { demandAdmin, projectOf } from '../access';
import { createProject, typeOfTemplate } from '../admin/create-project';
import { demandProjectAdmin } from '../admin/demand';
import { emitProject, keyProblem, nameProblem, removeProject, withKey } from '../admin/project-life';
import { type WantedSchemes, withSchemes } from '../admin/project-schemes';
import { bodyAs } from '../admin/read-body';
import { boardOfTemplate, makeProjectBoard } from '../agile/project-board';
import type { ProjectRow } from '../entities';
import { refuse, refuseFields } from '../problem';
import { type Call, created, NO_CONTENT, ok, type Reply, type Route, route } from '../router';
import { renderProject } from '../views/project';
import { requireUser, selfUrl } from '../world';
import { askOf } from './projects';

const P = '/rest/api/3/project/{projectIdOrKey}';

export const projectAdminRoutes: readonly Route[] = [
  route('POST /rest/api/3/project', createOne, {
    level: 'partial',
    note: 'templates of company-managed software and business projects',
  }),
  route(`PUT ${P}`, updateProject),
  route(`DELETE ${P}`, deleteProject),
  route(`POST ${P}/archive`, archiveProject),
  route(`POST ${P}/restore`, restoreProject),
  route('GET /rest/api/3/projectvalidate/key', (call) => {
    const problem = keyProblem(call.store, call.query.get('key'));
    return ok({ errorMessages: [], errors: problem === undefined ? {} : { projectKey: problem } });
  }),
  route('GET /rest/api/3/projectvalidate/validProjectKey', (call) => ok(validKey(call))),
  route('GET /rest/api/3/projectvalidate/validProjectName', (call) => ok(validName(call))),
];

/** The given key when it is free, else one made of its letters with a number. */
function validKey(call: Call): string {
  const wanted = call.query.get('key') ?? '';
  if (keyProblem(call.store, wanted) === undefined) return wanted;
  const letters = wanted
    .toUpperCase()
    .replace(/[^A-Z]/g, '')
    .slice(0, 7);
  const stem = letters.length < 2 ? 'KEY' : letters;
  for (let number = 1; number < 1000; number += 1) {
    if (keyProblem(call.store, `${stem}${number}`) === undefined) return `${stem}${number}`;
  }
  return '';
}

function validName(call: Call): string {
  const wanted = call.query.get('name');
  if (wanted === null || wanted.trim() === '') throw refuse(400, "'name' is required.");
  if (nameProblem(call.store, wanted) === undefined) return wanted;
  for (let number = 2; number < 1000; number += 1) {
    const name = `${wanted.slice(0, 75)} ${number}`;
    if (nameProblem(call.store, name) === undefined) return name;
  }
  throw refuse(404, 'A valid project name cannot be generated.');
}

const id = z.number().int().optional();
const common = {
  description: z.string().optional(),
  lead: z.string().optional(),
  leadAccountId: z.string().max(128).optional(),
  url: z.string().optional(),
  assigneeType: z.enum(['PROJECT_LEAD', 'UNASSIGNED']).optional(),
  avatarId: id,
  categoryId: id,
  issueSecurityScheme: id,
  permissionScheme: id,
  notificationScheme: id,
};
const CreateBody = z.strictObject({
  ...common,
  key: z.string(),
  name: z.string(),
  projectTypeKey: z.enum(['software', 'service_desk', 'business']).optional(),
  projectTemplateKey: z.string().optional(),
  issueTypeScheme: id,
  issueTypeScreenScheme: id,
  workflowScheme: id,
  fieldConfigurationScheme: id,
  fieldScheme: id,
});

/** Throws 400 with what is wrong; the record names the property. */
function demandNone(problems: Readonly<Record<string, string | undefined>>): void {
  const errors = Object.entries(problems).filter(([, text]) => text !== undefined);
  if (errors.length > 0) throw refuseFields(Object.fromEntries(errors) as Record<string, string>);
}

function leadProblem(call: Call, leadId: string | undefined): string | undefined {
  if (leadId === undefined) return undefined;
  const user = call.store.users.get(leadId);
  return user?.active === true && user.accountType === 'atlassian'
    ? undefined
    : `The user with account ID '${leadId}' cannot lead the project.`;
}

function urlProblem(url: string | undefined): string | undefined {
  if (url === undefined || url === '' || /^https?:\/\/\S+$/.test(url)) return undefined;
  return 'The URL specified is not valid - it must start with http://';
}

type Common = Pick<
  z.infer<typeof CreateBody>,
  | 'url'
  | 'assigneeType'
  | 'avatarId'
  | 'categoryId'
  | 'issueSecurityScheme'
  | 'permissionScheme'
  | 'notificationScheme'
>;

/** Plain settings of a body; a category that does not exist is 400, `-1` takes the category away. */
function settingsOf(
  call: Call,
  body: Common,
): Pick<ProjectRow, 'url' | 'assigneeType' | 'avatarId' | 'categoryId'> {
  const { url, assigneeType, avatarId, categoryId } = body;
  const category = categoryId === undefined ? undefined : String(categoryId);
  if (category !== undefined && category !== '-1' && call.store.categories.get(category) === undefined)
    throw refuseFields({ categoryId: `The project category with id '${category}' does not exist.` });
  return {
    ...(url === undefined ? {} : { url }),
    ...(assigneeType === undefined ? {} : { assigneeType }),
    ...(avatarId === undefined ? {} : { avatarId }),
    ...(category === undefined || category === '-1' ? {} : { categoryId: category }),
  };
}

function schemesOf(body: Common): WantedSchemes {
  const { issueSecurityScheme, permissionScheme, notificationScheme } = body;
  return {
    ...(issueSecurityScheme === undefined ? {} : { security: String(issueSecurityScheme) }),
    ...(permissionScheme === undefined ? {} : { permission: String(permissionScheme) }),
    ...(notificationScheme === undefined ? {} : { notification: String(notificationScheme) }),
  };
}

function createOne(call: Call): Reply {
  demandAdmin(call);
  const body = bodyAs(call, CreateBody);
  const leadId = body.leadAccountId ?? body.lead;
  if (leadId === undefined) throw refuseFields({ projectLead: 'You must specify a valid project lead.' });
  demandNone({
    projectKey: keyProblem(call.store, body.key),
    projectName: nameProblem(call.store, body.name),
    projectLead: leadProblem(call, leadId),
    projectUrl: urlProblem(body.url),
  });
  if (body.fieldConfigurationScheme !== undefined || body.fieldScheme !== undefined)
    throw refuse(400, 'The emulator knows no field configuration schemes.');
  const { issueTypeScheme, issueTypeScreenScheme, workflowScheme } = body;
  const project = createProject(call, {
    key: body.key,
    name: body.name,
    description: body.description ?? '',
    leadId,
    typeKey: typeOfNew(body.projectTypeKey, body.projectTemplateKey),
    details: settingsOf(call, body),
    schemes: {
      ...(workflowScheme === undefined ? {} : { workflow: String(workflowScheme) }),
      ...(issueTypeScheme === undefined ? {} : { issueType: String(issueTypeScheme) }),
      ...(issueTypeScreenScheme === undefined ? {} : { screen: String(issueTypeScreenScheme) }),
      ...schemesOf(body),
    },
  });
  const board = boardOfTemplate(body.projectTemplateKey);
  if (board !== undefined) makeProjectBoard(call, project, { type: board, ownerId: leadId });
  emitProject(call, 'created', project);
  return created({
    self: selfUrl(call, `project/${project.id}`),
    id: Number(project.id),
    key: project.key,
  });
}

function typeOfNew(
  typeKey: ProjectRow['typeKey'] | undefined,
  template: string | undefined,
): ProjectRow['typeKey'] {
  if (template === undefined) {
    if (typeKey === undefined) throw refuseFields({ projectTypeKey: 'A type or a template must be given.' });
    if (typeKey === 'service_desk')
      throw refuseFields({ projectTypeKey: 'No template of this type is known here.' });
    return typeKey;
  }
  const known = typeOfTemplate(template);
  if (known === undefined)
    throw refuseFields({ projectTemplateKey: `The template '${template}' is not known here.` });
  if (typeKey !== undefined && typeKey !== known)
    throw refuseFields({ projectTemplateKey: 'The template does not belong to the project type.' });
  return known;
}

const UpdateBody = z.strictObject({
  ...common,
  key: z.string().optional(),
  name: z.string().optional(),
  releasedProjectKeys: z.array(z.string()).optional(),
});

function updateProject(call: Call): Reply {
  const project = projectOf(call, call.params['projectIdOrKey'] ?? '');
  demandProjectAdmin(call, project);
  const body = bodyAs(call, UpdateBody);
  const schemes = schemesOf(body);
  const rekeyed = body.key !== undefined && body.key !== project.key;
  // Schemes and the key belong to the site, not to the project's administrators.
  if (rekeyed || Object.keys(schemes).length > 0 || body.releasedProjectKeys !== undefined) demandAdmin(call);
  const leadId = body.leadAccountId ?? body.lead;
  demandNone({
    projectKey:
      rekeyed && !(project.formerKeys ?? []).includes(body.key ?? '')
        ? keyProblem(call.store, body.key)
        : undefined,
    projectName: body.name === undefined ? undefined : nameProblem(call.store, body.name, project.id),
    projectLead: leadProblem(call, leadId),
    projectUrl: urlProblem(body.url),
  });
  const settings = settingsOf(call, body);
  const { categoryId, ...bare } = project;
  const kept = body.categoryId === -1 || categoryId === undefined ? bare : { ...bare, categoryId };
  let next: ProjectRow = {
    ...kept,
    ...settings,
    name: body.name ?? project.name,
    description: body.description ?? project.description,
    leadId: leadId ?? project.leadId,
  };
  next = withSchemes(call.store, next, schemes);
  if (rekeyed && body.key !== undefined) next = withKey(call.store, next, body.key);
  next = releaseKeys(next, body.releasedProjectKeys ?? []);
  call.store.projects.put(next);
  emitProject(call, 'updated', next);
  return ok(renderProject(call, next, askOf(call)));
}

/** Former keys that an administrator gives free for other projects. */
function releaseKeys(project: ProjectRow, keys: readonly string[]): ProjectRow {
  if (keys.length === 0) return project;
  const former = project.formerKeys ?? [];
  const wrong = keys.find((key) => !former.includes(key));
  if (wrong !== undefined) throw refuseFields({ releasedProjectKeys: `'${wrong}' is not a former key.` });
  return { ...project, formerKeys: former.filter((key) => !keys.includes(key)) };
}

/** A project by id or key wherever it is, the recycle bin included; 404 for who does not administer the site. */
export function anyProjectAt(call: Call): ProjectRow {
  const name = call.params['projectIdOrKey'] ?? '';
  const { projects } = call.store;
  const project = /^\d+$/.test(name) ? projects.get(name) : projects.by('key', name.toUpperCase())[0];
  const me = requireUser(call);
  if (project === undefined || (!me.admin && me.accountType !== 'app'))
    throw refuse(404, `No project could be found with ${/^\d+$/.test(name) ? 'id' : 'key'} '${name}'.`);
  return project;
}

/** The project, which can be deleted: archived ones cannot. */
export function projectToDelete(call: Call): ProjectRow {
  const project = anyProjectAt(call);
  if (project.archived) throw refuse(404, 'An archived project cannot be deleted. Restore it first.');
  return project;
}

function deleteProject(call: Call): Reply {
  const project = projectToDelete(call);
  const undo = call.query.get('enableUndo') ?? 'true';
  if (undo !== 'true' && undo !== 'false') throw refuse(400, "Invalid value for 'enableUndo'.");
  if (undo === 'true') {
    if (project.trashed !== undefined) throw refuse(404, 'The project is in the recycle bin already.');
    const trashed = { at: call.now, by: requireUser(call).id };
    call.store.projects.put({ ...project, trashed });
    emitProject(call, 'softdeleted', project);
  } else {
    removeProject(call, project);
    emitProject(call, 'deleted', project);
  }
  return NO_CONTENT;
}

function archiveProject(call: Call): Reply {
  const project = anyProjectAt(call);
  if (project.trashed !== undefined) throw refuse(404, 'A deleted project cannot be archived.');
  if (project.archived) throw refuse(400, 'The project is archived already.');
  const archivedBy = { at: call.now, by: requireUser(call).id };
  call.store.projects.put({ ...project, archived: true, archivedBy });
  emitProject(call, 'archived', project);
  return NO_CONTENT;
}

function restoreProject(call: Call): Reply {
  const project = anyProjectAt(call);
  if (project.trashed === undefined && !project.archived)
    throw refuse(400, 'The project is neither archived nor deleted.');
  const { trashed, archivedBy: _, ...rest } = project;
  const next = call.store.projects.put({ ...rest, archived: false });
  emitProject(call, trashed === undefined ? 'unarchived' : 'restored', next);
  return ok(renderProject(call, next));
}
