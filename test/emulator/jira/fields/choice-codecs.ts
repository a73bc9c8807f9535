/** Fields whose values are chosen from a list: options, priorities, versions, components, security levels, sprints. */

import { canBrowseProject, isInLevel } from '../access';
import { contextFor, optionsIn } from '../admin/contexts';
import { inPlace, versionsOf } from '../admin/places';
import type { OptionRow, SecurityLevelRow } from '../entities';
import {
  renderComponent,
  renderOption,
  renderPriority,
  renderResolution,
  renderSecurityLevel,
  renderSprint,
  renderVersion,
} from '../views/choices';
import type { Session } from '../world';
import { asArray, type Codec, FieldRefusal, type FieldSpot, type Side, stringIn } from './codec';
import { emptySide } from './text-codecs';

const SET = ['set'] as const;
const LIST_OPERATIONS = ['add', 'set', 'remove'] as const;

/** Options of a select field in the context which rules the project and issue type. */
function optionsAt(spot: FieldSpot): OptionRow[] {
  const { store } = spot.session;
  const context = contextFor(store, spot.field.id, spot.project.id, spot.type.id);
  return context === undefined ? [] : optionsIn(store, context);
}

function parseOption(input: unknown, candidates: readonly OptionRow[]): OptionRow {
  if (typeof input !== 'object' || input === null) {
    throw new FieldRefusal("Specify a valid 'id' or 'name' for the field");
  }
  const id = stringIn(input, 'id');
  const value = stringIn(input, 'value');
  if (id === undefined && value !== undefined) {
    const found = candidates.find((option) => option.value === value && !option.disabled);
    if (found === undefined) throw new FieldRefusal(`Option value '${value}' is not valid`);
    return found;
  }
  const found = candidates.find((option) => option.id === id && !option.disabled);
  if (found === undefined) throw new FieldRefusal(`Option id '${id ?? 'null'}' is not valid`);
  return found;
}

function optionText(session: Session, id: unknown): string {
  return session.store.options.get(String(id))?.value ?? '';
}

export const optionCodec: Codec = {
  operations: SET,
  parse(input, spot) {
    if (input === null) return undefined;
    return parseOption(
      input,
      optionsAt(spot).filter((option) => option.parentId === undefined),
    ).id;
  },
  render: (stored, session) => renderOption(session, String(stored)),
  side: (stored, spot, cleared) =>
    stored === undefined
      ? cleared
        ? { id: '', text: '' }
        : emptySide(true, false)
      : { id: String(stored), text: optionText(spot.session, stored) },
  allowed: (spot) =>
    optionsAt(spot)
      .filter((option) => option.parentId === undefined && !option.disabled)
      .map((option) => renderOption(spot.session, option.id)),
};

export const optionsCodec: Codec = {
  ...optionCodec,
  operations: LIST_OPERATIONS,
  parse(input, spot) {
    if (input === null) return undefined;
    const candidates = optionsAt(spot);
    const ids = [...new Set(asArray(input).map((element) => parseOption(element, candidates).id))];
    ids.sort((left, right) => Number(left) - Number(right));
    return ids.length === 0 ? undefined : ids;
  },
  render: (stored, session) => (stored as string[]).map((id) => renderOption(session, id)),
  side(stored, spot, cleared) {
    if (stored === undefined) return cleared ? { id: '', text: '' } : emptySide(true, false);
    const ids = stored as string[];
    return { id: `[${ids.join(', ')}]`, text: ids.map((id) => optionText(spot.session, id)).join(',') };
  },
};

interface Cascade {
  parent: string;
  child?: string;
}

export const cascadeCodec: Codec = {
  operations: SET,
  parse(input, spot): Cascade | undefined {
    if (input === null) return undefined;
    const all = optionsAt(spot);
    const parent = parseOption(
      input,
      all.filter((option) => option.parentId === undefined),
    );
    const inner = (input as { child?: unknown }).child;
    if (inner === undefined || inner === null) return { parent: parent.id };
    const child = parseOption(
      inner,
      all.filter((option) => option.parentId === parent.id),
    );
    return { parent: parent.id, child: child.id };
  },
  render(stored, session) {
    const { parent, child } = stored as Cascade;
    const outer = renderOption(session, parent);
    return child === undefined ? outer : { ...outer, child: renderOption(session, child) };
  },
  side(stored, spot, cleared) {
    if (stored === undefined) return emptySide(true, cleared);
    const { parent, child } = stored as Cascade;
    const outer = `Parent values: ${optionText(spot.session, parent)}(${parent})`;
    const inner = child === undefined ? '' : `Level 1 values: ${optionText(spot.session, child)}(${child})`;
    return { id: null, text: outer + inner };
  },
  allowed(spot) {
    const all = optionsAt(spot).filter((option) => !option.disabled);
    return all
      .filter((option) => option.parentId === undefined)
      .map((option) => {
        const children = all.filter((candidate) => candidate.parentId === option.id);
        const outer = renderOption(spot.session, option.id);
        return { ...outer, children: children.map((child) => renderOption(spot.session, child.id)) };
      });
  },
};

/** The row which a request names by `id` or `name`. */
function pick<R extends { id: string; name: string }>(input: unknown, rows: readonly R[], kind: string): R {
  if (typeof input !== 'object' || input === null) {
    throw new FieldRefusal(`Specify a valid 'id' or 'name' for ${kind}`);
  }
  const id = stringIn(input, 'id');
  const name = stringIn(input, 'name');
  if (id !== undefined) {
    const found = rows.find((row) => row.id === id);
    if (found === undefined) throw new FieldRefusal(`${kind} id '${id}' is not valid`);
    return found;
  }
  const found = rows.find((row) => row.name === name);
  if (found === undefined) throw new FieldRefusal(`${kind} name '${name ?? 'null'}' is not valid`);
  return found;
}

