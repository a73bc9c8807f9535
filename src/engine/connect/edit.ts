/** Edit: name and description are this site's own business. */
import type { Ports } from '../ports/ports';
import { updateConnection } from '../update-connection';
import { checkName } from './invite';
import { requireConnection } from './require-connection';

export async function edit(
  ports: Ports,
  request: { id: string; name: string; description: string },
): Promise<void> {
  await requireConnection(ports, request.id);
  const name = checkName(request.name);
  await updateConnection(ports, request.id, (row) => ({ ...row, name, description: request.description }));
}
