/** What is agreed on comments and files beyond whose travel: edits and deletions of copies, and which files. */
import Textfield from '@atlaskit/textfield';
import { useState } from 'react';
import type { EditorMapping } from '../../../../../src/api/views';
import { Audiences } from './audiences';
import { ChoiceSelect, WordSelect } from './choice-select';
import type { MappingProps } from './mapping-props';
import { type Choice, labelOf } from './mapping-words';
import { Facts, Term } from './term';

type CommentTerms = NonNullable<EditorMapping['commentTerms']>;
type FileTerms = NonNullable<EditorMapping['attachments']>;

const editChoices: Choice<NonNullable<CommentTerms['edits']>>[] = [
  { value: 'stay', label: 'Stay on that site' },
  { value: 'restore', label: 'Are put back' },
  { value: 'back', label: 'Change the original, too' },
];
const deletedCommentChoices: Choice<NonNullable<CommentTerms['deletions']>>[] = [
  { value: 'delete', label: 'Its copy is deleted, too' },
  { value: 'keep', label: 'Its copy stays' },
  { value: 'mark', label: 'Its copy stays, and is marked' },
];
const deletedFileChoices: Choice<FileTerms['deletions']>[] = [
  { value: 'ignore', label: 'Its copy stays' },
  { value: 'delete', label: 'Its copy is deleted, too' },
];
const patternTerms = [
  {
    member: 'names',
    title: 'Only files named',
    helper: 'An asterisk stands for any text: *.pdf. Empty for any.',
  },
  { member: 'types', title: 'Only files of type', helper: 'Media types, such as image/*. Empty for any.' },
] as const;
const megabyte = 1024 * 1024;

/** Nothing where neither comments nor files are shared. */
export function FinerTerms(props: MappingProps) {
  const { comments, attachments } = props.mapping;
  return (
    <>
      {comments !== 'off' && <CommentRules {...props} />}
      {comments !== 'off' && <Audiences {...props} />}
      {attachments !== undefined && <FileRules {...props} files={attachments} />}
    </>
  );
}

function CommentRules({ mapping, onChange, fixed }: MappingProps) {
  const terms = mapping.commentTerms ?? {};
  const { edits = 'stay', deletions = 'delete' } = terms;
  const change = (next: CommentTerms) => onChange({ ...mapping, commentTerms: { ...terms, ...next } });
  if (fixed)
    return (
      <Facts
        facts={[
          ['Edits of copies of comments', labelOf(editChoices, edits)],
          ['When a comment is deleted', labelOf(deletedCommentChoices, deletions)],
        ]}
      />
    );
  return (
    <div className="cards">
      <Term
        title="Edits of copies of comments"
        helper="A copy names its author; whose original it is may edit it."
      >
        <ChoiceSelect
          label="Edits of copies of comments"
          choices={editChoices}
          value={edits}
          onChange={(chosen) => chosen && change({ edits: chosen })}
          testId="editor-comment-edits"
        />
      </Term>
      <Term
        title="When a comment is deleted"
        helper="A comment that becomes restricted always takes its copy away."
      >
        <ChoiceSelect
          label="When a comment is deleted"
          choices={deletedCommentChoices}
          value={deletions}
          onChange={(chosen) => chosen && change({ deletions: chosen })}
          testId="editor-comment-deletions"
        />
      </Term>
    </div>
  );
}

function FileRules({ mapping, onChange, fixed, files }: MappingProps & { files: FileTerms }) {
  const { largest, names = [], types = [], deletions } = files;
  const change = (attachments: FileTerms) => onChange({ ...mapping, attachments });
  if (fixed)
    return (
      <Facts
        facts={[
          ['Largest file', largest === undefined ? 'Any' : `${largest / megabyte} MB`],
          ['Names of files', names.join(', ') || 'Any'],
          ['Types of files', types.join(', ') || 'Any'],
          ['When a file is deleted', labelOf(deletedFileChoices, deletions)],
        ]}
      />
    );
  return (
    <div className="cards">
      <Term title="Largest file" helper="In megabytes; empty for any that can be carried.">
        <Megabytes value={largest} onChange={(bytes) => change(withOr(files, 'largest', bytes))} />
      </Term>
      {patternTerms.map(({ member, title, helper }) => (
        <Term key={member} title={title} helper={helper}>
          <WordSelect
            label={title}
            placeholder="Any"
            values={files[member] ?? []}
            onChange={(words) => change(withOr(files, member, patterns(words)))}
            testId={`editor-file-${member}`}
          />
        </Term>
      ))}
      <Term title="When a file is deleted" helper="What becomes of its copy on the other site.">
        <ChoiceSelect
          label="When a file is deleted"
          choices={deletedFileChoices}
          value={deletions}
          onChange={(chosen) => chosen && change({ ...files, deletions: chosen })}
          testId="editor-file-deletions"
        />
      </Term>
    </div>
  );
}

/** What is empty is left out of the agreement. */
function withOr<K extends 'largest' | 'names' | 'types'>(
  files: FileTerms,
  member: K,
  value: FileTerms[K],
): FileTerms {
  const { [member]: _before, ...rest } = files;
  return (value === undefined ? rest : { ...rest, [member]: value }) as FileTerms;
}

/** As many, and as long, as an agreement holds. */
function patterns(words: string[]): string[] | undefined {
  const kept = words.filter((word) => word !== '' && word.length <= 100).slice(0, 50);
  return kept.length === 0 ? undefined : kept;
}

function Megabytes({
  value,
  onChange,
}: {
  value: number | undefined;
  onChange: (bytes: number | undefined) => void;
}) {
  const [text, setText] = useState(value === undefined ? '' : String(value / megabyte));
  const isWrong = text.trim() !== '' && bytesOf(text) === undefined;
  return (
    <>
      <Textfield
        isCompact
        inputMode="decimal"
        aria-label="Largest file in megabytes"
        placeholder="Any"
        value={text}
        isInvalid={isWrong}
        onChange={(event) => {
          const said = event.currentTarget.value;
          setText(said);
          const bytes = bytesOf(said);
          if (bytes !== undefined || said.trim() === '') onChange(bytes);
        }}
        testId="editor-file-largest"
      />
      {isWrong && <div className="field-error">Write a number, such as 10.</div>}
    </>
  );
}

function bytesOf(text: string): number | undefined {
  const bytes = Math.round(Number(text.trim().replace(',', '.')) * megabyte);
  return text.trim() !== '' && Number.isSafeInteger(bytes) && bytes > 0 ? bytes : undefined;
}
