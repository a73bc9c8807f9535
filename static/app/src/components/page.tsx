/** Frame of a page: a heading that gets the focus when the page opens, a way back, actions on the right. */
import Button from '@atlaskit/button/new';
import ArrowLeftIcon from '@atlaskit/icon/core/arrow-left';
import { type ReactNode, useEffect, useRef } from 'react';
import { useRoute } from '../hooks/use-route';

interface PageProps {
  title: ReactNode;
  subtitle?: ReactNode;
  /** Where *Back* leads. */
  back?: { path: string; label: string };
  actions?: ReactNode;
  children: ReactNode;
  /** Readable line length for forms; lists take the whole width. */
  narrow?: boolean;
}

export function Page({ title, subtitle, back, actions, children, narrow }: PageProps) {
  const { go } = useRoute();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <main className={narrow ? 'page page-narrow' : 'page'}>
      {back && (
        <Button
          appearance="subtle"
          spacing="compact"
          iconBefore={ArrowLeftIcon}
          onClick={() => go(back.path)}
          testId="back"
        >
          {back.label}
        </Button>
      )}
      <header className="page-header">
        <div className="grow">
          <h1 tabIndex={-1} ref={heading}>
            {title}
          </h1>
          {subtitle && <p className="subtle">{subtitle}</p>}
        </div>
        {actions && <div className="row">{actions}</div>}
      </header>
      {children}
    </main>
  );
}
