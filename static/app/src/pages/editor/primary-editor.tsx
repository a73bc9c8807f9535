/** The primary's editor: pairs of projects with what they share, and Agree and start. */
import Button from '@atlaskit/button/new';
import AddIcon from '@atlaskit/icon/core/add';
import { useRef, useState } from 'react';
import type { EditorMapping } from '../../../../../src/api/views';
import { TextField } from '../../components/text-field';
import { useAction } from '../../hooks/use-action';
import { useRoute } from '../../hooks/use-route';
import { AgreePanel, type Terms } from './agree-panel';
import { emptyMapping } from './edit-mapping';
import { Findings } from './findings';
import { likelyPair } from './likely-pair';
import type { Catalog, Editor } from './mapping-words';
import { type MappingUpdate, PrimaryMapping } from './primary-mapping';
import { chosenOnes, useDraft } from './use-draft';

interface PrimaryEditorProps {
  id: string;
  editor: Editor;
  partner: string;
}

export function PrimaryEditor({ id, editor, partner }: PrimaryEditorProps) {
  const { go } = useRoute();
  const theirs: Catalog = editor.partner ?? { projects: [] };
  const draft = useDraft(id, editor.mappings.length > 0 ? editor.mappings : [begin(editor.mine, theirs)]);
  const publish = useAction('publish');
  const [typedNote, setNote] = useState<string>();
  const [terms, setTerms] = useState<Terms>({
    existing: editor.existing,
    startWhenAgreed: editor.startWhenAgreed,
  });
  const { mappings, change } = draft;
  // A mapping gets its id with its projects; the card on screen must outlive that, or it would lose the focus.
  const keys = useRef(mappings.map((_, place) => `first-${place}`));
  const ready = chosenOnes(mappings);
  const note = typedNote ?? suggestedNote(ready, editor.revision);

  function add(): void {
    keys.current = [...keys.current, `added-${mappings.length}-${Date.now()}`];
    change((current) => [...current, emptyMapping]);
  }
  function remove(place: number): void {
    keys.current = keys.current.filter((_, at) => at !== place);
    change((current) => current.filter((_, at) => at !== place));
  }
  /** By the card's key: by the time an answer comes, its card may have moved up or be gone. */
  function update(key: string, changed: MappingUpdate): void {
    change((current) => {
      const place = keys.current.indexOf(key);
      const others = current.filter((_, at) => at !== place);
      return current.map((each, at) => (at === place ? changed(each, others) : each));
    });
  }
  async function agree(): Promise<void> {
    await draft.settle();
    const done = await publish.run({ id, mappings: ready, note, ...terms });
    if (done) go(`/s/${id}`);
    else change((current) => current);
  }

  return (
    <div className="stack">
      {mappings.map((mapping, place) => {
        const key = keys.current[place] ?? '';
        return (
          <PrimaryMapping
            key={key}
            id={id}
            mapping={mapping}
            mine={editor.mine}
            theirs={theirs}
            partner={partner}
            onUpdate={(changed) => update(key, changed)}
            {...(mapping.id !== '' || mappings.length > 1 ? { onDelete: () => remove(place) } : {})}
          />
        );
      })}
      <div>
        <Button
          iconBefore={AddIcon}
          onClick={add}
          isDisabled={mappings.some((mapping) => mapping.id === '')}
          testId="mapping-add"
        >
          Add mapping
        </Button>
      </div>
      <Findings draft={draft} />
      <AgreePanel
        title="Agree and start"
        verb="Agree"
        value={terms}
        onChange={setTerms}
        error={publish.error}
        busy={publish.busy}
        disabled={ready.length === 0 && editor.revision === 0}
        testId="agree-and-start"
        onAgree={() => void agree()}
      >
        <TextField
          label="Note for your partner"
          required
          multiline
          value={note}
          onChange={setNote}
          helper={`${partner} reads it beside what you propose.`}
          error={publish.error?.fields?.['note']}
          testId="editor-note"
        />
      </AgreePanel>
    </div>
  );
}

function begin(mine: Catalog, theirs: Catalog): EditorMapping {
  return { ...emptyMapping, ...likelyPair(mine, theirs, []) };
}

function suggestedNote(mappings: EditorMapping[], revision: number): string {
  const names = mappings.map((mapping) => mapping.label).join('; ');
  if (names === '') return revision === 0 ? '' : 'No mappings any more.';
  return revision === 0 ? `Let us keep these in agreement: ${names}.` : `Changed what we share: ${names}.`;
}
