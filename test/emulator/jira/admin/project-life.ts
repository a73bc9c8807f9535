/** Project keys and names, archiving, the recycle bin and deletion for good. */
import type { ProjectRow } from '../entities';
import { removeIssue } from '../issues/edit-issue';
import type { Call } from '../router';
import type { Store } from '../store';

/** Longest key and name that a new site allows. */
const KEY_CHARACTERS = 10;
const NAME_CHARACTERS = 80;

/** What is wrong with a project key; undefined when it can be given. */
export function keyProblem(store: Store, key: string | null | undefined): string | undefined {
  if (key === null || key === undefined || key === '') return 'You must specify a valid project key.';
  if (key.length < 2) return 'Project keys must be at least 2 characters in length.';
  if (key.length > KEY_CHARACTERS)
    return `The project key must not exceed ${KEY_CHARACTERS} characters in length.`;
  if (!/^[A-Z][A-Z0-9_]+$/.test(key))
    return 'Project keys must start with an uppercase letter, followed by one or more uppercase alphanumeric characters.';
  const owner = store.projects.by('key', key)[0];
  if (owner === undefined) return undefined;
  return owner.key === key
    ? `Project '${owner.name}' uses this project key.`
    : `Project '${owner.name}' used this project key before.`;
}

/** What is wrong with a project name; undefined when it can be given. */
export function nameProblem(store: Store, name: string | undefined, exceptId?: string): string | undefined {
  if (name === undefined || name.trim() === '') return 'You must specify a valid project name.';
  if (name.length > NAME_CHARACTERS)
    return `The project name must not exceed ${NAME_CHARACTERS} characters in length.`;
  const twin = store.projects
    .all()
    .find((row) => row.name.toLowerCase() === name.toLowerCase() && row.id !== exceptId);
  return twin === undefined ? undefined : 'A project with that name already exists.';
}

/** Gives the project another key: its issues move along, the old keys still lead to them. */
export function withKey(store: Store, project: ProjectRow, key: string): ProjectRow {
  for (const issue of store.issues.by('project', project.id)) {
    const next = issue.key.replace(/^.*-/, `${key}-`);
    const formerKeys = [...issue.formerKeys, issue.key].filter((former) => former !== next);
    store.issues.put({ ...issue, key: next, formerKeys });
  }
  const former = [...(project.formerKeys ?? []), project.key].filter((old) => old !== key);
  return { ...project, key, formerKeys: former };
}

/** Removes the project with everything in it. Only the project itself makes an event. */
export function removeProject(call: Call, project: ProjectRow): void {
  const { store } = call;
  for (const issue of store.issues.by('project', project.id)) removeIssue(call, issue);
  for (const row of store.versions.by('project', project.id)) store.versions.remove(row.id);
  for (const row of store.components.by('project', project.id)) store.components.remove(row.id);
  for (const row of store.contexts.all()) {
    if (!row.projectIds.includes(project.id)) continue;
    const projectIds = row.projectIds.filter((id) => id !== project.id);
    // A context that was only for this project must not become one for all.
    if (projectIds.length === 0) store.contexts.remove(row.id);
    else store.contexts.put({ ...row, projectIds });
  }
  store.projects.remove(project.id);
}

/** A product event about a project. */
export function emitProject(call: Call, verb: string, project: ProjectRow): void {
  call.emit(`avi:jira:${verb}:project`, {
    project: {
      id: project.id,
      key: project.key,
      name: project.name,
      projectTypeKey: project.typeKey,
      simplified: false,
    },
  });
}
