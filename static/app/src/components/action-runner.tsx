/** Carries out an action from a menu or a button: opens its page, asks first where that is due, runs the call. */
import { type ReactNode, useRef, useState } from 'react';
import type { Action, SynchronizationView } from '../../../../src/api/views';
import { useAction } from '../hooks/use-action';
import { useRoute } from '../hooks/use-route';
import { actionNames, pageOf } from './action-names';
import { ConfirmDialog } from './confirm-dialog';

type DirectCall = 'start' | 'stop' | 'delete' | 'withdraw' | 'sendAgain' | 'removeRecord';

interface Question {
  title: string;
  text: string;
  appearance: 'danger' | 'warning' | 'primary';
}

/** What is asked before; `undefined`: nothing, it can be taken back at once. */
function questionFor(action: DirectCall, row: SynchronizationView): Question | undefined {
  const partner = row.partner.title ?? row.partner.url;
  switch (action) {
    case 'stop':
      return {
        title: `Stop “${row.name}”?`,
        text: `Issue updates wait here from now on and nothing is lost: after Start, everything that changed meanwhile goes on its way. ${partner} is told.`,
        appearance: 'warning',
      };
    case 'delete':
      return {
        title: `Delete “${row.name}”?`,
        text: `${partner} is told. Changes that have not been sent are dropped, the keys and the agreement are destroyed. Issues and their twins stay as ordinary issues. This cannot be undone.`,
        appearance: 'danger',
      };
    case 'withdraw':
      return {
        title: `Withdraw the invitation “${row.name}”?`,
        text: `Its code is worthless from then on, and ${partner} can no longer accept it.`,
        appearance: 'warning',
      };
    case 'removeRecord':
      return {
        title: `Remove the record of “${row.name}”?`,
        text: 'The name and the activity log disappear from this site for good.',
        appearance: 'danger',
      };
    default:
      return undefined;
  }
}

export interface ActionRunner {
  run: (action: Action, row: SynchronizationView) => void;
  /** Put this anywhere on the page. */
  dialog: ReactNode;
  /** Id of the synchronization for which a call runs. */
  busyId: string | undefined;
}

/** `onDone`: after a call that changed something. */
export function useActionRunner(onDone: (action: Action) => void): ActionRunner {
  const { go } = useRoute();
  const [busyId, setBusyId] = useState<string>();
  const [asked, setAsked] = useState<{ action: DirectCall; row: SynchronizationView }>();
  const opener = useRef<HTMLElement | null>(null);
  const calls = {
    start: useAction('start'),
    stop: useAction('stop'),
    delete: useAction('delete'),
    withdraw: useAction('withdraw'),
    sendAgain: useAction('sendAgain'),
    removeRecord: useAction('removeRecord'),
  };

  async function carryOut(action: DirectCall, row: SynchronizationView): Promise<void> {
    setBusyId(row.id);
    const answer = await calls[action].run({ id: row.id });
    setBusyId(undefined);
    if (answer === undefined) {
      setAsked({ action, row });
      return;
    }
    setAsked(undefined);
    if (action === 'sendAgain') go(`/s/${row.id}/sent`);
    onDone(action);
  }

  const question = asked && questionFor(asked.action, asked.row);
  const state = asked && calls[asked.action];
  return {
    busyId,
    run(action, row) {
      const page = pageOf(action, row);
      if (page !== undefined) return go(page);
      const direct = action as DirectCall;
      calls[direct].clear();
      opener.current = openerOf(row);
      if (questionFor(direct, row)) setAsked({ action: direct, row });
      else void carryOut(direct, row);
    },
    dialog: asked && state && (
      <ConfirmDialog
        title={question?.title ?? actionNames[asked.action]}
        appearance={question?.appearance ?? 'primary'}
        confirmLabel={question ? actionNames[asked.action] : 'Try again'}
        busy={state.busy}
        error={state.error}
        testId={asked.action}
        returnFocus={opener}
        onConfirm={() => void carryOut(asked.action, asked.row)}
        onClose={() => setAsked(undefined)}
      >
        {question && <p>{question.text}</p>}
      </ConfirmDialog>
    ),
  };
}

/** Where the focus belongs after the dialog. A menu is gone by then, so the button that opened it stands for its items. */
function openerOf({ id }: SynchronizationView): HTMLElement | null {
  const active = document.activeElement;
  if (
    active instanceof HTMLElement &&
    active !== document.body &&
    active.getAttribute('role') !== 'menuitem'
  ) {
    return active;
  }
  return document.querySelector<HTMLElement>(`[data-testid="menu-${CSS.escape(id)}"]`);
}
