/** Nothing is there yet: both ways to begin. */
import Button from '@atlaskit/button/new';
import EmptyState from '@atlaskit/empty-state';
import { TwoSites } from '../../components/two-sites';

interface EmptyListProps {
  onNew: () => void;
  onInvitation: () => void;
}

export function EmptyList({ onNew, onInvitation }: EmptyListProps) {
  return (
    <EmptyState
      header="Keep issues on two Jira sites in agreement"
      headingLevel={2}
      description="Invite the other site, agree on what is shared, and every change flows both ways: sealed from end to end, nothing lost."
      renderImage={() => <TwoSites left="Your site" right="Your partner" />}
      primaryAction={
        <Button appearance="primary" onClick={onNew} testId="list-new">
          New synchronization
        </Button>
      }
      secondaryAction={
        <Button onClick={onInvitation} testId="list-have-invitation">
          I have an invitation
        </Button>
      }
    />
  );
}
