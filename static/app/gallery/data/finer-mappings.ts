/** Mappings whose finer settings are used: what is made or written for whatever else, and fields with a text of their own, audiences. */
import type { EditorMapping } from '../../../../src/api/views';
import {
  both,
  type Catalog,
  type Editor,
  type Field,
  mapping,
  mine,
  named,
  pairs,
  primaryEditor,
  theirs,
} from './catalogs';

const versions: Field = {
  id: 'fixVersions',
  name: 'Fix versions',
  kind: 'versions',
  options: named(['2026.1', '2026.2'], 900),
};

const origin: Field = { id: 'customfield_10070', name: 'Origin', kind: 'text' };
const team: Field = {
  id: 'customfield_10071',
  name: 'Team',
  kind: 'select',
  options: named(['First line', 'Field service'], 950),
};

/** The same with more fields on every issue type. */
function withFields({ projects }: Catalog, ...fields: Field[]): Catalog {
  return {
    projects: projects.map((project) => ({
      ...project,
      types: project.types.map((type) => ({ ...type, fields: [...type.fields, ...fields] })),
    })),
  };
}

/** With versions, which travel by name and of which each site has some. */
const versionMapping: EditorMapping = {
  ...mapping,
  fields: [
    ...mapping.fields.slice(0, 1),
    {
      slot: 'fix-versions',
      label: 'Fix versions',
      kind: 'versions',
      ...both,
      byName: true,
      mine: 'fixVersions',
      theirs: 'fixVersions',
      mineUse: { create: true },
      values: pairs([['2026.1', ['900'], ['900']]]),
    },
  ],
  commentTerms: {
    audiences: [
      { id: 'developers', label: 'Developers of both sites' },
      { id: 'desk', label: 'Service desk' },
    ],
  },
  audiences: [{ audience: 'developers', type: 'role', name: 'Developers' }],
  fills: [
    {
      fieldId: origin.id,
      kind: 'text',
      text: '{{partner.key}} of Globex: {{partner.url}}',
      when: 'always',
    },
    { fieldId: team.id, kind: 'select', text: '951', when: 'create' },
  ],
};

export const versionEditor: Editor = {
  ...primaryEditor,
  mine: withFields(mine, versions, origin, team),
  partner: withFields(theirs, versions),
  mappings: [versionMapping],
  revision: 3,
};
