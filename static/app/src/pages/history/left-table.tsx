/** What undoing leaves as it is, each with the reason. */
import type { CallAnswer } from '../../../../../src/api/calls';
import { TableHead } from '../../components/table-head';

type Left = CallAnswer<'undo'>['skipped'][number];

export function changes(count: number): string {
  return count === 1 ? '1 change' : `${count.toLocaleString('en')} changes`;
}

export function LeftTable({ left, title }: { left: Left[]; title: string }) {
  if (left.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3>
        {title} ({left.length.toLocaleString('en')})
      </h3>
      <div className="scroll">
        <table className="grid" data-testid="undo-left">
          <TableHead columns={['Issue', 'Field', 'Why']} />
          <tbody>
            {left.map(({ key, what, reason }) => (
              <tr key={`${key} ${what} ${reason}`}>
                <td className="nowrap">{key}</td>
                <td className="nowrap">{what}</td>
                <td>{reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
