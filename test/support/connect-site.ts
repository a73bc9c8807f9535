/** A Jira that stories about connections need: who it is, what it has; ids differ from site to site. */
import type { Catalog } from '#core/model/catalog';
import type { Site } from '#engine/ports/site';

/** Anything else a story calls is a mistake of the story. */
export function connectSite(name: string, offset: number): Site {
  const catalog = catalogOf(offset);
  const known: Partial<Site> = {
    info: () =>
      Promise.resolve({
        ok: true,
        value: { url: `https://${name}.atlassian.net`, id: `cloud-${name}`, title: `${name} Jira` },
      }),
    catalog: () => Promise.resolve({ ok: true, value: catalog }),
    outline: () =>
      Promise.resolve({
        ok: true,
        value: {
          projects: catalog.projects.map(({ id, key, name: title }) => ({ id, key, name: title })),
          issueTypes: [{ id: String(offset + 1), name: 'Bug' }],
        },
      }),
    search: (jql) =>
      Promise.resolve(
        jql.includes('=')
          ? { ok: true, value: { ids: [] } }
          : {
              ok: false,
              failure: {
                kind: 'invalid',
                message: 'Expecting operator before the end of the query.',
                fields: {},
              },
            },
      ),
  };
  return new Proxy(known as Site, {
    get(site, member) {
      const found: unknown = Reflect.get(site, member);
      if (found === undefined && typeof member === 'string' && member !== 'then') {
        return () => Promise.reject(new Error(`This Jira has no ${member}.`));
      }
      return found;
    },
  });
}

function catalogOf(offset: number): Catalog {
  const priorities = ['High', 'Medium'].map((name, index) => ({ id: String(offset + 10 + index), name }));
  const type = (index: number, name: string) => ({
    id: String(offset + index),
    name,
    subtask: false,
    fields: [
      { id: 'summary', name: 'Summary', kind: 'summary' as const },
      { id: 'priority', name: 'Priority', kind: 'priority' as const, options: priorities },
      { id: 'labels', name: 'Labels', kind: 'labels' as const },
    ],
  });
  const types = [type(1, 'Bug'), type(2, 'Task')];
  return {
    projects: [
      { id: String(offset + 100), key: 'SUP', name: 'Support', types },
      { id: String(offset + 101), key: 'SEC', name: 'Secret plans', types },
    ],
  };
}
