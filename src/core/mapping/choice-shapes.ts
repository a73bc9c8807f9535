/** How Jira writes the choices of its kinds of field. */
import { z } from 'zod';
import type { ChoiceShape } from './choices';

const rawChoice = z.looseObject({
  id: z.coerce.string(),
  name: z.string().optional(),
  value: z.string().optional(),
});
const rawCascade = rawChoice.extend({ child: rawChoice.nullish() });
const rawGroup = z.looseObject({ groupId: z.string().optional(), name: z.string() });

/** Priorities, resolutions, statuses, issue types, versions, components, sprints: an id and a name. */
export const named: ChoiceShape = {
  read(raw) {
    const choice = rawChoice.safeParse(raw);
    if (!choice.success) return undefined;
    return { id: choice.data.id, name: choice.data.name ?? choice.data.value ?? choice.data.id };
  },
  byId: (id) => ({ id }),
  byName: (name) => ({ name }),
};

/** Options of custom fields: an id and a value. */
export const option: ChoiceShape = { ...named, byName: (value) => ({ value }) };

/**
 * Cascading options: both levels together are one choice, `10/12` by ids and with a line break by names. The agreement
 * needs to know nothing of levels.
 */
export const cascade: ChoiceShape = {
  read(raw) {
    const choice = rawCascade.safeParse(raw);
    if (!choice.success) return undefined;
    const { id, value, child } = choice.data;
    const name = value ?? id;
    if (child === null || child === undefined) return { id, name };
    return { id: `${id}/${child.id}`, name: `${name}\n${child.value ?? child.id}` };
  },
  byId(text) {
    const [id, child] = text.split('/');
    return child === undefined ? { id } : { id, child: { id: child } };
  },
  byName(text) {
    const [value, child] = text.split('\n');
    return child === undefined ? { value } : { value, child: { value: child } };
  },
  nameOf: (label) => label.replace(' / ', '\n'),
  missing(text) {
    const [name = '', child] = text.split('\n');
    return child === undefined ? [{ name }] : [{ name }, { name: child, parent: name }];
  },
};

/** Groups: by id, older answers by name only. */
export const group: ChoiceShape = {
  read(raw) {
    const choice = rawGroup.safeParse(raw);
    if (!choice.success) return undefined;
    return { id: choice.data.groupId ?? choice.data.name, name: choice.data.name };
  },
  byId: (groupId) => ({ groupId }),
  byName: (name) => ({ name }),
};

/** A sprint is read as an object and written as its bare number. */
export const sprint: ChoiceShape = {
  read: named.read,
  byId: (id) => Number(id),
  byName: () => undefined,
};
