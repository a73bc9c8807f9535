/** What of an issue travels besides its fields, whose new issues get a twin, and what it means that one is deleted, moved away or archived. */
import type { EditorMapping } from '../../../../../src/api/views';
import { ChoiceSelect } from './choice-select';
import type { MappingProps } from './mapping-props';
import {
  type Choice,
  type Comments,
  commentChoices,
  deletionChoices,
  directionChoices,
  labelOf,
  type Role,
} from './mapping-words';

interface Part {
  key: string;
  title: string;
  helper: string;
  choices: (role: Role) => Choice[];
  value: (mapping: EditorMapping) => string;
  /** The mapping with this choice. */
  choose: (mapping: EditorMapping, value: string) => EditorMapping;
}

/** A file that is deleted on one site stays on the other unless both say otherwise. */
const plainFiles = { deletions: 'ignore' } as const;

type Ends = NonNullable<EditorMapping['lifecycle']>;
const plainEnds: Ends = { direction: 'both', deletion: 'ignore', move: 'ignore', archive: 'ignore' };

/** What becomes of the twin when one of these things happens to an issue. */
function endPart(
  member: 'deletion' | 'move' | 'archive',
  words: Pick<Part, 'key' | 'title' | 'helper'>,
): Part {
  return {
    ...words,
    choices: deletionChoices,
    value: ({ lifecycle = plainEnds }) => lifecycle[member],
    choose: (mapping, policy) => ({
      ...mapping,
      lifecycle: { ...plainEnds, ...mapping.lifecycle, [member]: policy as Ends['deletion'] },
    }),
  };
}

const parts: Part[] = [
  {
    key: 'comments',
    title: 'Comments',
    helper: 'Comments restricted to a role or a group are sent only to an audience that is named below.',
    choices: commentChoices,
    value: (mapping) => mapping.comments,
    choose: (mapping, comments) => ({ ...mapping, comments: comments as Comments }),
  },
  {
    key: 'attachments',
    title: 'Attachments',
    helper: 'Up to the size that a function can carry; larger ones are named under Problems.',
    choices: commentChoices,
    value: (mapping) => mapping.attachments?.direction ?? 'off',
    choose: ({ attachments, ...mapping }, direction) =>
      direction === 'off'
        ? mapping
        : {
            ...mapping,
            attachments: {
              ...plainFiles,
              ...attachments,
              direction: direction as Exclude<Comments, 'off'>,
            },
          },
  },
  {
    key: 'worklogs',
    title: 'Logged work',
    helper: 'Shown with its author. The remaining estimate is a field of its own.',
    choices: commentChoices,
    value: (mapping) => mapping.worklogs ?? 'off',
    choose: (mapping, worklogs) => ({ ...mapping, worklogs: worklogs as Comments }),
  },
  {
    key: 'links',
    title: 'Links',
    helper: 'Between issues that both have a twin; link types by name.',
    choices: commentChoices,
    value: (mapping) => mapping.links ?? 'off',
    choose: (mapping, links) => ({ ...mapping, links: links as Comments }),
  },
  {
    key: 'creates',
    title: 'New issues',
    helper: 'Whose new issues get a twin on the other site.',
    choices: directionChoices,
    value: (mapping) => mapping.creates,
    choose: (mapping, creates) => ({ ...mapping, creates: creates as EditorMapping['creates'] }),
  },
  endPart('deletion', {
    key: 'deletions',
    title: 'When an issue is deleted',
    helper: 'What becomes of its twin. Far more deletions than usual stop the synchronization first.',
  }),
  endPart('move', {
    key: 'moves',
    title: 'When an issue is moved away',
    helper: 'To a project that is not shared. A twin that stays waits until the issue is moved back.',
  }),
  endPart('archive', {
    key: 'archives',
    title: 'When an issue is archived',
    helper: 'Noticed when the app reads the issue next: Jira does not tell of it.',
  }),
  {
    key: 'ends',
    title: 'Whose issues these three are about',
    helper: 'Twins of the other site stay, whatever happens to their originals.',
    choices: directionChoices,
    value: ({ lifecycle = plainEnds }) => lifecycle.direction,
    choose: (mapping, direction) => ({
      ...mapping,
      lifecycle: { ...plainEnds, ...mapping.lifecycle, direction: direction as Ends['direction'] },
    }),
  },
];

export function Sharing({ mapping, onChange, myRole, fixed }: MappingProps) {
  if (fixed) {
    return (
      <dl className="facts">
        {parts.map(({ key, title, choices, value }) => (
          <div key={key} style={{ display: 'contents' }}>
            <dt>{title}</dt>
            <dd>{labelOf(choices(myRole), value(mapping))}</dd>
          </div>
        ))}
      </dl>
    );
  }
  return (
    <div className="cards">
      {parts.map(({ key, title, helper, choices, value, choose }) => (
        <div key={key}>
          <h3>{title}</h3>
          <ChoiceSelect
            label={title}
            choices={choices(myRole)}
            value={value(mapping)}
            onChange={(chosen) => chosen !== undefined && onChange(choose(mapping, chosen))}
            testId={`editor-${key}`}
          />
          <p className="helper">{helper}</p>
        </div>
      ))}
    </div>
  );
}
