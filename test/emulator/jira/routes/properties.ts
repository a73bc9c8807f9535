/** Entity properties of issues, comments, worklogs, projects and types: raw values under a key. */
import { canBrowseProject, demand, demandAdmin, hasProjectPermission, projectOf } from '../access';
import { checkProperty } from '../issues/commit';
import { refuse } from '../problem';
import { type Call, NO_CONTENT, ok, type Reply, type Route, route } from '../router';
import { selfUrl } from '../world';
import { commentAnywhere } from './activity';
import { issueAt } from './issues';
import { worklogAt } from './worklogs';

type Properties = Readonly<Record<string, unknown>>;

/** Where the properties of a request live and how they are stored back. */
interface Holder {
  path: string;
  properties: Properties;
  /** Throws when the caller may not change them. */
  demandWrite(): void;
  store(next: Properties): void;
}

export const propertyRoutes: readonly Route[] = [
  ...routesFor('/rest/api/3/issue/{issueIdOrKey}/properties', issueHolder),
  ...routesFor('/rest/api/3/comment/{commentId}/properties', commentHolder),
  ...routesFor('/rest/api/3/issue/{issueIdOrKey}/worklog/{worklogId}/properties', worklogHolder),
  ...routesFor('/rest/api/3/project/{projectIdOrKey}/properties', projectHolder),
  ...routesFor('/rest/api/3/issuetype/{issueTypeId}/properties', issueTypeHolder),
];

function routesFor(base: string, holderOf: (call: Call) => Holder): Route[] {
  return [
    route(`GET ${base}`, (call) => {
      const { path, properties } = holderOf(call);
      const keys = Object.keys(properties).map((key) => ({
        self: selfUrl(call, `${path}/${encodeURIComponent(key)}`),
        key,
      }));
      return ok({ keys });
    }),
    route(`GET ${base}/{propertyKey}`, (call) => {
      const { properties } = holderOf(call);
      const key = call.params['propertyKey'] ?? '';
      demandKnown(properties, key);
      call.cost.core(1);
      return ok({ key, value: properties[key] });
    }),
    route(`PUT ${base}/{propertyKey}`, (call) => write(call, holderOf(call))),
    route(`DELETE ${base}/{propertyKey}`, (call) => {
      const holder = holderOf(call);
      holder.demandWrite();
      const key = call.params['propertyKey'] ?? '';
      demandKnown(holder.properties, key);
      const { [key]: _gone, ...rest } = holder.properties;
      holder.store(rest);
      return NO_CONTENT;
    }),
  ];
}

function demandKnown(properties: Properties, key: string): void {
  if (!Object.hasOwn(properties, key)) throw refuse(404, `The property '${key}' does not exist.`);
}

/** 201 the first time, 200 later, both without a body; the value is replaced, never merged. */
function write(call: Call, holder: Holder): Reply {
  holder.demandWrite();
  const key = call.params['propertyKey'] ?? '';
  const isNew = !Object.hasOwn(holder.properties, key);
  holder.store({ ...holder.properties, [key]: checkProperty(key, call.body) });
  return { status: isNew ? 201 : 200 };
}

function issueHolder(call: Call): Holder {
  const issue = issueAt(call);
  return {
    path: `issue/${issue.key}/properties`,
    properties: issue.properties,
    demandWrite() {
      demand(call, issue, 'EDIT_ISSUES', 403, 'You do not have permission to edit the issue.');
      call.noteIssueWrite(issue);
    },
    // A property is no field: `updated` stays and no event is sent.
    store: (properties) => call.store.issues.put({ ...issue, properties }),
  };
}

function commentHolder(call: Call): Holder {
  const comment = commentAnywhere(call, call.params['commentId'] ?? '');
  const issue = call.store.issues.must(comment.issueId);
  return {
    path: `comment/${comment.id}/properties`,
    properties: comment.properties,
    demandWrite() {
      const project = call.store.projects.must(issue.projectId);
      const own =
        comment.authorId === call.me?.id && hasProjectPermission(call.me, project, 'EDIT_OWN_COMMENTS');
      if (!own)
        demand(call, issue, 'EDIT_ALL_COMMENTS', 403, 'You do not have the permission to edit this comment.');
      call.noteIssueWrite(issue);
    },
    store: (properties) => call.store.comments.put({ ...comment, properties }),
  };
}

function worklogHolder(call: Call): Holder {
  const issue = issueAt(call);
  const worklog = worklogAt(call);
  return {
    path: `issue/${issue.id}/worklog/${worklog.id}/properties`,
    properties: worklog.properties ?? {},
    demandWrite() {
      const project = call.store.projects.must(issue.projectId);
      const own =
        worklog.authorId === call.me?.id && hasProjectPermission(call.me, project, 'EDIT_OWN_WORKLOGS');
      if (!own)
        demand(call, issue, 'EDIT_ALL_WORKLOGS', 403, 'You do not have the permission to edit this worklog.');
      call.noteIssueWrite(issue);
    },
    store: (properties) => call.store.worklogs.put({ ...worklog, properties }),
  };
}

function projectHolder(call: Call): Holder {
  const project = projectOf(call, call.params['projectIdOrKey'] ?? '');
  return {
    path: `project/${project.key}/properties`,
    properties: project.properties,
    demandWrite() {
      if (!hasProjectPermission(call.me, project, 'ADMINISTER_PROJECTS')) {
        throw refuse(403, 'You do not have permission to administer the project.');
      }
    },
    store: (properties) => call.store.projects.put({ ...project, properties }),
  };
}

function issueTypeHolder(call: Call): Holder {
  const type = call.store.issueTypes.get(call.params['issueTypeId']);
  const projects = call.store.projects.all().filter((row) => canBrowseProject(call, row));
  const isSeen = call.me?.admin === true || projects.some((row) => row.issueTypeIds.includes(type?.id ?? ''));
  if (type === undefined || !isSeen) throw refuse(404, 'The issue type does not exist.');
  return {
    path: `issuetype/${type.id}/properties`,
    properties: type.properties ?? {},
    demandWrite: () => demandAdmin(call),
    store: (properties) => call.store.issueTypes.put({ ...type, properties }),
  };
}
