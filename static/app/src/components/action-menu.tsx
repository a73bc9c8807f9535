/** The ••• menu of a synchronization: exactly what its status allows. */
import { IconButton } from '@atlaskit/button/new';
import DropdownMenu, { DropdownItem, DropdownItemGroup } from '@atlaskit/dropdown-menu';
import MoreIcon from '@atlaskit/icon/core/show-more-horizontal';
import type { Action, SynchronizationView } from '../../../../src/api/views';
import { actionNames } from './action-names';

export function ActionMenu({
  row,
  onAction,
}: {
  row: SynchronizationView;
  onAction: (action: Action) => void;
}) {
  return (
    <DropdownMenu
      shouldRenderToParent
      placement="bottom-end"
      trigger={({ triggerRef, ...props }) => (
        <IconButton
          {...props}
          ref={triggerRef}
          icon={MoreIcon}
          label={`Actions for ${row.name}`}
          appearance="subtle"
          testId={`menu-${row.id}`}
        />
      )}
    >
      <DropdownItemGroup>
        {row.status.actions.map((action) => (
          <DropdownItem key={action} onClick={() => onAction(action)} testId={`action-${action}`}>
            {actionNames[action]}
          </DropdownItem>
        ))}
      </DropdownItemGroup>
    </DropdownMenu>
  );
}
