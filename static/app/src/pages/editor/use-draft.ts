/** Keeps what an admin edits: saved a moment after the last change, findings shown as they come back. */
import { useEffect, useRef, useState } from 'react';
import type { EditorMapping } from '../../../../../src/api/views';
import { call } from '../../api';

const pauseMs = 800;

export interface Draft {
  mappings: EditorMapping[];
  change: (mappings: EditorMapping[]) => void;
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
  useEffect(() => () => clearTimeout(timer.current), []);

  async function save(chosen: EditorMapping[]): Promise<void> {
    setSaveState('saving');
    const answer = await call('saveDraft', { id, mappings: chosen });
    setSaveState(answer.ok ? 'saved' : 'failed');
    setFindings(answer.ok ? answer.value.findings : [answer.error.message]);
  }

  return {
    mappings,
    findings,
    saveState,
    change(changed) {
      setMappings(changed);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => {
        saving.current = saving.current.then(() => save(chosenOnes(changed)));
      }, pauseMs);
    },
    async settle() {
      clearTimeout(timer.current);
      await saving.current;
    },
  };
}

/** Mappings whose projects have not been chosen yet exist on the screen only. */
export function chosenOnes(mappings: EditorMapping[]): EditorMapping[] {
  return mappings.filter((mapping) => mapping.id !== '');
}
