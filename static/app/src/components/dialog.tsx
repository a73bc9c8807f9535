/** A dialog with its own buttons: what is asked, done and told in several steps. */
import Modal, {
  ModalBody,
  ModalFooter,
  ModalHeader,
  ModalTitle,
  ModalTransition,
} from '@atlaskit/modal-dialog';
import { type ReactNode, useEffect, useRef } from 'react';

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
  const content = useRef<HTMLDivElement>(null);
  // Jira's page scrolls, and the dialog stands at the top of ours: whoever pressed a button far down would not see it.
  useEffect(() => content.current?.scrollIntoView({ block: 'center' }), []);
  return (
    <ModalTransition>
      <Modal onClose={onClose} width={width} shouldReturnFocus testId={`${testId}-dialog`}>
        <ModalHeader hasCloseButton>
          <ModalTitle>{title}</ModalTitle>
        </ModalHeader>
        <ModalBody>
          <div className="stack" ref={content}>
            {children}
          </div>
        </ModalBody>
        <ModalFooter>{footer}</ModalFooter>
      </Modal>
    </ModalTransition>
  );
}
