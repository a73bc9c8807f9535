/** Categories that group projects. */
import { z } from 'zod';
import { demandAdmin } from '../access';
import { bodyAs, onlyAnswered } from '../admin/read-body';
import type { CategoryRow } from '../admin/rows';
import { refuse, refuseFields } from '../problem';
import { type Call, created, NO_CONTENT, ok, type Reply, type Route, route } from '../router';
import { renderCategory } from '../views/project';
import { requireUser } from '../world';

export const categoryRoutes: readonly Route[] = [
  route('GET /rest/api/3/projectCategory', (call) => {
    requireUser(call);
    return ok(call.store.categories.all().map((row) => renderCategory(call, row.id)));
  }),
  route('POST /rest/api/3/projectCategory', createCategory),
  route('GET /rest/api/3/projectCategory/{id}', (call) => ok(renderCategory(call, categoryAt(call).id))),
  route('PUT /rest/api/3/projectCategory/{id}', updateCategory),
  route('DELETE /rest/api/3/projectCategory/{id}', deleteCategory),
];

function categoryAt(call: Call): CategoryRow {
  const row = call.store.categories.get(call.params['id']);
  if (row === undefined)
    throw refuse(404, `The project category with id '${call.params['id']}' does not exist.`);
  return row;
}

const Body = z.strictObject({
  name: z.string().max(255).optional(),
  description: z.string().max(1000).optional(),
  ...onlyAnswered('id', 'self'),
});

function demandFreeName(call: Call, name: string, exceptId?: string): void {
  const twin = call.store.categories
    .all()
    .find((row) => row.name.toLowerCase() === name.toLowerCase() && row.id !== exceptId);
  if (twin !== undefined) throw refuse(409, `The project category '${name}' already exists.`);
}

function createCategory(call: Call): Reply {
  demandAdmin(call);
  const body = bodyAs(call, Body);
  const name = body.name?.trim() ?? '';
  if (name === '') throw refuseFields({ name: 'The name of the category must be given.' });
  demandFreeName(call, name);
  const id = call.store.nextId('category');
  call.store.categories.put({ id, name, description: body.description ?? '' });
  return created(renderCategory(call, id));
}

function updateCategory(call: Call): Reply {
  demandAdmin(call);
  const category = categoryAt(call);
  const body = bodyAs(call, Body);
  const name = body.name?.trim() ?? category.name;
  if (name === '') throw refuseFields({ name: 'The name of the category must be given.' });
  demandFreeName(call, name, category.id);
  const description = body.description ?? category.description;
  call.store.categories.put({ ...category, name, description });
  return ok(renderCategory(call, category.id));
}

function deleteCategory(call: Call): Reply {
  demandAdmin(call);
  const category = categoryAt(call);
  for (const { categoryId, ...project } of call.store.projects.all()) {
    if (categoryId === category.id) call.store.projects.put(project);
  }
  call.store.categories.remove(category.id);
  return NO_CONTENT;
}
