/** The button behind a listing that goes on. */
import Button from '@atlaskit/button/new';
import type { CallError } from '../../../../src/api/calls';
import { Failure } from './failure';

interface ShowMoreProps {
  label: string;
  older: { busy: boolean; error: CallError | undefined; more?: () => Promise<void> };
}

export function ShowMore({ label, older }: ShowMoreProps) {
  const { more } = older;
  if (more === undefined) return null;
  return (
    <div className="stack tight">
      <Failure error={older.error} />
      <div>
        <Button onClick={() => void more()} isLoading={older.busy} testId="show-more">
          {label}
        </Button>
      </div>
    </div>
  );
}
