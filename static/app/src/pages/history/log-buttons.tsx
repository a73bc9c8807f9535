/** Buttons of a dialog that reads the whole log and tells what came of it. */
import Button from '@atlaskit/button/new';

interface LogButtonsProps {
  /** It was told, so there is nothing left to cancel. */
  isDone: boolean;
  isBusy: boolean;
  isDisabled?: boolean;
  label: string;
  testId: string;
  onRun: () => void;
  onClose: () => void;
}

export function LogButtons({
  isDone,
  isBusy,
  isDisabled = false,
  label,
  testId,
  onRun,
  onClose,
}: LogButtonsProps) {
  return (
    <>
      <Button appearance="subtle" onClick={onClose}>
        {isDone ? 'Close' : 'Cancel'}
      </Button>
      <Button appearance="primary" onClick={onRun} isDisabled={isDisabled} isLoading={isBusy} testId={testId}>
        {label}
      </Button>
    </>
  );
}
