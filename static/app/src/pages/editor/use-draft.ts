/** Keeps what an admin edits: saved a moment after the last change, findings shown as they come back. */
import { useEffect, useRef, useState } from 'react';
import type { EditorMapping } from '../../../../../src/api/views';
import { callPatiently } from '../../api';

const pauseMs = 800;

export interface Draft {
  mappings: EditorMapping[];
  /** Takes the mappings as they are now: an answer that comes late must not bring back an older state. */
  change: (update: (current: EditorMapping[]) => EditorMapping[]) => void;
  /** What could not work, in plain words. */
  findings: string[];
  saveState: 'idle' | 'saving' | 'saved' | 'failed';
  /** Stops saving and waits for a save on its way: to be called before the draft is published. */
  settle: () => Promise<void>;
}

export function useDraft(id: string, initial: EditorMapping[]): Draft {
  const [mappings, setMappings] = useState(initial);
  const [findings, setFindings] = useState<string[]>([]);
  const [saveState, setSaveState] = useState<Draft['saveState']>('idle');
  const timer = useRef<ReturnType<typeof setTimeout>>();
  const saving = useRef<Promise<void>>(Promise.resolve());
  const unsaved = useRef<EditorMapping[]>();
  const latest = useRef(initial);
  // Who leaves in the pause after a change does not lose it.
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      const { current: mappings } = unsaved;
      // One that is on its way, or asked again while the platform is busy, must not be written over it.
      if (mappings) void saving.current.then(() => callPatiently('saveDraft', { id, mappings }));
    },
    [id],
  );

  async function save(chosen: EditorMapping[]): Promise<void> {
    if (unsaved.current === chosen) unsaved.current = undefined;
    setSaveState('saving');
    const answer = await callPatiently('saveDraft', { id, mappings: chosen });
    setSaveState(answer.ok ? 'saved' : 'failed');
    setFindings(answer.ok ? answer.value.findings : [answer.error.message]);
  }

  return {
    mappings,
    findings,
    saveState,
    change(update) {
      const changed = update(latest.current);
      latest.current = changed;
      setMappings(changed);
      clearTimeout(timer.current);
      const chosen = chosenOnes(changed);
      unsaved.current = chosen;
      timer.current = setTimeout(() => {
        saving.current = saving.current.then(() => save(chosen));
      }, pauseMs);
    },
    async settle() {
      clearTimeout(timer.current);
      unsaved.current = undefined;
      await saving.current;
    },
  };
}

/** Mappings whose projects have not been chosen yet exist on the screen only. */
export function chosenOnes(mappings: EditorMapping[]): EditorMapping[] {
  return mappings.filter((mapping) => mapping.id !== '');
}
