/** Import: the secondary sees what the primary proposed, completes or narrows it, and accepts. */
import Lozenge from '@atlaskit/lozenge';
import SectionMessage from '@atlaskit/section-message';
import { useState } from 'react';
import type { EditorMapping } from '../../../../../src/api/views';
import { useAction } from '../../hooks/use-action';
import { useRoute } from '../../hooks/use-route';
import { AgreePanel, type Terms } from './agree-panel';
import { ChoiceSelect } from './choice-select';
import { rebindField } from './edit-mapping';
import { Findings } from './findings';
import { MappingCard } from './mapping-card';
import type { CatalogProject, Editor } from './mapping-words';
import { projectChoices } from './primary-mapping';
import { useDraft } from './use-draft';

interface ImportScreenProps {
  id: string;
  editor: Editor;
  partner: string;
}

export function ImportScreen({ id, editor, partner }: ImportScreenProps) {
  const { go } = useRoute();
  const draft = useDraft(id, editor.mappings);
  const confirm = useAction('confirm');
  const [terms, setTerms] = useState<Terms>({
    existing: editor.existing,
    startWhenAgreed: editor.startWhenAgreed,
  });
  // Which mappings the partner has switched on does not change while this screen is open.
  const [offered] = useState(
    () => new Set(editor.mappings.filter(({ enabled }) => enabled).map((one) => one.id)),
  );
  const { mappings, change } = draft;

  async function accept(): Promise<void> {
    await draft.settle();
    const done = await confirm.run({ id, revision: editor.revision, mappings, ...terms });
    if (done) go(`/s/${id}`);
    else change((current) => current);
  }

  return (
    <div className="stack">
      <SectionMessage title={`Note of ${partner} on revision ${editor.revision}`}>
        <p data-testid="import-note" className="prewrap">
          {editor.note}
        </p>
      </SectionMessage>
      <p className="subtle">
        {partner} is the primary and decides what can be shared. You decide what stands for it here, and may
        leave things out.
      </p>
      {mappings.map((mapping) => (
        <ImportMapping
          key={mapping.id}
          mapping={mapping}
          editor={editor}
          partner={partner}
          canEnable={offered.has(mapping.id)}
          onChange={(changed) =>
            change((current) => current.map((each) => (each.id === changed.id ? changed : each)))
          }
        />
      ))}
      <Findings draft={draft} />
      <AgreePanel
        title="Accept and start"
        verb="Accept"
        value={terms}
        onChange={setTerms}
        error={confirm.error}
        busy={confirm.busy}
        disabled={false}
        testId="import-accept"
        onAgree={() => void accept()}
      />
    </div>
  );
}

interface ImportMappingProps {
  mapping: EditorMapping;
  editor: Editor;
  partner: string;
  canEnable: boolean;
  onChange: (mapping: EditorMapping) => void;
}

function ImportMapping({ mapping, editor, partner, canEnable, onChange }: ImportMappingProps) {
  const missing = missingText(mapping);
  return (
    <MappingCard
      mapping={mapping}
      onChange={onChange}
      myRole="secondary"
      mine={editor.mine.projects.find((project) => project.id === mapping.mine)}
      theirs={undefined}
      fixed
      partner={partner}
      canEnable={canEnable}
      projects={
        <div className="pair">
          <div>
            <span className="label">Project here</span>
            <ChoiceSelect
              label={`Project here for ${mapping.label}`}
              choices={projectChoices(editor.mine)}
              value={mapping.mine}
              onChange={(chosen) =>
                onChange(
                  inProject(
                    mapping,
                    editor.mine.projects.find((project) => project.id === chosen),
                  ),
                )
              }
              placeholder="Choose a project, or take no part"
              testId="import-mine-project"
              clearable
            />
          </div>
          {missing && (
            <div className="pair-sign" data-testid={`missing-${mapping.id}`}>
              <Lozenge appearance="moved" maxWidth="100%">
                {missing}
              </Lozenge>
            </div>
          )}
        </div>
      }
    />
  );
}

/** Keeps the types and fields that the other project has, too; the rest has to be chosen anew. */
function inProject(mapping: EditorMapping, project: CatalogProject | undefined): EditorMapping {
  const { mine: _old, ...rest } = mapping;
  const types = project?.types ?? [];
  const known = new Set(types.flatMap((type) => type.fields.map((field) => field.id)));
  return {
    ...rest,
    ...(project === undefined ? {} : { mine: project.id }),
    types: mapping.types.map(({ mine: bound, ...type }) =>
      bound !== undefined && types.some((each) => each.id === bound) ? { ...type, mine: bound } : type,
    ),
    fields: mapping.fields.map((field) =>
      field.mine === undefined || known.has(field.mine) ? field : rebindField(field, 'mine', undefined),
    ),
  };
}

function missingText(mapping: EditorMapping): string | undefined {
  if (!mapping.enabled) return undefined;
  if (mapping.mine === undefined) return 'Choose a project, or take no part';
  const types = mapping.types.filter((type) => type.mine === undefined).length;
  const fields = mapping.fields.filter((field) => field.mine === undefined).length;
  const parts = [counted(types, 'issue type'), counted(fields, 'field')].filter((part) => part !== '');
  return parts.length === 0 ? undefined : `${parts.join(' and ')} left out`;
}

function counted(count: number, noun: string): string {
  if (count === 0) return '';
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
