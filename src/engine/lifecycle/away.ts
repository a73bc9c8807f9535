/** Tells whether an issue of a pair is out of reach, although it exists: moved to another project, or archived. */
import type { AgreedMapping } from '../pairs/agreement';
import type { IssueRead } from '../ports/site';

/** Undefined: it is where it was. A move to the project of another mapping is a move as well: it would be another twin. */
export function awayReason(
  { binding }: AgreedMapping,
  issue: Pick<IssueRead, 'projectId' | 'archived'>,
): 'moved' | 'archived' | undefined {
  if (issue.projectId !== binding.projectId) return 'moved';
  return issue.archived === true ? 'archived' : undefined;
}
