/** One mapping of the primary: choosing both projects proposes what is alike. */
import Button from '@atlaskit/button/new';
import { useEffect, useRef } from 'react';
import type { EditorMapping } from '../../../../../src/api/views';
import { Failure } from '../../components/failure';
import { Waiting } from '../../components/waiting';
import { useAction } from '../../hooks/use-action';
import { ChoiceSelect } from './choice-select';
import { addMissing, emptyMapping, withFreshId } from './edit-mapping';
import { MappingCard } from './mapping-card';
import type { Catalog } from './mapping-words';

/** From the mapping as it is at that moment, beside the others of the list. */
export type MappingUpdate = (current: EditorMapping, others: EditorMapping[]) => EditorMapping;

interface PrimaryMappingProps {
  id: string;
  mapping: EditorMapping;
  mine: Catalog;
  theirs: Catalog;
  partner: string;
  onUpdate: (update: MappingUpdate) => void;
  onDelete?: () => void;
}

export function PrimaryMapping(props: PrimaryMappingProps) {
  const { id, mapping, mine, theirs, partner, onUpdate, onDelete } = props;
  const onChange = (changed: EditorMapping) => onUpdate(() => changed);
  const match = useAction('match');
  const isNew = mapping.id === '';
  // An answer for a pair that is no longer chosen must not overwrite a newer one.
  const asked = useRef(0);

  async function propose(pair: { mine?: string | undefined; theirs?: string | undefined }): Promise<void> {
    if (pair.mine === undefined || pair.theirs === undefined) return;
    asked.current += 1;
    const mineToAnswer = asked.current;
    const proposed = await match.run({ id, mine: pair.mine, theirs: pair.theirs });
    if (proposed === undefined || mineToAnswer !== asked.current) return;
    onUpdate((current, others) =>
      current.id === '' ? withFreshId(proposed, others) : addMissing(current, proposed),
    );
  }

  /** Another pair of projects is another mapping: what was chosen for the old one means nothing there. */
  function choose(side: 'mine' | 'theirs', project: string | undefined): void {
    asked.current += 1;
    const pair = { mine: mapping.mine, theirs: mapping.theirs, [side]: project };
    onChange({
      ...emptyMapping,
      ...(pair.mine === undefined ? {} : { mine: pair.mine }),
      ...(pair.theirs === undefined ? {} : { theirs: pair.theirs }),
    });
    void propose(pair);
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, for a pair that was chosen beforehand
  useEffect(() => {
    if (isNew) void propose(mapping);
  }, []);

  return (
    <MappingCard
      mapping={mapping}
      onChange={onChange}
      myRole="primary"
      mine={mine.projects.find((project) => project.id === mapping.mine)}
      theirs={theirs.projects.find((project) => project.id === mapping.theirs)}
      fixed={false}
      partner={partner}
      canEnable
      {...(onDelete ? { onDelete } : {})}
      projects={
        <div className="pair">
          <div>
            <span className="label">Project here</span>
            <ChoiceSelect
              label="Project here"
              choices={projectChoices(mine)}
              value={mapping.mine}
              onChange={(project) => choose('mine', project)}
              placeholder="Choose a project"
              testId="editor-mine-project"
            />
          </div>
          <span aria-hidden="true" className="pair-sign">
            ⇄
          </span>
          <div>
            <span className="label">Project of {partner}</span>
            <ChoiceSelect
              label={`Project of ${partner}`}
              choices={projectChoices(theirs)}
              value={mapping.theirs}
              onChange={(project) => choose('theirs', project)}
              placeholder="Choose a project"
              testId="editor-theirs-project"
            />
          </div>
          <Button
            onClick={() => void propose(mapping)}
            isDisabled={mapping.mine === undefined || mapping.theirs === undefined}
            isLoading={match.busy}
            testId="editor-match"
          >
            Match what is alike
          </Button>
        </div>
      }
      busy={
        <>
          {match.busy && isNew && <Waiting label="Looking for what is alike" />}
          <Failure error={match.error} />
        </>
      }
    />
  );
}

export function projectChoices(catalog: Catalog) {
  return catalog.projects.map(({ id, key, name }) => ({ value: id, label: `${name} (${key})` }));
}
