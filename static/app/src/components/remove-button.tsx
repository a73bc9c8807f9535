/** The button in a row that takes the row away. */
import { IconButton } from '@atlaskit/button/new';
import DeleteIcon from '@atlaskit/icon/core/delete';

export function RemoveButton({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <IconButton icon={DeleteIcon} label={label} appearance="subtle" spacing="compact" onClick={onClick} />
  );
}
