/** The admin page: which of its screens the address names. */
import { RouteContext, useBridgeRoute } from '../hooks/use-route';
import { EditorPage } from './editor/editor-page';
import { HaveInvitationPage } from './invitation/have-invitation-page';
import { ReceivedPage } from './invitation/received-page';
import { ListPage } from './list/list-page';
import { NewPage } from './new/new-page';
import { SentPage } from './new/sent-page';
import { ConfirmPage } from './synchronization/confirm-page';
import { SynchronizationPage } from './synchronization/synchronization-page';

export function AdminPages() {
  const route = useBridgeRoute();
  if (route === undefined) return null;
  return <RouteContext.Provider value={route}>{screen(route.path)}</RouteContext.Provider>;
}

function screen(path: string) {
  const [, first, id, page] = path.split('/');
  if (first === 'new') return <NewPage />;
  if (first === 'invitation') return <HaveInvitationPage />;
  if (first !== 's' || id === undefined || id === '') return <ListPage />;
  switch (page) {
    case 'sent':
      return <SentPage key={id} id={id} />;
    case 'next':
      return <ReceivedPage key={id} id={id} />;
    case 'confirm':
      return <ConfirmPage key={id} id={id} />;
    case 'configure':
      return <EditorPage key={id} id={id} />;
    default:
      return <SynchronizationPage key={id} id={id} tab={page ?? 'overview'} />;
  }
}