export const priorityCodec: Codec = {
  operations: SET,
  parse(input, spot) {
    // Jira falls back to the default of the project's scheme; an issue always has a priority.
    if (input === null) return spot.project.defaultPriorityId;
    const rows = spot.project.priorityIds.map((id) => spot.session.store.priorities.must(id));
    return pick(input, rows, 'Priority').id;
  },
  render: (stored, session) => renderPriority(session, String(stored)),
  side: (stored, spot) => ({
    id: stored === undefined ? null : String(stored),
    text: spot.session.store.priorities.get(stored as string | undefined)?.name ?? null,
  }),
  allowed: (spot) =>
    inPlace(spot.project.priorityIds.map((id) => spot.session.store.priorities.must(id))).map((row) =>
      renderPriority(spot.session, row.id),
    ),
};

export const resolutionCodec: Codec = {
  operations: SET,
  parse(input, spot) {
    if (input === null) return undefined;
    return pick(input, spot.session.store.resolutions.all(), 'Resolution').id;
  },
  render: (stored, session) => renderResolution(session, String(stored)),
  side: (stored, spot) => ({
    id: stored === undefined ? null : String(stored),
    text: spot.session.store.resolutions.get(stored as string | undefined)?.name ?? null,
  }),
  allowed: (spot) =>
    inPlace(spot.session.store.resolutions.all()).map((row) => renderResolution(spot.session, row.id)),
};

/** Levels of the project's scheme that the caller is in: nobody may hide an issue from themselves. */
function ownLevels({ session, project }: FieldSpot): SecurityLevelRow[] {
  return project.securityLevelIds
    .map((id) => session.store.securityLevels.must(id))
    .filter((level) => isInLevel(session.me, project, level));
}

export const securityCodec: Codec = {
  operations: SET,
  parse(input, spot) {
    if (input === null) return undefined;
    return pick(input, ownLevels(spot), 'Security level').id;
  },
  render: (stored, session) => renderSecurityLevel(session, String(stored)),
  side: (stored, spot) => ({
    id: stored === undefined ? null : String(stored),
    text: spot.session.store.securityLevels.get(stored as string | undefined)?.name ?? null,
  }),
  allowed: (spot) => ownLevels(spot).map((row) => renderSecurityLevel(spot.session, row.id)),
};

export const versionsCodec: Codec = {
  operations: LIST_OPERATIONS,
  empty: [],
  parse(input, spot) {
    if (input === null) return undefined;
    const rows = spot.session.store.versions.by('project', spot.project.id).filter((row) => !row.archived);
    const ids = [...new Set(asArray(input).map((element) => pick(element, rows, 'Version').id))];
    return ids.length === 0 ? undefined : ids;
  },
  render: (stored, session) => (stored as string[]).map((id) => renderVersion(session, id)),
  side: (stored, spot) => listSide(stored, (id) => spot.session.store.versions.get(id)?.name),
  allowed: (spot) =>
    versionsOf(spot.session.store, spot.project.id)
      .filter((row) => !row.archived)
      .map((row) => renderVersion(spot.session, row.id)),
};

export const componentsCodec: Codec = {
  operations: LIST_OPERATIONS,
  empty: [],
  parse(input, spot) {
    if (input === null) return undefined;
    const rows = spot.session.store.components.by('project', spot.project.id);
    const ids = [...new Set(asArray(input).map((element) => pick(element, rows, 'Component').id))];
    return ids.length === 0 ? undefined : ids;
  },
  render: (stored, session) => (stored as string[]).map((id) => renderComponent(session, id)),
  side: (stored, spot) => listSide(stored, (id) => spot.session.store.components.get(id)?.name),
  allowed: (spot) =>
    spot.session.store.components
      .by('project', spot.project.id)
      .map((row) => renderComponent(spot.session, row.id)),
};

function listSide(stored: unknown, nameOf: (id: string) => string | undefined): Side {
  if (stored === undefined) return { id: null, text: null };
  const ids = stored as string[];
  return { id: ids.join(','), text: ids.map((id) => nameOf(id) ?? '').join(',') };
}

/** Sprints that are over stay with the issue: only the active or future one is exchanged. */
function closedSprints({ session, field, issueId }: FieldSpot): string[] {
  const stored = session.store.issues.get(issueId)?.values[field.id] as string[] | undefined;
  return (stored ?? []).filter((id) => session.store.sprints.get(id)?.state === 'closed');
}

export const sprintCodec: Codec = {
  operations: SET,
  parse(input, spot) {
    const past = closedSprints(spot);
    if (input === null) return past.length === 0 ? undefined : past;
    // Written as one number; the answer lists every sprint the issue was in.
    if (typeof input !== 'number') throw new FieldRefusal('Number value expected as the Sprint id.');
    if (
      spot.session.store.sprints.get(String(input)) === undefined ||
      !canBrowseProject(spot.session, spot.project)
    ) {
      throw new FieldRefusal(`Sprint with id ${input} could not be found.`);
    }
    return [...past.filter((id) => id !== String(input)), String(input)];
  },
  render: (stored, session) => (stored as string[]).map((id) => renderSprint(session, id)),
  side(stored, spot) {
    const ids = (stored as string[] | undefined) ?? [];
    const names = ids.map((id) => spot.session.store.sprints.get(id)?.name ?? '');
    return { id: ids.join(', '), text: names.join(', ') };
  },
};
