/** One build for all places of the app in Jira: the module key decides what is shown. */
import '@atlaskit/css-reset';
import './app.css';
import AppProvider from '@atlaskit/app-provider';
import { view } from '@forge/bridge';
import { createRoot } from 'react-dom/client';
import { AdminPages } from './pages/admin-pages';
import { IssuePanel } from './pages/issue-panel/issue-panel';

async function start(): Promise<void> {
  const root = document.getElementById('root');
  if (root === null) return;
  const [context] = await Promise.all([view.getContext(), view.theme.enable()]);
  const theme = context.theme as { colorMode?: string } | null | undefined;
  const colorMode = theme?.colorMode === 'dark' || theme?.colorMode === 'light' ? theme.colorMode : 'auto';
  createRoot(root).render(
    <AppProvider defaultColorMode={colorMode}>
      {context.moduleKey === 'concord-panel' ? (
        <main>
          <IssuePanel />
        </main>
      ) : (
        <AdminPages />
      )}
    </AppProvider>,
  );
}

void start();
