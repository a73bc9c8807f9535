/** A small picture: two sites and what flows between them. */
interface TwoSitesProps {
  left: string;
  right: string;
  flow?: 'none' | 'both' | 'in' | 'out';
}

const arrows: Record<NonNullable<TwoSitesProps['flow']>, { text: string; out: boolean; back: boolean }> = {
  none: { text: 'nothing flows yet', out: false, back: false },
  both: { text: 'changes flow both ways', out: true, back: true },
  out: { text: 'changes flow to the partner', out: true, back: false },
  in: { text: 'changes flow to this site', out: false, back: true },
};

export function TwoSites({ left, right, flow = 'both' }: TwoSitesProps) {
  const { text, out, back } = arrows[flow];
  return (
    <svg
      viewBox="0 0 360 96"
      width="360"
      height="96"
      role="img"
      aria-label={`${left} and ${right}: ${text}`}
      style={{ maxWidth: '100%' }}
    >
      <Site x={0} label={left} />
      <Site x={230} label={right} />
      {out && (
        <path
          d="M142 38 h68 m-9 -7 l9 7 l-9 7"
          fill="none"
          stroke="var(--ds-icon-brand)"
          strokeWidth="2.5"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      )}
      {back && (
        <path
          d="M218 58 h-68 m9 -7 l-9 7 l9 7"
          fill="none"
          stroke="var(--ds-icon-success)"
          strokeWidth="2.5"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      )}
      {!out && !back && (
        <path
          d="M142 48 h76"
          stroke="var(--ds-border)"
          strokeWidth="2.5"
          strokeDasharray="4 6"
          strokeLinecap="round"
        />
      )}
    </svg>
  );
}

function Site({ x, label }: { x: number; label: string }) {
  const shown = label.length > 17 ? `${label.slice(0, 16)}…` : label;
  return (
    <g transform={`translate(${x} 8)`}>
      <rect
        x="1"
        y="1"
        width="128"
        height="78"
        rx="8"
        fill="var(--ds-surface-raised)"
        stroke="var(--ds-border)"
        strokeWidth="2"
      />
      <rect x="1" y="1" width="128" height="18" rx="8" fill="var(--ds-background-neutral)" />
      <circle cx="12" cy="10" r="3" fill="var(--ds-icon-brand)" />
      <text x="65" y="54" textAnchor="middle" fill="var(--ds-text)" fontSize="13" fontFamily="inherit">
        {shown}
      </text>
    </g>
  );
}
