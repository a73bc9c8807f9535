/** A dialog with its own buttons: what is asked, done and told in several steps. */
import Modal, {
  ModalBody,
  ModalFooter,
  ModalHeader,
  ModalTitle,
  ModalTransition,
} from '@atlaskit/modal-dialog';
import type { ReactNode } from 'react';

interface DialogProps {
  title: string;
  children: ReactNode;
  /** Buttons, the one that leads on last. */
  footer: ReactNode;
  width?: 'medium' | 'large';
  testId: string;
  onClose: () => void;
}

export function Dialog({ title, children, footer, width = 'medium', testId, onClose }: DialogProps) {
  return (
    <ModalTransition>
      <Modal onClose={onClose} width={width} shouldReturnFocus testId={`${testId}-dialog`}>
        <ModalHeader hasCloseButton>
          <ModalTitle>{title}</ModalTitle>
        </ModalHeader>
        <ModalBody>
          <div className="stack">{children}</div>
        </ModalBody>
        <ModalFooter>{footer}</ModalFooter>
      </Modal>
    </ModalTransition>
  );
}
