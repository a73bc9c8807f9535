/** Who gets a new issue that names nobody: what its first component says, else the project. */
import { hasProjectPermission } from '../access';
import type { ComponentRow, ProjectRow } from '../entities';
import type { Session } from '../world';
import type { AssigneeType } from './rows';

/** The nominal and the real assignee of a component's issues. */
export interface ComponentAssignee {
  type: AssigneeType;
  /** Whether the nominal type names somebody (or nobody on purpose). */
  valid: boolean;
  nominalId?: string;
  realType: AssigneeType;
  realId?: string;
}

export function assigneeOfComponent(session: Session, row: ComponentRow): ComponentAssignee {
  const project = session.store.projects.must(row.projectId);
  const type = row.assigneeType ?? 'PROJECT_DEFAULT';
  const byProject = projectDefault(session, project);
  const leadId = type === 'COMPONENT_LEAD' ? row.leadId : project.leadId;
  if (type === 'UNASSIGNED') return { type, valid: true, realType: type };
  if (type === 'PROJECT_DEFAULT') {
    return {
      type,
      valid: true,
      realType: 'PROJECT_DEFAULT',
      ...(byProject === undefined ? {} : { nominalId: byProject, realId: byProject }),
    };
  }
  if (leadId !== undefined && isAssignable(session, project, leadId)) {
    return { type, valid: true, nominalId: leadId, realType: type, realId: leadId };
  }
  return {
    type,
    valid: false,
    realType: 'PROJECT_DEFAULT',
    ...(byProject === undefined ? {} : { realId: byProject }),
  };
}

function projectDefault(session: Session, project: ProjectRow): string | undefined {
  if (project.assigneeType !== 'PROJECT_LEAD') return undefined;
  return isAssignable(session, project, project.leadId) ? project.leadId : undefined;
}

function isAssignable(session: Session, project: ProjectRow, userId: string): boolean {
  return hasProjectPermission(session.store.users.get(userId), project, 'ASSIGNABLE_USER');
}

/** Account of the default assignee of a new issue with these components; undefined for nobody. */
export function defaultAssignee(
  session: Session,
  project: ProjectRow,
  componentIds: unknown,
): string | undefined {
  const ids = Array.isArray(componentIds) ? componentIds.map(String) : [];
  const special = ids
    .map((id) => session.store.components.must(id))
    .find((row) => (row.assigneeType ?? 'PROJECT_DEFAULT') !== 'PROJECT_DEFAULT');
  if (special !== undefined) return assigneeOfComponent(session, special).realId;
  return projectDefault(session, project);
}
