/** Asks before something that cannot be taken back, saying what will happen. */
import Button from '@atlaskit/button/new';
import Modal, {
  ModalBody,
  ModalFooter,
  ModalHeader,
  ModalTitle,
  ModalTransition,
} from '@atlaskit/modal-dialog';
import type { ReactNode, RefObject } from 'react';
import type { CallError } from '../../../../src/api/calls';
import { Failure } from './failure';

interface ConfirmDialogProps {
  title: string;
  children: ReactNode;
  confirmLabel: string;
  appearance?: 'danger' | 'warning' | 'primary';
  busy: boolean;
  error?: CallError | undefined;
  testId: string;
  /** What gets the focus when the dialog closes; otherwise what had it before. */
  returnFocus?: RefObject<HTMLElement>;
  onConfirm: () => void;
  onClose: () => void;
}

export function ConfirmDialog({
  title,
  children,
  confirmLabel,
  appearance = 'danger',
  busy,
  error,
  testId,
  returnFocus,
  onConfirm,
  onClose,
}: ConfirmDialogProps) {
  return (
    <ModalTransition>
      <Modal onClose={onClose} shouldReturnFocus={returnFocus ?? true} testId={`${testId}-dialog`}>
        <ModalHeader hasCloseButton>
          <ModalTitle {...(appearance === 'primary' ? {} : { appearance })}>{title}</ModalTitle>
        </ModalHeader>
        <ModalBody>
          <div className="stack">
            {children}
            <Failure error={error} />
          </div>
        </ModalBody>
        <ModalFooter>
          <Button appearance="subtle" onClick={onClose}>
            Cancel
          </Button>
          <Button appearance={appearance} onClick={onConfirm} isLoading={busy} testId={`${testId}-confirm`}>
            {confirmLabel}
          </Button>
        </ModalFooter>
      </Modal>
    </ModalTransition>
  );
}
